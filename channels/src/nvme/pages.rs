//! Data by pages: the first two addresses of a command, or one and a list.

use dma_core::{DmaBuffer, Error, ErrorKind, Iova, Narrow, Operation, Region, Shared};
use register_map::nvme::prp_entry::{PAGE as ENTRY, PrpEntry};
use register_map::{Block as _, Window};

use super::{PAGE, outside};

/// The longest transfer: as many pages as a list of one page names, whatever the first begins with.
pub(super) const LONGEST: usize = PAGE / PrpEntry::SIZE * PAGE;

/// Whether a buffer can be told by pages: the reason if not. Every page of it but the first begins
/// where a page of device addresses does, and the first is a multiple of 4.
pub(super) fn check<B: DmaBuffer>(buffer: &B) -> Result<(), ErrorKind> {
    let length = buffer.length();
    let mut at = 0;
    while at < length {
        let (iova, run) = piece(buffer, at);
        if run == 0 {
            return Err(ErrorKind::OutOfReach);
        }
        let wanted = room(iova).min(length - at);
        let begins = if at == 0 { iova.get().is_multiple_of(4) } else { offset(iova) == 0 };
        if !begins || run < wanted {
            return Err(ErrorKind::Misaligned);
        }
        at += wanted;
    }
    Ok(())
}

/// The two addresses of a command for a buffer that was checked; the list, if one is needed, goes
/// into the page at byte `place` of `lists`.
///
/// # Safety
///
/// The buffer, and the list, stay as they are until the command has ended or the controller is
/// off.
pub(super) unsafe fn tell<B: DmaBuffer, R: Region>(
    buffer: &B,
    lists: &Shared<R>,
    place: usize,
) -> Result<(Iova, Option<Iova>), Error> {
    let length = buffer.length();
    let (first, _) = piece(buffer, 0);
    let mut at = room(first).min(length);
    if at >= length {
        return Ok((first, None));
    }
    if length - at <= PAGE {
        return Ok((first, Some(piece(buffer, at).0)));
    }
    let mut entry = 0;
    while at < length {
        if entry >= PAGE / PrpEntry::SIZE {
            return Err(Error::new(ErrorKind::TooLong, Operation::Queue, 0));
        }
        let here = place + entry * PrpEntry::SIZE;
        let view = lists.view().narrow(here, PrpEntry::SIZE).ok_or(outside())?;
        // SAFETY: the controller alone reads this memory, as a list of pages.
        let words = unsafe { Window::<_, PrpEntry>::new(view) };
        let words = words.map_err(|refused| refused.error)?;
        // SAFETY: the caller keeps the buffer.
        unsafe { words.pair(ENTRY).steer(piece(buffer, at).0) };
        entry += 1;
        at += PAGE;
    }
    lists.publish(place..place + entry * PrpEntry::SIZE);
    Ok((first, Some(lists.iova(place).ok_or(outside())?)))
}

/// What lies at byte `at`, up to the end of its page.
fn piece<B: DmaBuffer>(buffer: &B, at: usize) -> (Iova, usize) {
    buffer.run(at, PAGE)
}

fn offset(iova: Iova) -> usize {
    usize::try_from(iova.get() % PAGE as u64).unwrap_or(0)
}

/// Bytes to the end of the page.
fn room(iova: Iova) -> usize {
    PAGE - offset(iova)
}
