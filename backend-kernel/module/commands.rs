// SPDX-License-Identifier: GPL-2.0-only

//! What programs command: each command's structure is checked here, field by field.
//!
//! The caller's memory is touched with nothing locked: `mmap(2)` locks the same in another order.

use kernel::{
    dma::DataDirection,
    ioctl::_IOC_SIZE,
    page::PAGE_SIZE,
    prelude::*,
    sync::Arc,
    transmute::{
        AsBytes,
        FromBytes, //
    },
    uaccess::UserSlice, //
};

use crate::{
    file::OpenFile,
    interrupts::Interrupts,
    memory::{
        self,
        Piece, //
    },
    raw::{
        coherent::Coherent,
        event::Event,
        pinned::Pinned, //
    },
    uapi, //
};

/// A structure of the caller.
struct Argument {
    place: UserPtr,
    length: usize,
}

impl Argument {
    fn read<T: FromBytes>(&self) -> Result<T> {
        UserSlice::new(self.place, self.length).reader().read()
    }

    fn write<T: AsBytes>(&self, value: &T) -> Result {
        UserSlice::new(self.place, self.length)
            .writer()
            .write(value)
    }
}

/// Runs a command.
pub(crate) fn run(open: &OpenFile, command: u32, place: UserPtr) -> Result<isize> {
    let argument = Argument {
        place,
        length: _IOC_SIZE(command),
    };
    match command {
        uapi::GET_VERSION => argument.write(&uapi::VERSION),
        uapi::GET_INFO => info(open, &argument),
        uapi::SET_MASK => set_mask(open, argument.read()?),
        uapi::ALLOCATE => allocate(open, &argument),
        uapi::FREE => free(open, argument.read()?),
        uapi::MAP => map(open, &argument),
        uapi::GET_RUNS => get_runs(open, &argument),
        uapi::SYNC => sync(open, argument.read()?),
        uapi::SET_INTERRUPTS => set_interrupts(open, &argument),
        uapi::SET_EVENT => set_event(open, argument.read()?),
        uapi::REARM => rearm(open, argument.read()?),
        uapi::SET_MASTER => set_master(open, argument.read()?),
        uapi::RESET => reset(open, &argument),
        uapi::SET_SHARED => set_shared(open, argument.read()?),
        _ => Err(ENOTTY),
    }?;
    Ok(0)
}

/// Refuses what must be zero and is not.
fn zero(reserved: u32) -> Result {
    if reserved == 0 {
        Ok(())
    } else {
        Err(EINVAL)
    }
}

/// Refuses flags that are not known.
fn known(flags: u32, known: u32) -> Result {
    zero(flags & !known)
}

/// A length of whole pages, at least one, no longer than a piece can be.
fn pages(length: u64) -> Result<usize> {
    if length == 0 || length > uapi::LONGEST || length % PAGE_SIZE as u64 != 0 {
        return Err(EINVAL);
    }
    Ok(usize::try_from(length)?)
}

fn switch(argument: uapi::Switch) -> Result<bool> {
    zero(argument.flags)?;
    known(argument.on, 1)?;
    Ok(argument.on == 1)
}

fn info(open: &OpenFile, argument: &Argument) -> Result {
    let mut info = open.function.info();
    (info.quota_bytes, info.quota_pieces) = memory::quotas();
    (info.used_bytes, info.used_pieces) = open.memory.lock().used();
    argument.write(&info)
}

fn set_mask(open: &OpenFile, argument: uapi::SetMask) -> Result {
    zero(argument.flags)?;
    // Of fewer there is no PCI device, and an allocation that fails for want of addresses below 4
    // GiB lets others fail that have them (`max32_alloc_size` of the kernel's allocator).
    if argument.bits < uapi::FEWEST_BITS {
        return Err(EINVAL);
    }
    open.function.set_mask(argument.bits)
}

/// Makes a piece of memory within the file's quota, enters it, and tells the caller of it.
fn lend(
    open: &OpenFile,
    bytes: u64,
    make: impl FnOnce() -> Result<Arc<Piece>>,
    tell: impl FnOnce(u32, &Piece) -> Result,
) -> Result {
    open.memory.lock().reserve(bytes)?;
    let piece = match make() {
        Ok(piece) => piece,
        Err(error) => {
            open.memory.lock().cancel(bytes);
            return Err(error);
        }
    };
    let entered = open.memory.lock().enter(piece.clone());
    let id = match entered {
        Ok(id) => id,
        Err(error) => {
            open.memory.lock().cancel(bytes);
            return Err(error);
        }
    };
    tell(id, &piece).inspect_err(|_| {
        // Another thread that guessed the id may have freed it meanwhile, or mapped it; what is
        // mapped stays until the file is closed.
        let _ = open.memory.lock().remove(id, Some(&piece));
    })
}

fn allocate(open: &OpenFile, argument: &Argument) -> Result {
    let mut request: uapi::Allocate = argument.read()?;
    zero(request.flags)?;
    let length = pages(request.length)?;
    let make = || {
        let lease = open.function.lease()?;
        // SAFETY: the file is open, and memory is freed before it is closed.
        let memory = unsafe { Coherent::new(open.function.pci(), length) }?;
        Piece::coherent(memory, lease)
    };
    lend(open, request.length, make, |id, piece| {
        request.id = id;
        request.offset = (u64::from(id) + 1) << uapi::OFFSET_SHIFT;
        piece.runs(|run| {
            request.handle = run.handle;
            Ok(())
        })?;
        argument.write(&request)
    })
}

fn free(open: &OpenFile, argument: uapi::Free) -> Result {
    zero(argument.flags)?;
    let piece = open.memory.lock().remove(argument.id, None)?;
    drop(piece);
    Ok(())
}

fn map(open: &OpenFile, argument: &Argument) -> Result {
    let mut request: uapi::Map = argument.read()?;
    known(request.flags, uapi::map::TO_DEVICE | uapi::map::FROM_DEVICE)?;
    zero(request.reserved)?;
    let direction = match (
        request.flags & uapi::map::TO_DEVICE != 0,
        request.flags & uapi::map::FROM_DEVICE != 0,
    ) {
        (true, true) => DataDirection::Bidirectional,
        (true, false) => DataDirection::ToDevice,
        (false, true) => DataDirection::FromDevice,
        (false, false) => return Err(EINVAL),
    };
    let length = pages(request.length)?;
    let address = usize::try_from(request.address)?;
    if address % PAGE_SIZE != 0 || address.checked_add(length).is_none() {
        return Err(EINVAL);
    }
    let make = || {
        let lease = open.function.lease()?;
        // SAFETY: the file is open, and memory is given back before it is closed.
        let memory = unsafe { Pinned::new(open.function.pci(), address, length, direction) }?;
        Piece::pinned(memory, lease)
    };
    let made = &mut request;
    lend(open, 0, make, |id, piece| {
        made.id = id;
        made.runs = 0;
        piece.runs(|run| {
            if made.runs == 0 {
                made.first = run;
            }
            made.runs += 1;
            Ok(())
        })?;
        if piece.needs_sync() {
            made.flags |= uapi::map::NEEDS_SYNC;
        }
        argument.write(made)
    })
}

fn get_runs(open: &OpenFile, argument: &Argument) -> Result {
    let mut request: uapi::GetRuns = argument.read()?;
    zero(request.flags)?;
    let piece = open.memory.lock().piece(request.id)?;
    let room = usize::try_from(request.room)?;
    let length = (request.count as usize)
        .checked_mul(size_of::<uapi::Run>())
        .ok_or(EINVAL)?;
    let mut writer = UserSlice::new(UserPtr::from_addr(room), length).writer();
    let (mut index, mut written) = (0, 0);
    piece.runs(|run| {
        if index >= request.first && written < request.count {
            writer.write(&run)?;
            written += 1;
        }
        index += 1;
        Ok(())
    })?;
    request.count = written;
    argument.write(&request)
}

fn sync(open: &OpenFile, argument: uapi::Sync) -> Result {
    let to_cpu = match argument.flags {
        uapi::sync::TO_DEVICE => false,
        uapi::sync::TO_CPU => true,
        _ => return Err(EINVAL),
    };
    let piece = open.memory.lock().piece(argument.id)?;
    let end = argument.offset.checked_add(argument.length).ok_or(ERANGE)?;
    if end > piece.length() {
        return Err(ERANGE);
    }
    piece.sync(&(argument.offset as usize..end as usize), to_cpu);
    Ok(())
}

fn set_interrupts(open: &OpenFile, argument: &Argument) -> Result {
    let mut request: uapi::Interrupts = argument.read()?;
    zero(request.flags)?;
    zero(request.reserved)?;
    let mut interrupts = open.interrupts.lock();
    if request.kind != uapi::interrupt::OFF && open.function.is_leaving() {
        return Err(ENODEV);
    }
    open.function.claim_interrupts(&open.told)?;
    interrupts.take();
    let result = if request.kind == uapi::interrupt::OFF {
        Ok(None)
    } else {
        // SAFETY: the file is open, and they are dropped before it is closed, not leaked.
        let new = unsafe { Interrupts::new(open.function.pci(), request.kind, request.count) };
        new.map(Some)
    };
    let answer = match result {
        Ok(new) => {
            request.count = new.as_ref().map_or(0, |new| new.len() as u32);
            *interrupts = new;
            Ok(())
        }
        Err(error) => Err(error),
    };
    if interrupts.is_none() {
        open.function.release_interrupts(&open.told);
    }
    drop(interrupts);
    answer?;
    argument.write(&request)
}

fn set_event(open: &OpenFile, argument: uapi::SetEvent) -> Result {
    known(argument.flags, uapi::event::ON)?;
    zero(argument.reserved)?;
    let on = argument.flags & uapi::event::ON != 0;
    let event = if on { Event::of(argument.fd)? } else { None };
    if argument.vector == uapi::VECTOR_REQUEST {
        open.told.set_request(event);
        return Ok(());
    }
    let mut guard = open.interrupts.lock();
    let interrupts: &mut Option<Interrupts> = &mut guard;
    let interrupts = interrupts.as_mut().ok_or(ENOENT)?;
    if on {
        interrupts.on(argument.vector, open.told.clone(), event)
    } else {
        interrupts.off(argument.vector)
    }
}

fn rearm(open: &OpenFile, argument: uapi::Rearm) -> Result {
    known(argument.flags, uapi::rearm::MASK)?;
    let interrupts = open.interrupts.lock();
    let interrupts = interrupts.as_ref().ok_or(ENOENT)?;
    if argument.flags & uapi::rearm::MASK != 0 {
        interrupts.mask(argument.vector)
    } else {
        interrupts.rearm(argument.vector)
    }
}

fn set_master(open: &OpenFile, argument: uapi::Switch) -> Result {
    open.function.set_master(switch(argument)?)
}

fn set_shared(open: &OpenFile, argument: uapi::Switch) -> Result {
    open.function.set_shared(switch(argument)?);
    Ok(())
}

fn reset(open: &OpenFile, argument: &Argument) -> Result {
    let mut request: uapi::Reset = argument.read()?;
    zero(request.flags)?;
    request.resets = open.function.reset()?;
    argument.write(&request)
}
