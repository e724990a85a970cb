//! The kernel's own driver, by its native asynchronous calls.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::ptr;

const PAGE: usize = 4096;
/// The opcode of a read.
const READ: u16 = 0;

/// A request, as the kernel has it (`linux/aio_abi.h`).
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
struct Request {
    data: u64,
    key: u32,
    flags: u32,
    opcode: u16,
    priority: i16,
    file: u32,
    buffer: u64,
    length: u64,
    offset: i64,
    reserved: u64,
    more: u32,
    result: u32,
}

/// What the kernel answers.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
struct Event {
    data: u64,
    request: u64,
    result: i64,
    second: i64,
}

/// A block device that is read past the page cache, up to `depth` requests at a time.
#[derive(Debug)]
pub struct Aio {
    file: File,
    context: libc::c_ulong,
    requests: Vec<Request>,
    /// What goes with the next call.
    batch: Vec<*mut Request>,
    events: Vec<Event>,
    data: *mut u8,
}

impl Aio {
    /// Opens a block device.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn open(path: &str, depth: usize) -> io::Result<Self> {
        let file = File::options().read(true).custom_flags(libc::O_DIRECT).open(path)?;
        let mut context: libc::c_ulong = 0;
        // SAFETY: the call takes a number and a place for one.
        let made = unsafe { libc::syscall(libc::SYS_io_setup, depth, &raw mut context) };
        if made < 0 {
            return Err(io::Error::last_os_error());
        }
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_POPULATE;
        // SAFETY: a new mapping at a place of the kernel's choice.
        let data = unsafe { libc::mmap(ptr::null_mut(), depth * PAGE, access, flags, -1, 0) };
        if data == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let (requests, events) = (vec![Request::default(); depth], vec![Event::default(); depth]);
        let batch = Vec::with_capacity(depth);
        Ok(Self { file, context, requests, batch, events, data: data.cast() })
    }

    /// Prepares a read of 4 KiB into slot `slot`, from a block of 512 bytes on.
    pub fn read(&mut self, slot: u32, block: u32) {
        let place = self.data.wrapping_add(slot as usize * PAGE);
        let Some(request) = self.requests.get_mut(slot as usize) else { return };
        *request = Request {
            data: u64::from(slot),
            opcode: READ,
            file: self.file.as_raw_fd().cast_unsigned(),
            buffer: place.expose_provenance() as u64,
            length: PAGE as u64,
            offset: i64::from(block) * 512,
            ..Request::default()
        };
        self.batch.push(request);
    }

    /// Submits what was prepared: one call.
    ///
    /// # Errors
    ///
    /// The kernel's; `Other` if it takes only a part.
    pub fn submit(&mut self) -> io::Result<()> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let (count, batch) = (self.batch.len(), self.batch.as_mut_ptr());
        // SAFETY: pointers to so many requests, which stay in their places until they have ended.
        let taken = unsafe { libc::syscall(libc::SYS_io_submit, self.context, count, batch) };
        self.batch.clear();
        match taken {
            taken if taken < 0 => Err(io::Error::last_os_error()),
            taken if taken.cast_unsigned() == count as u64 => Ok(()),
            _ => Err(io::Error::other("the kernel took a part of the requests")),
        }
    }

    /// Sleeps until at least one has ended; the slots of all that have go to `each`.
    ///
    /// # Errors
    ///
    /// The kernel's; `Other` for a read that failed.
    pub fn wait(&mut self, mut each: impl FnMut(u32)) -> io::Result<()> {
        let (most, events) = (self.events.len(), self.events.as_mut_ptr());
        let forever = ptr::null_mut::<libc::timespec>();
        // SAFETY: room for so many events.
        let count = unsafe {
            libc::syscall(libc::SYS_io_getevents, self.context, 1, most, events, forever)
        };
        let count = usize::try_from(count).map_err(|_| io::Error::last_os_error())?;
        for event in self.events.iter().take(count) {
            if usize::try_from(event.result) != Ok(PAGE) {
                return Err(io::Error::other("a read came to another length"));
            }
            each(u32::try_from(event.data).unwrap_or(0));
        }
        Ok(())
    }
}
