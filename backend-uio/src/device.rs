//! One opened device: registers, memory, interrupts, reset, and its end.
#![forbid(unsafe_code)]

use std::fs::{File, OpenOptions};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use dma_core::{Backend, Epoch, Error, ErrorKind, Identity, Operation, Quiet};
use host_linux::pci::{Command, ConfigSpace, DeviceClaim, PciAddress, PciDevice, Resource};
use host_linux::{
    BarMapping, Coherency, FileSignal, Interrupting, Mappings, PlacedMemory, Registers, Resets,
    Sysfs, Vector, os,
};
use rustix::io::Errno;

use crate::error::{OpenError, OpenErrorKind};
use crate::interrupts::{Gate, InterruptKind, Interrupts, control};
use crate::open::{self, Found, Protection};
use crate::options::Options;
use crate::sys::{lender, quiet, registers};

/// An open device; clones are handles to the same one.
///
/// It is closed, with its bus mastering off, when the last handle and everything taken from it but
/// memory (register spaces, signals) is gone. What happens when the process dies is told at
/// [`UioDevice::open_unprotected`].
///
/// A card that is pulled out takes its registers along: the kernel ends a process that accesses
/// them then, unless it [gave them up](UioDevice::give_up) before.
///
/// # Examples
///
/// ```no_run
/// use backend_uio::{Options, UioDevice};
/// use dma_core::Backend;
/// // SAFETY: this host has no IOMMU, the card does what it is told, and nobody else drives it.
/// let device = unsafe { UioDevice::open_unprotected("0000:01:00.0", Options::default()) }?;
/// println!("{} interrupts by {}", device.identity(), device.interrupts());
/// let registers = device.region(0)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct UioDevice {
    opened: Arc<Opened>,
    memory: PlacedMemory,
}

/// How a device of UIO interrupts, and what time it is.
pub type UioSignal = FileSignal<Opened>;

/// What every handle shares.
#[derive(Debug)]
pub struct Opened {
    device: PciDevice,
    identity: Identity,
    config: File,
    space: ConfigSpace,
    bars: Vec<Option<Resource>>,
    coherency: Coherency,
    interrupts: Interrupts,
    resets: Resets,
    /// BARs that are mapped, to give them up.
    mapped: Mutex<Vec<Weak<BarMapping>>>,
    /// Switching bus mastering, resetting and resuming exclude one another.
    switching: Mutex<()>,
    /// So does opening and closing the gate of the line.
    gate: Mutex<()>,
    node: Arc<OwnedFd>,
    /// Last: it may be opened again when it is closed.
    _claim: DeviceClaim,
}

/// A lock of nothing is whole whatever panicked beside it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Opened {
    fn master(&self, on: bool) -> rustix::io::Result<()> {
        let (bit, none) = (Command::BUS_MASTER, Command::empty());
        let (set, clear) = if on { (bit, none) } else { (none, bit) };
        self.space.command(self.config.as_fd(), set, clear)
    }

    /// Lets the line through, or holds it back.
    fn line(&self, through: bool) -> rustix::io::Result<()> {
        let _gate = locked(&self.gate);
        match self.interrupts.gate() {
            Gate::Driver => control(&self.node, through),
            Gate::Command => {
                let (bit, none) = (Command::INTX_DISABLE, Command::empty());
                let (set, clear) = if through { (none, bit) } else { (bit, none) };
                self.space.command(self.config.as_fd(), set, clear)
            }
        }
    }
}

impl Interrupting for Opened {
    fn epoch(&self) -> Epoch {
        self.resets.epoch()
    }

    fn rearm(&self, vector: &Vector) -> rustix::io::Result<bool> {
        if !vector.take_masked() {
            return Ok(false);
        }
        self.line(true)?;
        Ok(true)
    }

    fn mask(&self, vector: &Vector) -> rustix::io::Result<bool> {
        self.line(false)?;
        vector.set_masked();
        Ok(true)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        // The kernel's driver does it again as the node is closed; a device that is gone masters
        // nothing and pulls no line.
        let _ = self.master(false);
        let _ = self.line(false);
    }
}

impl UioDevice {
    /// Refuses, with the reason: UIO protects nothing. See
    /// [`UioDevice::open_unprotected`].
    ///
    /// # Errors
    ///
    /// [`OpenErrorKind::Unprotected`], or `BadAddress`.
    pub fn open(place: &str, options: Options) -> Result<Self, OpenError> {
        Self::open_with(place, options, Protection::Demanded)
    }

    pub(crate) fn open_with(
        place: &str,
        options: Options,
        protection: Protection,
    ) -> Result<Self, OpenError> {
        let sysfs = Sysfs::default();
        let found = open::find(&sysfs, place, options, protection)?;
        let address = found.device.address();
        let claim = DeviceClaim::take(address).ok_or_else(|| {
            OpenError::new(OpenErrorKind::Busy, &address, "opening it")
                .answer("this process has it open already")
                .hint("use a clone of that handle, or drop all that was taken from it")
        })?;
        let (node, config) = open::open(&found)?;
        let source = options.memory.open(&sysfs).map_err(|error| {
            let tried = "opening its source of memory";
            OpenError::new(OpenErrorKind::NoMemorySource, &address, tried).answer(error)
        })?;
        let memory = lender(&found, source);
        let opened = Arc::new(assemble(found, options, node, config, claim)?);
        Ok(Self { opened, memory })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> PciAddress {
        self.opened.device.address()
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

    /// What it was told of by this program, now and a moment ago. It can reach all memory.
    #[must_use]
    pub fn mappings(&self) -> Mappings {
        self.memory.mappings(self.opened.device.address().to_string())
    }

    /// What BAR `index` occupies; `None` if there is no such BAR.
    #[must_use]
    pub fn bar(&self, index: usize) -> Option<&Resource> {
        self.opened.bars.get(index)?.as_ref()
    }

    /// Reads from configuration space.
    ///
    /// # Errors
    ///
    /// `OutOfReach` if it ends before; `Gone`; `Os`.
    pub fn read_config(&self, offset: u16, bytes: &mut [u8]) -> Result<(), Error> {
        let done = self.opened.space.read(&self.opened.config, offset, bytes);
        done.map_err(|error| match error {
            Errno::INVAL => Error::new(ErrorKind::OutOfReach, Operation::Open, u32::from(offset)),
            error => os(Operation::Open, error),
        })
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
        for bar in locked(&self.opened.mapped).iter().filter_map(Weak::upgrade) {
            bar.give_up().map_err(refused)?;
        }
        Ok(())
    }
}

/// Brings the device into a known state, and takes its interrupts.
fn assemble(
    found: Found,
    options: Options,
    node: OwnedFd,
    config: File,
    claim: DeviceClaim,
) -> Result<Opened, OpenError> {
    let Found { device, coherency, .. } = found;
    let address = device.address();
    let host = |error: host_linux::HostError| {
        OpenError::new(OpenErrorKind::Os, &address, "looking at it").answer(error)
    };
    let os = |tried: &'static str| {
        move |error: Errno| OpenError::new(OpenErrorKind::Os, &address, tried).answer(error)
    };
    let (vendor, id) = (device.vendor().map_err(host)?, device.device().map_err(host)?);
    let bars = device.resources().map_err(host)?;
    let size = config.metadata().map(|file| file.len()).unwrap_or_default();
    let space = ConfigSpace::new(0, size);
    // Off until the address registers are valid; registers must answer; the line waits.
    space
        .command(config.as_fd(), Command::MEMORY | Command::INTX_DISABLE, Command::BUS_MASTER)
        .map_err(os("switching its registers on and its bus mastering off"))?;
    let node = Arc::new(node);
    let interrupts = Interrupts::open(&node, options.interrupts).map_err(|error| {
        let tried = "switching its interrupts on";
        OpenError::new(OpenErrorKind::NoInterrupt, &address, tried).answer(error).hint(
            "open it with `interrupts=auto`, which takes the line if there is one, or \
             `interrupts=polling`",
        )
    })?;
    let opened = Opened {
        device,
        identity: Identity::Pci { vendor, device: id },
        config,
        space,
        bars,
        coherency,
        interrupts,
        resets: Resets::new(),
        mapped: Mutex::default(),
        switching: Mutex::default(),
        gate: Mutex::default(),
        node,
        _claim: claim,
    };
    if opened.interrupts.kind() == InterruptKind::Intx {
        opened.line(true).map_err(os("letting its interrupt line through"))?;
    }
    Ok(opened)
}

fn detail(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl Backend for UioDevice {
    type Space = Registers;
    type Lender = PlacedMemory;
    type Signal = UioSignal;

    fn identity(&self) -> Identity {
        self.opened.identity
    }

    fn class(&self) -> Option<u32> {
        // The revision, and above it the class.
        let mut class = [0; 4];
        self.read_config(host_linux::pci::register::REVISION, &mut class).ok()?;
        Some(u32::from_le_bytes(class) >> 8)
    }

    /// BAR `index`, if it is memory and not I/O ports.
    fn region(&self, index: usize) -> Result<Registers, Error> {
        let unsupported = Error::new(ErrorKind::Unsupported, Operation::Open, detail(index));
        let bar = self.bar(index).filter(|bar| bar.memory).ok_or(unsupported)?;
        let path = self.opened.device.folder().join(format!("resource{index}"));
        let file = OpenOptions::new().read(true).write(true).open(path).map_err(|error| {
            let number = error.raw_os_error().map_or(Errno::IO, Errno::from_raw_os_error);
            os(Operation::Open, number)
        })?;
        let registers =
            registers(&self.opened, bar, &file).map_err(|error| os(Operation::Open, error))?;
        let mut mapped = locked(&self.opened.mapped);
        mapped.retain(|bar| bar.strong_count() > 0);
        mapped.push(Arc::downgrade(registers.keep()));
        Ok(registers)
    }

    fn memory(&self) -> &PlacedMemory {
        &self.memory
    }

    /// There is one vector, the line; a polled device has any.
    fn signal(&self, vector: usize) -> Result<UioSignal, Error> {
        let interrupts = &self.opened.interrupts;
        if vector > 0 && interrupts.kind() == InterruptKind::Intx {
            return Err(Error::new(ErrorKind::Unsupported, Operation::Interrupt, detail(vector)));
        }
        FileSignal::new(Arc::clone(&self.opened), interrupts.vector().cloned())
    }

    /// While a reset is not [resumed](Backend::resume), only `false` is accepted; else `WasReset`.
    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        let _switching = locked(&self.opened.switching);
        if on && self.opened.resets.is_quiet() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Open, 0));
        }
        self.opened.master(on).map_err(|error| os(Operation::Open, error))
    }

    fn reset(&self) -> Result<Quiet, Error> {
        let _switching = locked(&self.opened.switching);
        if !self.opened.device.can_reset() {
            return Err(Error::new(ErrorKind::Unsupported, Operation::Reset, 0));
        }
        let refused = |error| os(Operation::Reset, error);
        // The kernel puts configuration space back as it was before the reset: so it is off after.
        self.opened.master(false).map_err(refused)?;
        self.opened
            .device
            .reset()
            .map_err(|error| refused(error.number().map_or(Errno::IO, Errno::from_raw_os_error)))?;
        let epoch = self.opened.resets.advance();
        Ok(quiet(&self.opened.resets, epoch))
    }

    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        let _switching = locked(&self.opened.switching);
        if quiet.epoch() != self.opened.resets.epoch() {
            return Err(Error::new(ErrorKind::WasReset, Operation::Reset, 0));
        }
        self.opened.resets.resume();
        self.opened.master(true).map_err(|error| os(Operation::Reset, error))
    }
}
