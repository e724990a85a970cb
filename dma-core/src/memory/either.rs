//! Two kinds of buffer in one engine: the backend's own, and the caller's mapped.

use core::ops::Range;

use super::{DmaBuffer, To};
use crate::{Direction, Directions, DomainId, Iova};

/// One of two kinds of buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Either<A, B> {
    /// The first kind.
    A(A),
    /// The second kind.
    B(B),
}

macro_rules! either {
    ($self:expr, $buffer:ident => $answer:expr) => {
        match $self {
            Either::A($buffer) => $answer,
            Either::B($buffer) => $answer,
        }
    };
}

// SAFETY: every call is forwarded to the buffer that it is, which never changes.
unsafe impl<A: DmaBuffer, B: DmaBuffer> DmaBuffer for Either<A, B> {
    #[inline]
    fn domain(&self) -> DomainId {
        either!(self, buffer => buffer.domain())
    }

    #[inline]
    fn length(&self) -> usize {
        either!(self, buffer => buffer.length())
    }

    #[inline]
    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        either!(self, buffer => buffer.run(at, max))
    }

    #[inline]
    fn permits(&self) -> Directions {
        either!(self, buffer => buffer.permits())
    }

    #[inline]
    fn sync(&mut self, range: Range<usize>, to: To, direction: Direction) {
        match self {
            Self::A(buffer) => buffer.sync(range, to, direction),
            Self::B(buffer) => buffer.sync(range, to, direction),
        }
    }
}
