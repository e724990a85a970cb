//! Protection: wrong addresses below the engine fault, and touch nothing.

use dma_core::{Allocate, Backend, Channel, DeviceAddress, Direction, DmaBuffer, ErrorKind};

use crate::below::{Astray, End, Guarded, lead_astray};
use crate::case::{Case, Group};
use crate::link::Link;
use crate::pattern::{self, CANARY};
use crate::rig::{BufferOf, Cause, Faults, Rig, Way};
use crate::scope::{Scope, bare_channel, lend};
use crate::verdict::{Halt, OrFail, Value, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "protection",
        cases: const {
            &[
                Case::new(
                    "unmapped_address_faults",
                    2,
                    "An address that was never given out reaches no memory.",
                    unmapped,
                ),
                Case::new(
                    "address_after_unmap_faults",
                    2,
                    "An address whose mapping ended reaches no memory.",
                    after_unmap,
                ),
                Case::new(
                    "access_past_the_end_faults",
                    2,
                    "A transfer that runs over the end of a mapping stops there.",
                    past_the_end,
                ),
                Case::new(
                    "write_to_memory_mapped_for_reading_faults",
                    2,
                    "Memory mapped for the device to read is not written.",
                    |scope| wrong_direction(scope, Way::ToDevice, Direction::FromDevice),
                ),
                Case::new(
                    "read_of_memory_mapped_for_writing_faults",
                    2,
                    "Memory mapped for the device to write is not read.",
                    |scope| wrong_direction(scope, Way::FromDevice, Direction::ToDevice),
                ),
                Case::new(
                    "address_above_the_mask_reaches_nothing",
                    2,
                    "An address that the device cannot put on the bus reaches no memory.",
                    above_mask,
                ),
            ]
        },
    }
}

/// A device with memory beside what goes wrong, to see that it is not touched.
struct Scene<R: Rig> {
    device: R::Device,
    guard: Guarded,
    bystanders: [BufferOf<R>; 2],
    /// What lies between the two, lent after the first and before the second.
    between: BufferOf<R>,
}

impl<R: Rig> Scene<R> {
    fn set(scope: &mut Scope<'_, R>) -> Result<Self, Halt> {
        let guard = Guarded::by(scope.rig)?;
        // Something to be found on the card where a transfer leaves it as it was.
        let mut link = scope.link::<2>()?;
        link.proves_alive(1500)?;
        let (first, second, device) = link.into_parts();
        drop((first, second));
        let granule = device.memory().limits().granule.max(64);
        let request = scope.rig.expected_limits().request(granule).contiguous();
        let lend = || {
            let mut buffer = lend::<R>(&device, request).or_fail("lending memory")?;
            buffer.bytes_mut().fill(CANARY);
            Ok::<_, Halt>(buffer)
        };
        let (one, between, two) = (lend()?, lend()?, lend()?);
        Ok(Self { device, guard, bystanders: [one, two], between })
    }

    /// Gives a wrong address to a channel and sees what comes of it. The IOMMU's log must show
    /// it, unless the channel saw it first.
    fn lead_astray(
        &self,
        scope: &mut Scope<'_, R>,
        host: u64,
        length: usize,
        direction: Direction,
    ) -> Result<Faults, Halt> {
        let vector = scope.rig.vector(0);
        let mut channel = bare_channel(scope.rig, &self.device, direction)?;
        let mut signal = self.device.signal(vector).or_fail("taking a signal")?;
        self.device.set_bus_mastering(true).or_fail("letting the device master the bus")?;
        check(channel.room() > 0, "a new channel has room")?;
        let device = DeviceAddress::new(scope.rig.target().start.get());
        let until = dma_core::Signal::now(&signal).saturating_add(scope.patience());
        let astray = Astray { host, device, length, direction };
        let end = lead_astray(&self.guard, &mut channel, &mut signal, astray, until);
        // Some channels see by themselves that an address does not fit in their registers.
        let refused = matches!(end, End::Reported(error) if error.kind() == ErrorKind::OutOfReach);
        if let End::Reported(error) = end
            && !refused
        {
            equal(error.kind(), ErrorKind::DeviceFault, "what the device reports")?;
        }
        channel.quiesce().or_fail("making the channel quiet")?;
        for bystander in &self.bystanders {
            pattern::intact(bystander.bytes(), "memory beside the wrong address is untouched")?;
        }
        match scope.rig.faults() {
            Ok(faults) if refused => {
                equal(faults.count, 0, "refused accesses of a transfer that did not start")?;
                Ok(faults)
            }
            Ok(faults) => {
                check(faults.count > 0, "the IOMMU's log shows the wrong address")?;
                let wanted = direction == Direction::FromDevice;
                check(
                    faults.write.is_none_or(|write| write == wanted),
                    "the log names the direction",
                )?;
                Ok(faults)
            }
            // Without a log, the bytes alone are the proof.
            Err(_) => Ok(Faults::default()),
        }
    }

    /// The same device does an honest transfer afterwards.
    fn end(self, scope: &mut Scope<'_, R>) -> Result<(), Halt> {
        let Self { device, .. } = self;
        Link::<R, 2>::open(scope.rig, scope.ledger, device, 0)?.proves_alive(1501)
    }
}

/// The log names this address.
fn names(faults: &Faults, first: u64, length: usize) -> Result<(), Halt> {
    match faults.iova {
        Some(iova) if iova < first || iova - first >= length as u64 => Err(Halt::failed(
            "the log names the address",
            Value::Hexadecimal(first),
            Value::Hexadecimal(iova),
        )),
        _ => Ok(()),
    }
}

/// The log names this cause, or no finer one than hardware knows.
fn blames(faults: &Faults, cause: Cause) -> Result<(), Halt> {
    match faults.cause {
        None => Ok(()),
        Some(seen) if seen == cause => Ok(()),
        // Plain hardware only sees that there is no page.
        Some(Cause::NotMapped) if cause != Cause::WrongDirection => Ok(()),
        Some(seen) => Err(Halt::failed("the cause in the log", cause.as_str(), seen.as_str())),
    }
}

fn unmapped<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let scene = Scene::set(scope)?;
    let limits = scene.device.memory().limits();
    let page = limits.granule as u64;
    let first = limits.windows.first().map_or(0, |window| window.first);
    // Below the lowest window nothing is ever mapped; where it begins at zero, page zero is not.
    let wrong = first.saturating_sub(page);
    for direction in [Direction::FromDevice, Direction::ToDevice] {
        let faults = scene.lead_astray(scope, wrong, 64, direction)?;
        names(&faults, wrong, 64)?;
        blames(&faults, Cause::NotMapped)?;
    }
    scene.end(scope)
}

fn after_unmap<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut scene = Scene::set(scope)?;
    let request = scope.rig.expected_limits().request(64).contiguous();
    let fresh = lend::<R>(&scene.device, request).or_fail("lending memory")?;
    let gone = core::mem::replace(&mut scene.between, fresh);
    let stale = gone.run(0, 64).0.get();
    gone.unmap().or_fail("unmapping a buffer")?;
    for direction in [Direction::FromDevice, Direction::ToDevice] {
        let faults = scene.lead_astray(scope, stale, 64, direction)?;
        names(&faults, stale, 64)?;
        blames(&faults, Cause::AfterUnmap)?;
    }
    scene.end(scope)
}

fn past_the_end<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const OVER: usize = 32;
    let scene = Scene::set(scope)?;
    let length = scene.between.len();
    let (iova, run) = scene.between.run(0, length);
    equal(run, length, "bytes of the one run")?;
    let wrong = iova.get() + length as u64 - OVER as u64;
    let faults = scene.lead_astray(scope, wrong, 2 * OVER, Direction::FromDevice)?;
    names(&faults, wrong, 2 * OVER)?;
    blames(&faults, Cause::PastEnd)?;
    // Up to the end the device may write: that is its own mapping.
    let before = scene.between.bytes().get(..length - OVER).or_fail("the buffer's front")?;
    pattern::intact(before, "memory in front of the transfer is untouched")?;
    scene.end(scope)
}

fn wrong_direction<R: Rig>(
    scope: &mut Scope<'_, R>,
    way: Way,
    wrong: Direction,
) -> Result<(), Halt> {
    let scene = Scene::set(scope)?;
    let mut owner = scope.rig.caller(4096, true)?;
    owner.as_mut().fill(CANARY);
    let mask = scope.rig.expected_limits().mask;
    let mapped = scope.rig.map(&scene.device, owner, mask, way)?;
    let mapped = mapped.or_fail("mapping the caller's memory")?;
    let iova = mapped.run(0, 64).0.get();
    let faults = scene.lead_astray(scope, iova, 64, wrong)?;
    names(&faults, iova, 64)?;
    blames(&faults, Cause::WrongDirection)?;
    let owner = mapped.into_inner().or_fail("unmapping the caller's memory")?;
    pattern::intact(owner.as_ref(), "memory of the other direction is untouched")?;
    scene.end(scope)
}

fn above_mask<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mask = scope.rig.expected_limits().mask;
    let Some(above) = mask.highest().checked_add(1) else {
        return Err("the device reaches every address".into());
    };
    let scene = Scene::set(scope)?;
    // What the device makes of it when it drops the upper bits is not mapped either.
    let _faults = scene.lead_astray(scope, above, 64, Direction::FromDevice)?;
    scene.end(scope)
}
