//! Whether lent memory can serve a channel: its ring, and its write-back word.
#![forbid(unsafe_code)]

use dma_core::{Access, Buffer, DmaBuffer, Error, ErrorKind, Operation, Refused, Region, Shared};

use super::part::XdmaPart;
use super::ring::Ring;
use super::word::{LINE, Word};
use super::{Parts, Setup, WriteBack};

/// What a channel makes of the memory that it was lent.
pub(super) struct Memory<R: Region> {
    pub(super) ring: Ring<R>,
    pub(super) word: Option<Word<R>>,
}

/// What fits, or everything that was given with the reason why it does not.
type Fitted<S, R> = Result<(XdmaPart<S>, Memory<R>), Refused<Parts<S, R>>>;

/// Makes a ring, and a word if there is to be one, of lent memory.
pub(super) fn fit<S: Access<u32>, R: Region>(
    part: XdmaPart<S>,
    ring: Buffer<R>,
    write_back: WriteBack<R>,
    setup: &Setup,
) -> Fitted<S, R> {
    let refuse = |parts, kind| Err(Refused::new(parts, Error::new(kind, Operation::Open, 0)));
    if let Some(kind) = unfit(&part, &ring, &write_back) {
        return refuse((part, ring, write_back), kind);
    }
    let in_ring = matches!(write_back, WriteBack::InRing);
    let ring = match Shared::new(ring) {
        Ok(ring) => Ring::new(ring, in_ring, setup.feeding)
            .map_err(|(ring, kind)| (ring.into_buffer(), kind)),
        Err(refused) => Err((refused.buffer, refused.error.kind())),
    };
    let ring = match ring {
        Ok(ring) => ring,
        Err((ring, kind)) => return refuse((part, ring, write_back), kind),
    };
    let word = match write_back {
        WriteBack::Off => None,
        WriteBack::InRing => Some(Word::in_ring(ring.memory())),
        WriteBack::In(memory) => match Shared::new(memory) {
            Ok(memory) => Some(Word::in_own(memory)),
            Err(refused) => {
                let memory = WriteBack::In(refused.buffer);
                return refuse((part, ring.into_buffer(), memory), refused.error.kind());
            }
        },
    };
    Ok((part, Memory { ring, word }))
}

/// Why this memory cannot serve, as far as buffers tell.
fn unfit<S: Access<u32>, R: Region>(
    part: &XdmaPart<S>,
    ring: &Buffer<R>,
    write_back: &WriteBack<R>,
) -> Option<ErrorKind> {
    let mask = part.built().mask;
    let own = if let WriteBack::In(memory) = write_back { Some(memory) } else { None };
    for memory in [Some(ring), own].into_iter().flatten() {
        let (iova, run) = memory.run(0, memory.len());
        if memory.domain() != part.domain() {
            return Some(ErrorKind::OtherDomain);
        }
        if run < memory.len() {
            return Some(ErrorKind::Scattered);
        }
        if !mask.reaches(iova, run) {
            return Some(ErrorKind::OutOfReach);
        }
        // Whole lines, if the device writes to one of the two: they share none then, nor does
        // anybody else's memory with them.
        if own.is_some() && !(iova.get() | run as u64).is_multiple_of(LINE as u64) {
            return Some(ErrorKind::Misaligned);
        }
    }
    own.filter(|memory| memory.is_empty()).map(|_| ErrorKind::TooShort)
}
