//! A device through VFIO by hand: one BAR, one mapping, one eventfd.

use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::ptr;

use vfio_bindings::bindings::vfio;

/// Where the device finds the memory.
pub const IOVA: u32 = 0x10_0000;

/// Bytes of the memory that is mapped.
pub const MEMORY: usize = 2 << 20;

/// Bytes of the BAR that are mapped: registers and the doorbells of the first queues.
const BAR: usize = 0x2000;

/// An open device. Its BAR and its memory stay mapped until the program ends.
#[derive(Debug)]
pub struct Device {
    container: OwnedFd,
    _group: OwnedFd,
    /// Kept open: closed, the device is reset.
    _file: OwnedFd,
    event: OwnedFd,
    bar: *mut u32,
    memory: *mut u32,
}

/// A call of VFIO with a pointer or a number.
fn call(file: RawFd, number: u32, argument: *mut libc::c_void) -> io::Result<RawFd> {
    let request =
        libc::c_ulong::from((u32::from(vfio::VFIO_TYPE) << 8) | (vfio::VFIO_BASE + number));
    // SAFETY: whoever calls names the structure of this call, or a number.
    match unsafe { libc::ioctl(file, request, argument) } {
        answer if answer < 0 => Err(io::Error::last_os_error()),
        answer => Ok(answer),
    }
}

/// How long a structure says that it is.
fn size<T>() -> u32 {
    u32::try_from(size_of::<T>()).unwrap_or(0)
}

fn owned(file: RawFd) -> io::Result<OwnedFd> {
    if file < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the kernel has just made it, for this caller alone.
    Ok(unsafe { OwnedFd::from_raw_fd(file) })
}

/// Memory of the process: of a file, or fresh and populated.
fn mapping(length: usize, file: Option<(RawFd, u64)>) -> io::Result<*mut u32> {
    let (file, offset, flags) = match file {
        Some((file, offset)) => (file, offset, libc::MAP_SHARED),
        None => (-1, 0, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_POPULATE),
    };
    let access = libc::PROT_READ | libc::PROT_WRITE;
    let offset = i64::try_from(offset).map_err(|_| io::ErrorKind::InvalidInput)?;
    // SAFETY: a new mapping at a place of the kernel's choice.
    let place = unsafe { libc::mmap(ptr::null_mut(), length, access, flags, file, offset) };
    if place == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(place.cast()) }
}

impl Device {
    /// Opens the device at a PCI address, maps BAR 0 and [`MEMORY`] bytes at [`IOVA`], switches one
    /// MSI-X vector and bus mastering on.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn open(place: &str) -> io::Result<Self> {
        let link = std::fs::read_link(format!("/sys/bus/pci/devices/{place}/iommu_group"))?;
        let number = link.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let open = |path: String| File::options().read(true).write(true).open(path);
        let group = OwnedFd::from(open(format!("/dev/vfio/{number}"))?);
        let container = OwnedFd::from(open("/dev/vfio/vfio".to_owned())?);
        let mut raw = container.as_raw_fd();
        call(group.as_raw_fd(), 4, (&raw mut raw).cast())?;
        let kind = ptr::without_provenance_mut(vfio::VFIO_TYPE1v2_IOMMU as usize);
        call(container.as_raw_fd(), 2, kind)?;
        let mut name = place.as_bytes().to_vec();
        name.push(0);
        let device = owned(call(group.as_raw_fd(), 6, name.as_mut_ptr().cast())?)?;
        let region = |index| {
            let mut info = vfio::vfio_region_info {
                argsz: size::<vfio::vfio_region_info>(),
                index,
                ..Default::default()
            };
            call(device.as_raw_fd(), 8, (&raw mut info).cast()).map(|_| info.offset)
        };
        let config = region(vfio::VFIO_PCI_CONFIG_REGION_INDEX)?;
        // Memory space and bus mastering.
        let command = 6_u16.to_le_bytes();
        let at = i64::try_from(config + 4).map_err(|_| io::ErrorKind::InvalidInput)?;
        // SAFETY: two bytes are there to be read from.
        let wrote = unsafe { libc::pwrite(device.as_raw_fd(), command.as_ptr().cast(), 2, at) };
        if wrote != 2 {
            return Err(io::Error::last_os_error());
        }
        let bar = mapping(BAR, Some((device.as_raw_fd(), region(0)?)))?;
        let memory = mapping(MEMORY, None)?;
        // SAFETY: a call that takes two numbers.
        let event = owned(unsafe { libc::eventfd(0, libc::EFD_NONBLOCK) })?;
        interrupt(&device, &event)?;
        let this = Self { container, _group: group, _file: device, event, bar, memory };
        this.map(this.memory, MEMORY, IOVA.into())?;
        Ok(this)
    }

    /// Lets the device reach memory.
    ///
    /// # Errors
    ///
    /// The kernel's.
    fn map(&self, memory: *mut u32, length: usize, iova: u64) -> io::Result<()> {
        let mut map = vfio::vfio_iommu_type1_dma_map {
            argsz: size::<vfio::vfio_iommu_type1_dma_map>(),
            flags: vfio::VFIO_DMA_MAP_FLAG_READ | vfio::VFIO_DMA_MAP_FLAG_WRITE,
            vaddr: memory.expose_provenance() as u64,
            iova,
            size: length as u64,
        };
        call(self.container.as_raw_fd(), 13, (&raw mut map).cast()).map(drop)
    }

    /// Reads a register.
    #[must_use]
    pub fn load(&self, offset: u32) -> u32 {
        let register = self.bar.wrapping_add(offset as usize / 4);
        // SAFETY: an aligned register within the BAR, which stays mapped.
        unsafe { register.read_volatile() }
    }

    /// Writes a register.
    pub fn store(&self, offset: u32, value: u32) {
        // x86-64 keeps stores in order; the compiler shall too.
        std::sync::atomic::compiler_fence(std::sync::atomic::Ordering::SeqCst);
        let register = self.bar.wrapping_add(offset as usize / 4);
        // SAFETY: as above; what the registers name lies in the memory that is mapped.
        unsafe { register.write_volatile(value) };
    }

    /// Reads a word of the memory.
    #[must_use]
    pub fn read(&self, at: u32) -> u32 {
        let word = self.memory.wrapping_add(at as usize / 4);
        // SAFETY: an aligned word within the memory, which stays mapped.
        unsafe { word.read_volatile() }
    }

    /// Writes a word of the memory.
    pub fn write(&self, at: u32, value: u32) {
        let word = self.memory.wrapping_add(at as usize / 4);
        // SAFETY: as above.
        unsafe { word.write_volatile(value) };
    }

    /// Sleeps until the interrupt, and takes it.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn sleep(&self) -> io::Result<()> {
        let event = self.event.as_raw_fd();
        let mut wanted = libc::pollfd { fd: event, events: libc::POLLIN, revents: 0 };
        // SAFETY: one structure, as told.
        if unsafe { libc::poll(&raw mut wanted, 1, 10_000) } < 0 {
            return Err(io::Error::last_os_error());
        }
        let mut count = [0_u8; 8];
        // SAFETY: eight bytes are there to be written to. That there was nothing is no harm.
        unsafe { libc::read(event, count.as_mut_ptr().cast(), 8) };
        Ok(())
    }
}

/// Ties the first MSI-X vector to an eventfd.
fn interrupt(device: &OwnedFd, event: &OwnedFd) -> io::Result<()> {
    let header = size::<vfio::vfio_irq_set>();
    let flags = vfio::VFIO_IRQ_SET_DATA_EVENTFD | vfio::VFIO_IRQ_SET_ACTION_TRIGGER;
    let file = event.as_raw_fd().cast_unsigned();
    // The structure's five words, and the one event.
    let mut set = [header + 4, flags, vfio::VFIO_PCI_MSIX_IRQ_INDEX, 0, 1, file];
    call(device.as_raw_fd(), 10, set.as_mut_ptr().cast()).map(drop)
}
