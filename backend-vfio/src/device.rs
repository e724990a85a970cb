//! One opened device: registers, memory, interrupts, reset, and its quiet end.
#![forbid(unsafe_code)]

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use dma_core::{Backend, Epoch, Error, ErrorKind, Identity, Operation, Quiet};
use host_linux::pci::{Command, ConfigSpace, DeviceClaim, PciAddress};
use host_linux::{
    BarMapping, Coherency, FileSignal, InterruptKind, Interrupting, Mappings, Registers, Resets,
    Sysfs, Vector, os,
};
use rustix::io::{Errno, pread, pwrite};
use vfio_bindings::bindings::vfio;

use crate::bar::BarInfo;
use crate::counters::Counters;
use crate::error::{OpenError, OpenErrorKind};
use crate::events::Events;
use crate::interrupts::Interrupts;
use crate::open::{self, Found, Protection};
use crate::options::{Manager, Options};
use crate::space::AddressSpace;
use crate::sys::{VfioMemory, kernel, quiet, registers};
use crate::windows::Evidence;

/// How many BARs a device has.
const BARS: u32 = 6;

/// An open device; clones are handles to the same one.
///
/// It is closed, with its bus mastering off, when the last handle and everything taken from it but
/// memory (register spaces, signals) is gone. Memory lives in the address space, which it keeps.
/// When the process ends, however it ends, the kernel does the same.
///
/// # Examples
///
/// ```no_run
/// use backend_vfio::{Options, VfioDevice};
/// use dma_core::Backend;
/// let device = VfioDevice::open("0000:01:00.0", Options::default())?;
/// println!("{} interrupts by {}", device.identity(), device.interrupts());
/// let registers = device.region(0)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct VfioDevice {
    opened: Arc<Opened>,
    memory: VfioMemory,
}

/// How a device of VFIO interrupts, and what time it is.
pub type VfioSignal = FileSignal<Opened>;

/// What every handle shares.
#[derive(Debug)]
pub struct Opened {
    address: PciAddress,
    identity: Identity,
    class: u32,
    config: ConfigSpace,
    bars: Vec<BarInfo>,
    /// Whether the kernel can reset it.
    resettable: bool,
    coherency: Coherency,
    interrupts: Interrupts,
    events: Events,
    resets: Resets,
    /// BARs that are mapped, to give them up.
    mapped: Mutex<Vec<Weak<BarMapping>>>,
    /// Switching bus mastering, resetting and resuming exclude one another.
    switching: Mutex<()>,
    file: OwnedFd,
    /// After the file: the device is closed before its group.
    space: Arc<AddressSpace>,
    /// Last: it may be opened again when it is closed.
    _claim: DeviceClaim,
}

impl Opened {
    pub(crate) fn file(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }

    pub(crate) const fn space(&self) -> &Arc<AddressSpace> {
        &self.space
    }

    fn master(&self, on: bool) -> rustix::io::Result<()> {
        let (bit, none) = (Command::BUS_MASTER, Command::empty());
        let (set, clear) = if on { (bit, none) } else { (none, bit) };
        self.config.command(self.file(), set, clear)
    }

    fn switching(&self) -> MutexGuard<'_, ()> {
        self.switching.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mapped(&self) -> MutexGuard<'_, Vec<Weak<BarMapping>>> {
        self.mapped.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Interrupting for Opened {
    fn epoch(&self) -> Epoch {
        self.resets.epoch()
    }

    fn events(&self) -> impl Iterator<Item = &OwnedFd> {
        self.events.all()
    }

    fn look(&self) -> Result<(), Error> {
        self.events.look()
    }

    fn is_line(&self) -> bool {
        self.interrupts.kind() == InterruptKind::Intx
    }

    fn rearm(&self, vector: &Vector) -> rustix::io::Result<bool> {
        self.interrupts.rearm(self.file(), vector)
    }

    fn mask(&self, vector: &Vector) -> rustix::io::Result<bool> {
        self.interrupts.mask(self.file(), vector)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // The kernel does it again as the file is closed; a device that is gone masters nothing.
        let _ = self.master(false);
    }
}

impl VfioDevice {
    /// Opens the device at a PCI address, as "0000:01:00.0".
    ///
    /// # Errors
    ///
    /// By their [`OpenErrorKind`], each with what to do.
    pub fn open(place: &str, options: Options) -> Result<Self, OpenError> {
        Self::open_with(place, options, Protection::Demanded)
    }

    /// Opens it, and in a road without an IOMMU only if `protection` is waived.
    pub(crate) fn open_with(
        place: &str,
        options: Options,
        protection: Protection,
    ) -> Result<Self, OpenError> {
        let sysfs = Sysfs::default();
        let found = open::find(&sysfs, place, options, protection)?;
        let source = options.memory.open(&sysfs).map_err(|error| {
            OpenError::new(OpenErrorKind::NoMemorySource, &place, "opening its source of memory")
                .answer(error)
        })?;
        let claim = open::claim(found.device.address())?;
        let (space, file) = open::open(&found, options.iommu)?;
        let opened = Arc::new(assemble(&found, options, space, file, claim)?);
        let memory = VfioMemory::new(
            Arc::clone(&opened.space),
            opened.coherency.coherent,
            options.huge_pages,
            source,
        );
        Ok(Self { opened, memory })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> PciAddress {
        self.opened.address
    }

    /// Who holds its mappings.
    #[must_use]
    pub fn manager(&self) -> Manager {
        self.opened.space.road().manager()
    }

    /// How it interrupts.
    #[must_use]
    pub fn interrupts(&self) -> InterruptKind {
        self.opened.interrupts.kind()
    }

    /// Whether it snoops caches, and how that is known.
    #[must_use]
    pub fn coherency(&self) -> Coherency {
        self.opened.coherency
    }

    /// How the usable device addresses are known; they are in the limits of its memory.
    #[must_use]
    pub fn windows_known_by(&self) -> Evidence {
        self.opened.space.evidence()
    }

    /// What it can reach now, and could a moment ago.
    #[must_use]
    pub fn mappings(&self) -> Mappings {
        self.memory.mappings(self.opened.address.to_string())
    }

    /// How often the kernel was asked to map and unmap.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.opened.space.counters()
    }

    /// What the kernel says of BAR `index`; `None` if there is no such BAR.
    #[must_use]
    pub fn bar(&self, index: usize) -> Option<&BarInfo> {
        self.opened.bars.get(index).filter(|bar| bar.size() > 0)
    }

    /// Reads from BAR `index` through the kernel, which does it in accesses of at most 8 bytes:
    /// slow, and possible where a BAR cannot be mapped.
    ///
    /// # Errors
    ///
    /// `Unsupported` if there is no such BAR or it cannot be read; `OutOfReach` if it ends before;
    /// `Gone`; `Os`.
    pub fn read(&self, index: usize, offset: u64, bytes: &mut [u8]) -> Result<(), Error> {
        let place = self.place(index, offset, bytes.len(), BarInfo::is_readable)?;
        let length = bytes.len();
        whole(pread(self.opened.file(), bytes, place), length)
    }

    /// As [`VfioDevice::write`], whose contract the caller keeps.
    pub(crate) fn store(&self, index: usize, offset: u64, bytes: &[u8]) -> Result<(), Error> {
        let place = self.place(index, offset, bytes.len(), BarInfo::is_writable)?;
        whole(pwrite(self.opened.file(), bytes, place), bytes.len())
    }

    fn place(
        &self,
        index: usize,
        offset: u64,
        length: usize,
        able: impl Fn(&BarInfo) -> bool,
    ) -> Result<u64, Error> {
        let bar = self.bar(index).filter(|bar| able(bar));
        let bar = bar.ok_or(Error::new(ErrorKind::Unsupported, Operation::Open, detail(index)))?;
        let end = offset.checked_add(length as u64);
        if end.is_some_and(|end| end <= bar.size()) {
            Ok(bar.offset() + offset)
        } else {
            Err(Error::new(ErrorKind::OutOfReach, Operation::Open, detail(index)))
        }
    }

    /// Reads from configuration space.
    ///
    /// # Errors
    ///
    /// `OutOfReach` if it ends before; `Gone`; `Os`.
    pub fn read_config(&self, offset: u16, bytes: &mut [u8]) -> Result<(), Error> {
        let done = self.opened.config.read(self.opened.file(), offset, bytes);
        done.map_err(|error| match error {
            Errno::INVAL => Error::new(ErrorKind::OutOfReach, Operation::Open, u32::from(offset)),
            error => os(Operation::Open, error),
        })
    }

    /// Whether the kernel waits for this process to release the device: somebody unbinds or removes
    /// it. Whoever waits for an interrupt then gets `Gone`. Drop everything, or
    /// [give it up](VfioDevice::give_up).
    ///
    /// # Errors
    ///
    /// `Os`.
    pub fn is_wanted_back(&self) -> Result<bool, Error> {
        self.opened.events.is_wanted_back().map_err(|error| os(Operation::Open, error))
    }

    /// Takes the registers away from everybody in this process who has them: they read as all
    /// ones from now on, as those of a card that was pulled out, and no access ends the process.
    /// Bus mastering is switched off before.
    ///
    /// # Errors
    ///
    /// `Os`; some registers may be left then.
    pub fn give_up(&self) -> Result<(), Error> {
        let refused = |error| os(Operation::Stop, error);
        match self.opened.master(false) {
            // It is out of reach already.
            Ok(()) | Err(Errno::NODEV) => {}
            Err(error) => return Err(refused(error)),
        }
        for bar in self.opened.mapped().iter().filter_map(Weak::upgrade) {
            bar.give_up().map_err(refused)?;
        }
        Ok(())
    }

    /// A clock without an interrupt, whatever interrupts the device has: whoever sleeps with it
    /// looks at the device now and then, the longer it takes the later. For queues that were made
    /// without an interrupt; behind a [`SpinFirst`](dma_core::SpinFirst) a short wait is as quick
    /// as polling, and a long one costs a processor little.
    ///
    /// # Errors
    ///
    /// `Os`.
    pub fn napping(&self) -> Result<VfioSignal, Error> {
        FileSignal::new(Arc::clone(&self.opened), None)
    }

    /// The system's refusal of something about the device as a whole.
    fn refused(operation: Operation) -> impl Fn(Errno) -> Error {
        move |error| os(operation, error)
    }
}

fn detail(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// All of it or an error.
fn whole(done: rustix::io::Result<usize>, wanted: usize) -> Result<(), Error> {
    match done {
        Ok(done) if done == wanted => Ok(()),
        Ok(_) => Err(os(Operation::Open, Errno::IO)),
        Err(error) => Err(os(Operation::Open, error)),
    }
}

/// Asks the kernel for all there is to know, and brings the device into a known state.
fn assemble(
    found: &Found,
    options: Options,
    space: Arc<AddressSpace>,
    file: OwnedFd,
    claim: DeviceClaim,
) -> Result<Opened, OpenError> {
    let address = found.device.address();
    let os = |tried: &'static str| {
        move |error: Errno| OpenError::new(OpenErrorKind::Os, &address, tried).answer(error)
    };
    let info = kernel::device_info(&file).map_err(os("asking what it is"))?;
    if info.flags & vfio::VFIO_DEVICE_FLAGS_PCI == 0 {
        return Err(OpenError::new(OpenErrorKind::Os, &address, "asking what it is")
            .answer("VFIO says that it is no PCI device"));
    }
    let region = |index| {
        let answer = kernel::region_info(&file, index).map_err(os("asking for its regions"))?;
        BarInfo::parse(&answer).ok_or_else(|| os("asking for its regions")(Errno::PROTO))
    };
    let bars = (0..BARS).map(region).collect::<Result<Vec<_>, _>>()?;
    let space_of_config = region(vfio::VFIO_PCI_CONFIG_REGION_INDEX)?;
    let config = ConfigSpace::new(space_of_config.offset(), space_of_config.size());
    // Off until the address registers are valid; registers must answer.
    config
        .command(file.as_fd(), Command::MEMORY, Command::BUS_MASTER)
        .map_err(os("switching its registers on and its bus mastering off"))?;
    let id = |at| config.read_u16(&file, at).map_err(os("reading its ids"));
    let identity = Identity::Pci {
        vendor: id(host_linux::pci::register::VENDOR)?,
        device: id(host_linux::pci::register::DEVICE)?,
    };
    // The revision, and above it the class.
    let mut class = [0; 4];
    config
        .read(&file, host_linux::pci::register::REVISION, &mut class)
        .map_err(os("reading its class"))?;
    let class = u32::from_le_bytes(class) >> 8;
    let kinds = options.kinds();
    let interrupts = Interrupts::open(&file, &kinds).map_err(|error| {
        OpenError::new(OpenErrorKind::Os, &address, "switching its interrupts on")
            .answer(error)
            .hint("open it with `interrupts=auto`, which takes what works, or `interrupts=polling`")
    })?;
    let events = Events::open(&file).map_err(os("asking for its events"))?;
    Ok(Opened {
        address,
        identity,
        class,
        config,
        bars,
        resettable: info.flags & vfio::VFIO_DEVICE_FLAGS_RESET != 0,
        coherency: found.coherency,
        interrupts,
        events,
        resets: Resets::new(),
        mapped: Mutex::default(),
        switching: Mutex::default(),
        file,
        space,
        _claim: claim,
    })
}

impl Backend for VfioDevice {
    type Space = Registers;
    type Lender = VfioMemory;
    type Signal = VfioSignal;

    fn identity(&self) -> Identity {
        self.opened.identity
    }

    fn class(&self) -> Option<u32> {
        Some(self.opened.class)
    }

    /// BAR `index`. What of it cannot be mapped reads as all ones; [`VfioDevice::bar`] says where
    /// that is.
    fn region(&self, index: usize) -> Result<Registers, Error> {
        let unsupported = Error::new(ErrorKind::Unsupported, Operation::Open, detail(index));
        let bar = self.bar(index).filter(|bar| !bar.areas().is_empty()).ok_or(unsupported)?;
        let registers = registers(&self.opened, bar).map_err(Self::refused(Operation::Open))?;
        let mut mapped = self.opened.mapped();
        mapped.retain(|bar| bar.strong_count() > 0);
        mapped.push(Arc::downgrade(registers.keep()));
        Ok(registers)
    }

    fn memory(&self) -> &VfioMemory {
        &self.memory
    }

    fn signal(&self, vector: usize) -> Result<VfioSignal, Error> {
        let vector = self.opened.interrupts.take_vector(self.opened.file(), vector)?;
        FileSignal::new(Arc::clone(&self.opened), vector)
    }

    /// While a reset is not [resumed](Backend::resume), only `false` is accepted; else `WasReset`.
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        let _switching = self.opened.switching();
        if on && self.opened.resets.is_quiet() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Open, 0));
        }
        self.opened.master(on).map_err(Self::refused(Operation::Open))
    }

    fn reset(&self) -> Result<Quiet, Error> {
        let _switching = self.opened.switching();
        if !self.opened.resettable {
            return Err(Error::new(ErrorKind::Unsupported, Operation::Reset, 0));
        }
        let refused = Self::refused(Operation::Reset);
        // The kernel puts configuration space back as it was before the reset: so it is off after.
        self.opened.master(false).map_err(&refused)?;
        kernel::reset(self.opened.file()).map_err(&refused)?;
        self.opened.events.forget_error().map_err(&refused)?;
        let epoch = self.opened.resets.advance();
        Ok(quiet(&self.opened.resets, epoch))
    }

    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        let _switching = self.opened.switching();
        if quiet.epoch() != self.opened.resets.epoch() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Reset, 0));
        }
        self.opened.resets.resume();
        self.opened.master(true).map_err(Self::refused(Operation::Reset))
    }
}
