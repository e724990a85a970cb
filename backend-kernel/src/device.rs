//! One opened device: registers, memory, interrupts, reset, and its quiet end.
#![forbid(unsafe_code)]

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use backend_kernel_abi::{self as abi, Bar, Info, Run};
use dma_core::{
    Backend, Directions, DomainId, Epoch, Error, ErrorKind, Identity, IovaWindow, MemoryLimits,
    Operation, Quiet,
};
use host_linux::eventfd::event;
use host_linux::pci::{DeviceClaim, PciAddress};
use host_linux::{
    BarMapping, FileSignal, InterruptKind, Interrupting, Mapping, MappingBook, MappingState,
    Mappings, Registers, Resets, Sysfs, Vector, os,
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::error::{OpenError, OpenErrorKind};
use crate::interrupts::Interrupts;
use crate::mask::MaskBook;
use crate::open::{self, Found, Protection};
use crate::options::Options;
use crate::sys::{KernelMemory, kernel, quiet, registers};

/// Where the handles of a device lie that is translated for; the kernel chooses within the mask.
const WINDOWS: [IovaWindow; 1] = [IovaWindow { first: 0, last: u64::MAX }];

/// An open device; clones are handles to the same one.
///
/// It is closed when the last handle and everything taken from it (register spaces, memory,
/// signals) is gone. The module then switches its bus mastering off, resets it if it can be, and
/// frees its memory, in this order; when the process ends, however it ends, it does the same.
///
/// # Examples
///
/// ```no_run
/// use backend_kernel::{KernelDevice, Options};
/// use dma_core::Backend;
/// let device = KernelDevice::open("0000:01:00.0", Options::default())?;
/// println!("{} interrupts by {}", device.identity(), device.interrupts());
/// let registers = device.region(0)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct KernelDevice {
    opened: Arc<Opened>,
    memory: KernelMemory,
}

/// How a device of the module interrupts, and what time it is.
pub type KernelSignal = FileSignal<Opened>;

/// What every handle shares.
#[derive(Debug)]
pub struct Opened {
    address: PciAddress,
    info: Info,
    domain: DomainId,
    mask: MaskBook,
    book: Mutex<MappingBook>,
    interrupts: Interrupts,
    /// Counts when somebody wants the device back.
    request: OwnedFd,
    resets: Resets,
    /// BARs that are mapped, to give them up.
    mapped: Mutex<Vec<Weak<BarMapping>>>,
    /// Switching bus mastering, resetting and resuming exclude one another.
    switching: Mutex<()>,
    file: OwnedFd,
    /// Last: it may be opened again when it is closed.
    _claim: DeviceClaim,
}

/// What is in there is whole between any two calls, whatever panicked meanwhile.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Opened {
    pub(crate) fn file(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }

    pub(crate) const fn domain(&self) -> DomainId {
        self.domain
    }

    pub(crate) const fn mask(&self) -> &MaskBook {
        &self.mask
    }

    pub(crate) const fn is_translated(&self) -> bool {
        self.info.flags & abi::info::TRANSLATED != 0
    }

    pub(crate) const fn limits(&self) -> MemoryLimits<'_> {
        let coherent = self.info.flags & abi::info::COHERENT != 0;
        MemoryLimits {
            windows: if self.is_translated() { &WINDOWS } else { &[] },
            granule: self.info.page as usize,
            cache_line: if coherent { 1 } else { self.info.cache_line as usize },
            coherent,
        }
    }

    pub(crate) fn enter(&self, run: &Run, permits: Directions, label: &Arc<str>) {
        lock(&self.book).enter(Mapping {
            iova: run.handle,
            length: run.length,
            permits,
            label: Arc::clone(label),
            state: MappingState::Live,
        });
    }

    pub(crate) fn strike(&self, run: &Run) {
        lock(&self.book).strike(run.handle);
    }

    pub(crate) fn leak(&self, run: &Run) {
        lock(&self.book).leak(run.handle);
    }

    fn is_wanted_back(&self) -> rustix::io::Result<bool> {
        let now = Timespec { tv_sec: 0, tv_nsec: 0 };
        Ok(poll(&mut [PollFd::new(&self.request, PollFlags::IN)], Some(&now))? > 0)
    }
}

impl Interrupting for Opened {
    fn epoch(&self) -> Epoch {
        self.resets.epoch()
    }

    fn events(&self) -> impl Iterator<Item = &OwnedFd> {
        core::iter::once(&self.request)
    }

    fn look(&self) -> Result<(), Error> {
        match self.is_wanted_back() {
            Ok(false) => Ok(()),
            Ok(true) => Err(Error::new(ErrorKind::Gone, Operation::Interrupt, 0)),
            Err(error) => Err(os(Operation::Interrupt, error)),
        }
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

impl KernelDevice {
    /// Opens the device at a PCI address, as "0000:01:00.0".
    ///
    /// # Errors
    ///
    /// By their [`OpenErrorKind`], each with what to do.
    pub fn open(place: &str, options: Options) -> Result<Self, OpenError> {
        Self::open_with(place, options, Protection::Demanded)
    }

    /// Opens it, and where nothing translates only if `protection` is waived.
    pub(crate) fn open_with(
        place: &str,
        options: Options,
        protection: Protection,
    ) -> Result<Self, OpenError> {
        let found = open::open(&Sysfs::default(), place, protection)?;
        let opened = Arc::new(assemble(found, options)?);
        let memory = KernelMemory::new(Arc::clone(&opened));
        Ok(Self { opened, memory })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> PciAddress {
        self.opened.address
    }

    /// How it interrupts.
    #[must_use]
    pub fn interrupts(&self) -> InterruptKind {
        self.opened.interrupts.kind()
    }

    /// Whether an IOMMU keeps it from memory that is not its own.
    #[must_use]
    pub fn is_translated(&self) -> bool {
        self.opened.is_translated()
    }

    /// What the module says of it, as it is now.
    ///
    /// # Errors
    ///
    /// `Os`.
    pub fn info(&self) -> Result<Info, Error> {
        kernel::info(self.opened.file()).map_err(|error| os(Operation::Open, error))
    }

    /// What it can reach now, and could a moment ago.
    #[must_use]
    pub fn mappings(&self) -> Mappings {
        lock(&self.opened.book).read(self.opened.address.to_string())
    }

    /// Whether the kernel waits for this process to release the device: somebody unbinds or removes
    /// it. Whoever waits for an interrupt then gets `Gone`. Drop everything, or
    /// [give it up](KernelDevice::give_up).
    ///
    /// # Errors
    ///
    /// `Os`.
    pub fn is_wanted_back(&self) -> Result<bool, Error> {
        self.opened.is_wanted_back().map_err(|error| os(Operation::Open, error))
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
        kernel::set_master(self.opened.file(), false).map_err(refused)?;
        for bar in lock(&self.opened.mapped).iter().filter_map(Weak::upgrade) {
            bar.give_up().map_err(refused)?;
        }
        Ok(())
    }

    /// The module's word on BAR `index`, if it can be mapped.
    fn bar(&self, index: usize) -> Option<&Bar> {
        let bar = self.opened.info.bars.get(index);
        bar.filter(|bar| bar.flags & abi::bar::MAPPABLE != 0)
    }
}

/// Brings an open device into a known state.
fn assemble(found: Found, options: Options) -> Result<Opened, OpenError> {
    let Found { address, claim, file, info } = found;
    let os = |tried: &'static str| {
        move |error: Errno| OpenError::new(OpenErrorKind::Os, &address, tried).answer(error)
    };
    kernel::set_master(&file, false).map_err(os("switching its bus mastering off"))?;
    if let Some(bits) = options.bits {
        kernel::set_mask(&file, bits).map_err(|error| {
            os("saying how many address bits it has")(error)
                .hint(format!("this host has no memory for a device of {bits} address bits"))
        })?;
    }
    let interrupts = Interrupts::open(&file, &info, options.interrupts).map_err(|error| {
        os("switching its interrupts on")(error)
            .hint("open it with `interrupts=auto`, which takes what works, or `interrupts=polling`")
    })?;
    let request = event().map_err(os("asking for its events"))?;
    kernel::set_event(&file, abi::VECTOR_REQUEST, request.as_raw_fd())
        .map_err(os("asking for its events"))?;
    let translated = info.flags & abi::info::TRANSLATED != 0;
    Ok(Opened {
        address,
        info,
        // What nothing translates is the one physical address space.
        domain: if translated { DomainId::unique() } else { DomainId::PHYSICAL },
        mask: MaskBook::new(options.bits.unwrap_or(info.mask_bits), options.bits.is_some()),
        book: Mutex::default(),
        interrupts,
        request,
        resets: Resets::new(),
        mapped: Mutex::default(),
        switching: Mutex::default(),
        file,
        _claim: claim,
    })
}

impl Backend for KernelDevice {
    type Space = Registers;
    type Lender = KernelMemory;
    type Signal = KernelSignal;

    fn identity(&self) -> Identity {
        Identity::Pci { vendor: self.opened.info.vendor, device: self.opened.info.device }
    }

    fn region(&self, index: usize) -> Result<Registers, Error> {
        let detail = u32::try_from(index).unwrap_or(u32::MAX);
        let unsupported = Error::new(ErrorKind::Unsupported, Operation::Open, detail);
        let bar = self.bar(index).ok_or(unsupported)?;
        let registers = registers(&self.opened, bar, self.opened.domain)
            .map_err(|error| os(Operation::Open, error))?;
        let mut mapped = lock(&self.opened.mapped);
        mapped.retain(|bar| bar.strong_count() > 0);
        mapped.push(Arc::downgrade(registers.keep()));
        Ok(registers)
    }

    fn memory(&self) -> &KernelMemory {
        &self.memory
    }

    fn signal(&self, vector: usize) -> Result<KernelSignal, Error> {
        let vector = self.opened.interrupts.take_vector(self.opened.file(), vector)?;
        FileSignal::new(Arc::clone(&self.opened), vector)
    }

    /// While a reset is not [resumed](Backend::resume), only `false` is accepted; else `WasReset`.
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        let _switching = lock(&self.opened.switching);
        if on && self.opened.resets.is_quiet() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Open, 0));
        }
        kernel::set_master(self.opened.file(), on).map_err(|error| os(Operation::Open, error))
    }

    fn reset(&self) -> Result<Quiet, Error> {
        let _switching = lock(&self.opened.switching);
        // The module switches bus mastering off before, and it stays off.
        kernel::reset(self.opened.file()).map_err(|error| match error {
            Errno::OPNOTSUPP => Error::new(ErrorKind::Unsupported, Operation::Reset, 0),
            error => os(Operation::Reset, error),
        })?;
        let epoch = self.opened.resets.advance();
        Ok(quiet(&self.opened.resets, epoch))
    }

    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        let _switching = lock(&self.opened.switching);
        if quiet.epoch() != self.opened.resets.epoch() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Reset, 0));
        }
        self.opened.resets.resume();
        kernel::set_master(self.opened.file(), true).map_err(|error| os(Operation::Reset, error))
    }
}
