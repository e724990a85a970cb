//! Memory that a device reaches by the kernel's DMA API.

use core::fmt;
use core::ops::Range;
use std::ptr::{NonNull, null_mut};
use std::sync::Arc;

use backend_kernel_abi::{self as abi, Run};
use dma_core::{
    AddressMask, Allocate, Buffer, Direction, Directions, DomainId, Error, ErrorKind, Iova, Map,
    MemoryLimits, Operation, Region, Request, To,
};
use host_linux::{MemoryError, os, page_size};
use rustix::io::{Errno, Result as SystemResult};
use rustix::mm::{MapFlags, ProtFlags, mmap, mmap_anonymous, munmap};

use super::kernel;
use crate::device::Opened;

/// The largest alignment that memory can have.
const LARGEST_ALIGNMENT: usize = 1 << 30;

/// Who lends memory of a device; clones are handles to the same one, and keep it open.
#[derive(Clone, Debug)]
pub struct KernelMemory {
    opened: Arc<Opened>,
    label: Arc<str>,
}

/// Memory that is lent. It ends as this is dropped.
struct Lending {
    opened: Arc<Opened>,
    id: u32,
    /// What was asked for.
    cpu: NonNull<[u8]>,
    /// Where the device has it; how many bytes come before each.
    runs: Vec<(usize, Run)>,
    permits: Directions,
    needs_sync: bool,
    /// Where it is mapped into this process, with what was left out for the alignment; none if it
    /// is the caller's.
    view: Option<View>,
    ended: bool,
}

// SAFETY: it is a handle of memory: the pointer is followed only by the one `Buffer` or `Mapped`
// that owns the bytes.
unsafe impl Send for Lending {}
// SAFETY: as `Send`; `&Lending` tells numbers only.
unsafe impl Sync for Lending {}

/// Memory lent to a device; clones share it.
#[derive(Clone, Debug)]
pub struct KernelRegion {
    lending: Arc<Lending>,
}

/// Addresses of this process where a piece of the device's file is mapped.
#[derive(Debug)]
struct View {
    base: NonNull<u8>,
    length: usize,
    /// Where in it the piece begins.
    first: NonNull<u8>,
}

// SAFETY: addresses only.
unsafe impl Send for View {}
// SAFETY: addresses only.
unsafe impl Sync for View {}

impl View {
    /// Maps `length` bytes of a file, whole pages, at a multiple of `alignment`.
    fn map(opened: &Opened, offset: u64, length: usize, alignment: usize) -> SystemResult<Self> {
        let page = page_size();
        // Room enough that there is a multiple in it.
        let slack = if alignment > page { alignment } else { 0 };
        let whole = length.checked_add(slack).ok_or(Errno::NOMEM)?;
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        // SAFETY: a new mapping at an address of the kernel's choice touches no memory of ours.
        let base = unsafe { mmap_anonymous(null_mut(), whole, ProtFlags::empty(), flags) }?;
        let base = NonNull::new(base.cast::<u8>()).ok_or(Errno::NOMEM)?;
        let lead = base.as_ptr().addr().wrapping_neg() & (alignment.max(page) - 1);
        // SAFETY: the lead is less than the alignment, and so within the room.
        let first = unsafe { base.add(lead) };
        let view = Self { base, length: whole, first };
        let access = ProtFlags::READ | ProtFlags::WRITE;
        let flags = MapFlags::SHARED | MapFlags::FIXED;
        let place = first.as_ptr().cast();
        // SAFETY: these addresses are this value's own: lead and length are within the room.
        unsafe { mmap(place, length, access, flags, opened.file(), offset) }?;
        Ok(view)
    }

    fn end(&self) -> SystemResult<()> {
        // SAFETY: whoever had the memory has it no longer: this is called by its end alone.
        unsafe { munmap(self.base.as_ptr().cast(), self.length) }
    }
}

impl KernelMemory {
    pub(crate) fn new(opened: Arc<Opened>) -> Self {
        Self { opened, label: "".into() }
    }

    /// The same, with a name for what it lends from now on, to find it again in
    /// [`KernelDevice::mappings`](crate::KernelDevice::mappings).
    #[must_use]
    pub fn labelled(&self, label: &str) -> Self {
        Self { label: label.into(), ..self.clone() }
    }

    /// Counts a piece that will be lent.
    fn lend(&self, mask: AddressMask) {
        self.opened.mask().lend(mask, |bits| kernel::set_mask(self.opened.file(), bits));
    }

    /// Looks whether all runs lie within a mask, and enters them.
    fn settle(
        &self,
        lending: Lending,
        mask: AddressMask,
        operation: Operation,
    ) -> Result<KernelRegion, MemoryError> {
        let beyond = |(_, run): &(usize, Run)| {
            run.handle.checked_add(run.length - 1).is_none_or(|last| last > mask.highest())
        };
        if let Some((_, run)) = lending.runs.iter().find(|run| beyond(run)) {
            let (handle, highest) = (run.handle, mask.highest());
            let told = self.opened.mask().told();
            return Err(MemoryError::new(
                Error::new(ErrorKind::OutOfReach, operation, 0),
                format!(
                    "the kernel gave {handle:#x}, beyond {highest:#x}: it was told {told} address \
                     bits, which cannot change while memory is lent; open the device with `bits=`"
                ),
            ));
        }
        for (_, run) in &lending.runs {
            self.opened.enter(run, lending.permits, &self.label);
        }
        Ok(KernelRegion { lending: Arc::new(lending) })
    }

    /// What the kernel's refusal means.
    fn explain(&self, operation: Operation, length: u64, error: Errno) -> MemoryError {
        let code = error.raw_os_error().unsigned_abs();
        let no_memory = Error::new(ErrorKind::NoMemory, operation, code);
        let kib = length >> 10;
        let told = self.opened.mask().told();
        match error {
            Errno::NOMEM if operation == Operation::Map => MemoryError::new(
                no_memory,
                format!(
                    "mapping {kib} KiB would lock more than this process may (RLIMIT_MEMLOCK), or \
                     the device's {told} address bits are used up; raise the limit: `ulimit -l \
                     unlimited`, or `LimitMEMLOCK=infinity` in the service's unit"
                ),
            ),
            Errno::NOMEM => MemoryError::new(
                no_memory,
                format!("the kernel has no {kib} KiB for a device of {told} address bits"),
            ),
            Errno::DQUOT => MemoryError::new(
                no_memory,
                "this file has as much as it may; raise the module's parameters `coherent_mib` or \
                 `pieces`: `modprobe anydma coherent_mib=1024`",
            ),
            Errno::FAULT => MemoryError::new(
                os(operation, error),
                "the memory is not there, or cannot be written though the device shall write it",
            ),
            error => MemoryError::new(os(operation, error), error.to_string()),
        }
    }
}

impl Lending {
    /// Gives the memory back. If that is refused, everything stays for ever.
    fn end(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(());
        }
        let unmapped = self.view.as_ref().map_or(Ok(()), View::end);
        match unmapped.and_then(|()| kernel::free(self.opened.file(), self.id)) {
            Ok(()) => {
                for (_, run) in &self.runs {
                    self.opened.strike(run);
                }
                self.opened.mask().give_back();
                Ok(())
            }
            Err(error) => {
                for (_, run) in &self.runs {
                    self.opened.leak(run);
                }
                // The file stays open, and so the memory is the device's.
                std::mem::forget(Arc::clone(&self.opened));
                Err(os(Operation::Unmap, error))
            }
        }
    }
}

impl Drop for Lending {
    fn drop(&mut self) {
        // Refused: the memory was leaked and stays the device's, which is all that can be done
        // here; the list of mappings tells.
        let _ = self.end();
    }
}

impl fmt::Debug for Lending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lending")
            .field("id", &self.id)
            .field("cpu", &self.cpu)
            .field("runs", &self.runs)
            .field("permits", &self.permits)
            .field("needs_sync", &self.needs_sync)
            .finish_non_exhaustive()
    }
}

// SAFETY: the lending holds the memory (or the caller promised it to `map`, and the kernel has
// pinned it), and gives it back to the kernel, which takes it away from the device before it frees
// or unpins it; refused, it stays with the device. Nothing in it changes while a clone lives. A
// leaked clone leaks the lending.
unsafe impl Region for KernelRegion {
    #[inline]
    fn domain(&self) -> DomainId {
        self.lending.opened.domain()
    }

    #[inline]
    fn cpu(&self) -> NonNull<[u8]> {
        self.lending.cpu
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let length = self.lending.cpu.len();
        let at = at.min(length);
        let index = self.lending.runs.partition_point(|(before, _)| *before <= at);
        let (handle, left) = match index.checked_sub(1).and_then(|it| self.lending.runs.get(it)) {
            Some((before, run)) => {
                let inside = (at - before) as u64;
                let left = run.length.saturating_sub(inside);
                (run.handle + inside, usize::try_from(left).unwrap_or(usize::MAX))
            }
            None => (0, 0),
        };
        // SAFETY: the handle of the DMA API for that byte, as long as the lending lives; of length 0
        // past the end.
        (unsafe { Iova::new(handle) }, max.min(length - at).min(left))
    }

    #[inline]
    fn permits(&self) -> Directions {
        self.lending.permits
    }

    #[inline]
    unsafe fn sync(&self, range: Range<usize>, to: To, _: Direction) {
        if !self.lending.needs_sync {
            return;
        }
        let flags = match to {
            To::Device => abi::sync::TO_DEVICE,
            To::Cpu => abi::sync::TO_CPU,
        };
        let end = range.end.min(self.lending.cpu.len());
        let start = range.start.min(end);
        let (offset, length) = (start as u64, (end - start) as u64);
        // It is refused for what is not lent or not so long, and this is both.
        let _ = kernel::sync(self.lending.opened.file(), self.lending.id, flags, offset, length);
    }

    fn unmap(self) -> Result<(), Error> {
        match Arc::try_unwrap(self.lending) {
            Ok(mut lending) => lending.end(),
            Err(_) => Err(Error::new(ErrorKind::Shared, Operation::Unmap, 0)),
        }
    }
}

impl Allocate for KernelMemory {
    type Region = KernelRegion;
    type Error = MemoryError;

    fn limits(&self) -> MemoryLimits<'_> {
        self.opened.limits()
    }

    fn allocate(&self, request: Request) -> Result<Buffer<KernelRegion>, MemoryError> {
        let operation = Operation::Allocate;
        if request.length == 0 {
            return Err(MemoryError::plain(ErrorKind::Empty, operation));
        }
        if !request.alignment.is_power_of_two() || request.alignment > LARGEST_ALIGNMENT {
            return Err(MemoryError::plain(ErrorKind::Misaligned, operation));
        }
        let page = page_size();
        let Some(length) = request.length.checked_next_multiple_of(page) else {
            return Err(MemoryError::plain(ErrorKind::TooLong, operation));
        };
        // A handle is aligned to the next power of two of its length, no more. Behind the buffer a
        // page stays nobody's, where that costs no more: what runs past the end hits no other one.
        let guard = if self.opened.is_translated() { page } else { 0 };
        let whole = length.checked_add(guard).map(|length| length.max(request.alignment));
        let Some(whole) = whole.filter(|&whole| whole as u64 <= abi::LONGEST) else {
            return Err(MemoryError::plain(ErrorKind::TooLong, operation));
        };
        self.lend(request.mask);
        let file = self.opened.file();
        let memory = kernel::allocate(file, whole as u64).map_err(|error| {
            self.opened.mask().give_back();
            self.explain(operation, whole as u64, error)
        })?;
        let mut lending = Lending {
            opened: Arc::clone(&self.opened),
            id: memory.id,
            cpu: NonNull::slice_from_raw_parts(NonNull::dangling(), 0),
            runs: vec![(0, Run { handle: memory.handle, length: length as u64 })],
            permits: Directions::BOTH,
            needs_sync: false,
            view: None,
            ended: false,
        };
        // From here on dropping the lending gives everything back.
        let view = View::map(&self.opened, memory.offset, length, request.alignment)
            .map_err(|error| MemoryError::new(os(operation, error), "mapping it here"))?;
        lending.cpu = NonNull::slice_from_raw_parts(view.first, request.length);
        lending.view = Some(view);
        if !memory.handle.is_multiple_of(request.alignment as u64) {
            return Err(MemoryError::plain(ErrorKind::Misaligned, operation));
        }
        let region = self.settle(lending, request.mask, operation)?;
        // SAFETY: the device reaches it both ways, the kernel has zeroed it, and this is its only
        // region.
        Ok(unsafe { Buffer::new(region) })
    }
}

impl Map for KernelMemory {
    unsafe fn map(
        &self,
        memory: NonNull<[u8]>,
        permits: Directions,
        mask: AddressMask,
    ) -> Result<KernelRegion, MemoryError> {
        let operation = Operation::Map;
        let (page, length) = (page_size(), memory.len());
        if memory.is_empty() {
            return Err(MemoryError::plain(ErrorKind::Empty, operation));
        }
        let cpu = memory.cast::<u8>().as_ptr();
        if !cpu.addr().is_multiple_of(page) || !length.is_multiple_of(page) {
            return Err(MemoryError::plain(ErrorKind::NotWholePages, operation));
        }
        if length as u64 > abi::LONGEST {
            return Err(MemoryError::plain(ErrorKind::TooLong, operation));
        }
        let flag = |way, flag| if permits.contains(way) { flag } else { 0 };
        let flags = flag(Directions::TO_DEVICE, abi::map::TO_DEVICE)
            | flag(Directions::FROM_DEVICE, abi::map::FROM_DEVICE);
        self.lend(mask);
        let file = self.opened.file();
        // SAFETY: whole pages that the caller keeps valid until the last region is gone; `permits`
        // decides what the device may do.
        let mapped = unsafe { kernel::map(file, cpu, length as u64, flags) }.map_err(|error| {
            self.opened.mask().give_back();
            self.explain(operation, length as u64, error)
        })?;
        let mut lending = Lending {
            opened: Arc::clone(&self.opened),
            id: mapped.id,
            cpu: memory,
            runs: vec![(0, mapped.first)],
            permits,
            needs_sync: mapped.flags & abi::map::NEEDS_SYNC != 0,
            view: None,
            ended: false,
        };
        if mapped.runs > 1 {
            // From here on dropping the lending gives everything back.
            let runs = kernel::runs(file, mapped.id, mapped.runs)
                .map_err(|error| MemoryError::new(os(operation, error), "asking for its runs"))?;
            let mut before = 0;
            lending.runs = runs
                .into_iter()
                .map(|run| {
                    let at = before;
                    before += usize::try_from(run.length).unwrap_or(0);
                    (at, run)
                })
                .collect();
        }
        self.settle(lending, mask, operation)
    }
}
