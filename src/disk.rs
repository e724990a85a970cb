//! A disk behind an NVM Express controller, whoever made it.

use core::fmt;
use core::mem::ManuallyDrop;

use channels::nvme::{Controller, Identification, IoQueue, Namespace};
use dma_core::{Backend, DmaBuffer, Error, Identity, Quiet, Refused, Request, Signal};

use crate::card::CardSpace;
use crate::claim::Claim;
use crate::duplex::{BufferOf, RegionOf};
use crate::{Device, OpenError};

/// A queue of a disk over a backend: `N` commands, each with a buffer.
pub type QueueOf<B, const N: usize, D = BufferOf<B>> =
    IoQueue<<B as Backend>::Space, RegionOf<B>, D, N>;

/// The class code of NVM Express: mass storage, non-volatile memory, this interface.
const CLASS: u32 = 0x01_0802;

/// A disk: an NVM Express controller that is switched on, and its first namespace.
///
/// It is recognised by its class, whoever made it. Dropped, it leaks what the controller may
/// still touch, and stays claimed: end with [`Disk::shut_down`].
///
/// # Examples
///
/// ```
/// use anydma::{QueueOf, prelude::*};
///
/// let device = Device::open("mock:nvme")?;
/// let mut disk = Disk::open(&device)?;
/// let mut queue: QueueOf<Device, 8> = disk.queue(&device, None)?;
///
/// let mut buffer = device.memory().allocate(disk.request(4096))?;
/// buffer.copy_in(b"kept")?;
/// let ticket = queue.write(buffer, 8)?;
/// queue.kick();
/// let buffer = queue.spin(ticket, disk.clock(), Timeout::secs(1))?;
///
/// let ticket = queue.read(buffer, 8)?;
/// queue.kick();
/// let buffer = queue.spin(ticket, disk.clock(), Timeout::secs(1))?;
/// assert!(buffer.bytes().starts_with(b"kept"));
/// disk.close(queue, |_| {})?;
/// disk.shut_down()?;
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub struct Disk<B: Backend<Space: CardSpace> = Device> {
    controller: Controller<B::Space, RegionOf<B>>,
    namespace: Namespace,
    clock: B::Signal,
    /// Leaked with what the controller may go on with.
    claim: ManuallyDrop<Claim>,
}

impl<B: Backend<Space: CardSpace>> fmt::Debug for Disk<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disk")
            .field("controller", &self.controller)
            .field("namespace", &self.namespace)
            .finish_non_exhaustive()
    }
}

impl<B: Backend<Space: CardSpace>> Disk<B> {
    /// Takes the controller over, lets it master the bus, and asks what it and its first namespace
    /// are.
    ///
    /// # Errors
    ///
    /// [`OpenError::NotADisk`], [`OpenError::InUse`], or the part of opening that failed.
    pub fn open(device: &B) -> Result<Self, OpenError> {
        let identity = device.identity();
        let known = matches!(identity, Identity::Pci { vendor: 0x1b36, device: 0x0010 });
        if !known && device.class() != Some(CLASS) {
            return Err(OpenError::NotADisk { identity });
        }
        let doing = |doing| move |error| OpenError::Core { doing, error };
        let mut clock = device.signal(0).map_err(doing("asking for interrupt vector 0"))?;
        let claim = Claim::take(clock.epoch().device).ok_or(OpenError::InUse)?;
        let space = device.region(0).map_err(doing("mapping the registers of the disk (BAR 0)"))?;
        // SAFETY: its class, or its ids, say that it is such a controller; the claim shows that
        // nobody else drives it here, and is leaked with what it may go on with; the backend
        // opened the device for this process alone.
        let taken = unsafe { Controller::take_over(space, device.memory(), &mut clock) };
        let mut controller = taken
            .map_err(|refused| refused.error)
            .map_err(doing("taking over the controller of the disk"))?;
        device.set_bus_mastering(true).map_err(doing("switching bus mastering on"))?;
        let started = controller.enable(&mut clock);
        started.map_err(doing("switching the controller of the disk on"))?;
        let namespace = controller.namespace(1, &mut clock);
        let namespace = namespace.map_err(doing("asking for the disk's first namespace"))?;
        Ok(Self { controller, namespace, clock, claim: ManuallyDrop::new(claim) })
    }

    /// Makes a queue for `N` commands at a time: with an interrupt of the device, whose
    /// [signal](Backend::signal) one waits with, or without, to be polled.
    ///
    /// # Errors
    ///
    /// As [`Controller::create`].
    pub fn queue<D: DmaBuffer, const N: usize>(
        &mut self,
        device: &B,
        vector: Option<u16>,
    ) -> Result<QueueOf<B, N, D>, Error> {
        self.controller.create(self.namespace, vector, device.memory(), &mut self.clock)
    }

    /// Ends a queue; its buffers go to `each`.
    ///
    /// # Errors
    ///
    /// As [`Controller::close`].
    #[expect(clippy::result_large_err, reason = "a queue that is refused comes back, whole")]
    pub fn close<D: DmaBuffer, const N: usize>(
        &mut self,
        queue: QueueOf<B, N, D>,
        each: impl FnMut(Result<D, Refused<D>>),
    ) -> Result<(), Refused<QueueOf<B, N, D>>> {
        self.controller.close(queue, &mut self.clock, each)
    }

    /// Resets the device. Every command has ended then: close the queues, and make new ones after
    /// [`Disk::resume`].
    ///
    /// # Errors
    ///
    /// As [`Backend::reset`] and [`Controller::disable`].
    pub fn reset(&mut self, device: &B) -> Result<Quiet, Error> {
        let quiet = device.reset()?;
        self.controller.disable(&mut self.clock)?;
        Ok(quiet)
    }

    /// Goes on after a reset.
    ///
    /// # Errors
    ///
    /// As [`Backend::resume`] and [`Controller::enable`].
    pub fn resume(&mut self, device: &B, quiet: Quiet) -> Result<(), Error> {
        device.resume(quiet)?;
        self.controller.enable(&mut self.clock)
    }

    /// Switches the controller off. Close its queues before, or they are leaked.
    ///
    /// # Errors
    ///
    /// As [`Controller::disable`]; the controller is leaked then, and stays claimed.
    pub fn shut_down(self) -> Result<(), Error> {
        let Self { controller, mut clock, claim, .. } = self;
        controller.shut_down(&mut clock).map_err(|refused| refused.error)?;
        drop(ManuallyDrop::into_inner(claim));
        Ok(())
    }

    /// The first namespace: how many blocks, of how many bytes.
    #[must_use]
    pub const fn namespace(&self) -> Namespace {
        self.namespace
    }

    /// What the controller is.
    #[must_use]
    pub const fn identification(&self) -> Option<Identification> {
        self.controller.identification()
    }

    /// A clock, for polling with [`IoQueue::spin`].
    pub const fn clock(&mut self) -> &mut B::Signal {
        &mut self.clock
    }

    /// A request for memory that commands can name: whole pages.
    pub fn request(&self, length: usize) -> Request {
        Request::bytes(length).aligned(channels::nvme::PAGE)
    }
}
