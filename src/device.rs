//! A device of whichever backend the URI names.
#![forbid(unsafe_code)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dma_core::{Backend, Error, Identity, Quiet};

use crate::forward::each;
#[cfg(feature = "linux")]
use crate::watch::Watch;
use crate::{AnySignal, Memory, OpenError, Space, Uri};

/// An opened device, behind one of the backends of this build.
///
/// It is an enum: with one backend enabled it costs nothing, with several a comparison per call.
/// Code that counts instructions uses [`with_device`](crate::with_device) instead.
#[derive(Clone, Debug)]
pub struct Device {
    road: Road,
    memory: Memory,
    /// Which of its faults came with an error.
    told: Arc<Told>,
    /// What the kernel says about it.
    #[cfg(feature = "linux")]
    watch: Option<Arc<Watch>>,
    /// How the road was found.
    #[cfg(feature = "linux")]
    choice: Option<Arc<crate::Choice>>,
}

/// The backend's own device.
#[derive(Clone, Debug)]
pub(crate) enum Road {
    #[cfg(feature = "mock")]
    Mock(backend_mock::MockDevice),
    #[cfg(feature = "vfio")]
    Vfio(backend_vfio::VfioDevice),
    #[cfg(feature = "uio")]
    Uio(backend_uio::UioDevice),
    #[cfg(feature = "kernel")]
    Kernel(backend_kernel::KernelDevice),
}

impl Road {
    /// Opens what the URI names.
    pub(crate) fn open(uri: &str) -> Result<Self, OpenError> {
        let uri: Uri = uri.parse()?;
        match uri.scheme() {
            #[cfg(feature = "mock")]
            "mock" => backend_mock::MockDevice::open(uri.place(), uri.options())
                .map(Self::Mock)
                .map_err(OpenError::Mock),
            #[cfg(feature = "vfio")]
            "vfio" => backend_vfio::Options::parse(uri.options())
                .and_then(|options| backend_vfio::VfioDevice::open(uri.place(), options))
                .map(Self::Vfio)
                .map_err(OpenError::Vfio),
            #[cfg(feature = "uio")]
            "uio" => backend_uio::Options::parse(uri.options())
                .and_then(|options| backend_uio::UioDevice::open(uri.place(), options))
                .map(Self::Uio)
                .map_err(OpenError::Uio),
            #[cfg(feature = "kernel")]
            "kernel" => backend_kernel::Options::parse(uri.options())
                .and_then(|options| backend_kernel::KernelDevice::open(uri.place(), options))
                .map(Self::Kernel)
                .map_err(OpenError::Kernel),
            #[cfg(feature = "linux")]
            "auto" => Self::choose(&uri).map(|(road, _)| road),
            scheme => Err(OpenError::NoSuchBackend { scheme: scheme.to_owned() }),
        }
    }

    /// Where the device is, if the kernel may speak of it.
    #[cfg(feature = "linux")]
    #[cfg_attr(
        not(feature = "mock"),
        expect(clippy::unnecessary_wraps, reason = "the simulated machine has no such place")
    )]
    fn place(&self) -> Option<diagnostics::host::PciAddress> {
        match self {
            #[cfg(feature = "mock")]
            Self::Mock(_) => None,
            #[cfg(feature = "vfio")]
            Self::Vfio(device) => Some(device.address()),
            #[cfg(feature = "uio")]
            Self::Uio(device) => Some(device.address()),
            #[cfg(feature = "kernel")]
            Self::Kernel(device) => Some(device.address()),
        }
    }

    /// The best of the roads that protect.
    #[cfg(feature = "linux")]
    fn choose(uri: &Uri) -> Result<(Self, crate::Choice), OpenError> {
        crate::auto::open(uri, false, |name, _| Self::open(name))
    }
}

impl Device {
    /// Opens the device that a [`Uri`] names.
    ///
    /// # Errors
    ///
    /// [`OpenError::BadUri`], [`OpenError::NoSuchBackend`], or what the backend says.
    ///
    /// # Examples
    ///
    /// ```
    /// use anydma::prelude::*;
    /// let device = Device::open("mock:edu")?;
    /// assert_eq!(device.identity().to_string(), "PCI 1234:11e8");
    /// let error = Device::open("cardboard:edu").unwrap_err();
    /// assert!(error.to_string().contains("no backend `cardboard:`"));
    /// # Ok::<(), anydma::OpenError>(())
    /// ```
    pub fn open(uri: &str) -> Result<Self, OpenError> {
        #[cfg(feature = "linux")]
        {
            let name: Uri = uri.parse()?;
            if name.scheme() == "auto" {
                return Road::choose(&name).map(Self::chosen);
            }
        }
        Ok(Self::of(Road::open(uri)?))
    }

    /// What `auto:` tried to open it, and why each road before was refused; `None` if the road was
    /// named.
    #[cfg(feature = "linux")]
    #[must_use]
    pub fn choice(&self) -> Option<&crate::Choice> {
        self.choice.as_deref()
    }

    #[cfg(feature = "linux")]
    pub(crate) fn chosen((road, choice): (Road, crate::Choice)) -> Self {
        Self { choice: Some(Arc::new(choice)), ..Self::of(road) }
    }

    pub(crate) fn of(road: Road) -> Self {
        let memory = match &road {
            #[cfg(feature = "mock")]
            Road::Mock(device) => Memory::Mock(device.memory().clone()),
            #[cfg(feature = "vfio")]
            Road::Vfio(device) => Memory::Vfio(device.memory().clone()),
            #[cfg(feature = "uio")]
            Road::Uio(device) => Memory::Uio(device.memory().clone()),
            #[cfg(feature = "kernel")]
            Road::Kernel(device) => Memory::Kernel(device.memory().clone()),
        };
        #[cfg(feature = "linux")]
        let watch = road.place().map(|place| Arc::new(Watch::new(place)));
        Self {
            road,
            memory,
            told: Arc::default(),
            #[cfg(feature = "linux")]
            watch,
            #[cfg(feature = "linux")]
            choice: None,
        }
    }

    pub(crate) const fn road(&self) -> &Road {
        &self.road
    }

    pub(crate) fn told(&self) -> &Told {
        &self.told
    }

    #[cfg(feature = "linux")]
    pub(crate) fn watch(&self) -> Option<&Watch> {
        self.watch.as_deref()
    }
}

/// How many of a device's faults have come with an error.
#[derive(Debug, Default)]
pub(crate) struct Told(AtomicUsize);

impl Told {
    /// Of `all` faults, how many are known; all of them are from now on.
    pub(crate) fn news(&self, all: usize) -> usize {
        self.0.swap(all, Ordering::Relaxed).min(all)
    }
}

/// Forwards to the backend's device, and wraps the answer into the variant of `$into`.
macro_rules! wrapped {
    ($this:expr, $device:ident => $answer:expr, $into:ident) => {
        match $this {
            #[cfg(feature = "mock")]
            Road::Mock($device) => $answer.map($into::Mock),
            #[cfg(feature = "vfio")]
            Road::Vfio($device) => $answer.map($into::Vfio),
            #[cfg(feature = "uio")]
            Road::Uio($device) => $answer.map($into::Uio),
            #[cfg(feature = "kernel")]
            Road::Kernel($device) => $answer.map($into::Kernel),
        }
    };
}

impl Road {
    fn identity(&self) -> Identity {
        each!(self, device => device.identity())
    }

    fn class(&self) -> Option<u32> {
        each!(self, device => device.class())
    }

    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        each!(self, device => device.set_bus_mastering(on))
    }

    fn reset(&self) -> Result<Quiet, Error> {
        each!(self, device => device.reset())
    }

    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        each!(self, device => device.resume(quiet))
    }
}

impl Backend for Device {
    type Space = Space;
    type Lender = Memory;
    type Signal = AnySignal;

    fn identity(&self) -> Identity {
        self.road.identity()
    }

    fn class(&self) -> Option<u32> {
        self.road.class()
    }

    fn region(&self, index: usize) -> Result<Space, Error> {
        wrapped!(&self.road, device => device.region(index), Space)
    }

    fn memory(&self) -> &Memory {
        &self.memory
    }

    fn signal(&self, vector: usize) -> Result<AnySignal, Error> {
        wrapped!(&self.road, device => device.signal(vector), AnySignal)
    }

    fn set_bus_mastering(&self, on: bool) -> Result<(), Error> {
        self.road.set_bus_mastering(on)
    }

    fn reset(&self) -> Result<Quiet, Error> {
        self.road.reset()
    }

    fn resume(&self, quiet: Quiet) -> Result<(), Error> {
        self.road.resume(quiet)
    }
}
