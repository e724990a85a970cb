//! Below the engine: wrong addresses given to a channel, memory that was leaked.
//!
//! The engine refuses wrong addresses where it can see them; here they reach the channel all the
//! same, so that only the IOMMU stands between the device and memory. [`Guarded`] shows that the
//! rig stated that one does.

use core::mem::{self, ManuallyDrop};
use core::ptr::NonNull;

use dma_core::{
    Allocate, Backend, Channel, DeviceAddress, Direction, Error, Iova, Region, Segment, Signal, To,
};

use crate::link::Link;
use crate::rig::{BufferOf, Rig, Watch};
use crate::verdict::{Halt, OrFail, Reason, check};

/// The rig stated that an IOMMU refuses what is not mapped.
#[derive(Debug)]
pub(crate) struct Guarded(());

impl Guarded {
    /// Asks the rig.
    pub(crate) fn by<R: Watch>(rig: &R) -> Result<Self, Reason> {
        rig.translates()?;
        Ok(Self(()))
    }
}

/// How a transfer ended that was given to a channel directly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// The channel counted it: many devices notice nothing.
    Counted,
    /// The device reported an error.
    Reported(Error),
    /// Neither, in the time that it was given.
    Nothing,
}

/// Host and card addresses of a transfer that the engine would refuse.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Astray {
    /// The number that the device is given as an address of host memory.
    pub(crate) host: u64,
    /// Where on the card.
    pub(crate) device: DeviceAddress,
    /// Bytes.
    pub(crate) length: usize,
    /// Which way.
    pub(crate) direction: Direction,
}

/// Gives a transfer with a wrong address to a channel with room, and polls until it ended or
/// until `until` on the signal's clock.
///
/// It takes the rig's word for it that an IOMMU refuses such accesses.
pub(crate) fn lead_astray<C: Channel, S: Signal>(
    Guarded(()): &Guarded,
    channel: &mut C,
    signal: &mut S,
    astray: Astray,
    until: u64,
) -> End {
    let Astray { host, device, length, direction } = astray;
    // SAFETY: this breaks the contract on purpose: the number is of no live mapping for this
    // direction. It harms nothing because an IOMMU refuses such accesses, as `Guarded` shows.
    let host = unsafe { Iova::new(host) };
    let segment = Segment { host, device, length, direction, last: true };
    // SAFETY: as above; the case saw that there is room and kept to the other limits.
    unsafe { channel.push(segment) };
    channel.kick();
    loop {
        match channel.poll() {
            Ok(0) if signal.now() >= until => return End::Nothing,
            Ok(0) => signal.pause(),
            Ok(_) => return End::Counted,
            Err(error) => return End::Reported(error),
        }
    }
}

/// Memory whose owner was leaked with its engine: a look at what the device did to it.
pub(crate) struct Leaked<Q> {
    start: NonNull<u8>,
    length: usize,
    /// Of the forgotten buffer; forgotten itself.
    region: ManuallyDrop<Q>,
}

impl<Q: Region> Leaked<Q> {
    /// Starts a job and forgets the engine that has it; the device is left.
    pub(crate) fn midway<R: Rig<Device: Backend<Lender: Allocate<Region = Q>>>, const N: usize>(
        mut link: Link<'_, R, N>,
        buffer: BufferOf<R>,
        at: u64,
        direction: Direction,
    ) -> Result<(Self, R::Device), Halt> {
        let memory = buffer.region().cpu();
        let start = memory.cast::<u8>();
        let whole = start.as_ptr().cast_const() == buffer.bytes().as_ptr();
        check(whole, "the buffer begins where its region does")?;
        let length = memory.len().min(buffer.len());
        let region = ManuallyDrop::new(buffer.region().clone());
        let _ = link.submit(buffer, at, direction).or_fail("the job is accepted")?;
        let (first, second, device) = link.into_parts();
        mem::forget((first, second));
        Ok((Self { start, length, region }, device))
    }

    /// Hands the memory to the CPU, now that the device is done with it.
    pub(crate) fn take_back(&self) {
        // SAFETY: nobody has a reference to the bytes: their owner was forgotten by `midway`.
        unsafe { self.region.sync(0..self.length, To::Cpu, Direction::FromDevice) };
    }

    /// The byte at `at`, if it is inside.
    pub(crate) fn byte(&self, at: usize) -> Option<u8> {
        if at >= self.length {
            return None;
        }
        // SAFETY: `at` lies inside the region's memory, whose length `midway` took.
        let byte = unsafe { self.start.add(at) };
        // SAFETY: `midway` forgot the engine with the buffer and its region: a region that is
        // leaked keeps its memory for ever, and nobody has a reference to it. Volatile, since the
        // device may have written it.
        Some(unsafe { byte.read_volatile() })
    }
}
