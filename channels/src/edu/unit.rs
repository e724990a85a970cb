//! What `edu` has beside its DMA engine: a liveness check and a factorial.
#![forbid(unsafe_code)]

use core::fmt;

use dma_core::{Access, Error, ErrorKind, Operation, Refused};
use register_map::edu::{self as map, Edu};
use register_map::{Readable, Window, Writeable};

use super::identify;

/// The part of `edu` that needs no DMA: a first sign of life from a new road.
///
/// It shares no register with an [`EduChannel`](super::EduChannel), so both may be in use.
pub struct EduUnit<S> {
    window: Window<S, Edu>,
}

impl<S: Access<u32>> EduUnit<S> {
    /// The unit behind these registers (BAR 0 of the card).
    ///
    /// # Errors
    ///
    /// With the space: `Unsupported`, with the identification, if it is no `edu`; `Gone`;
    /// `TooShort`, `Misaligned` if the space is not such a BAR.
    pub fn new(space: S) -> Result<Self, Refused<S>> {
        Ok(Self { window: identify(space)? })
    }

    /// Major and minor version of the card.
    #[must_use]
    pub fn version(&self) -> (u32, u32) {
        let id = self.window.reg(map::ID).extract();
        (id.read(map::ID::MAJOR), id.read(map::ID::MINOR))
    }

    /// Whether the card answers with the complement of `number`, as it must.
    #[must_use]
    pub fn is_alive(&self, number: u32) -> bool {
        let register = self.window.reg(map::LIVENESS);
        register.set(number);
        register.get() == !number
    }

    /// The factorial of `number` modulo 2^32, by the card. Looks at most `looks` times.
    ///
    /// # Errors
    ///
    /// `TimedOut` if it takes longer; `Gone`.
    pub fn factorial(&self, number: u32, looks: u32) -> Result<u32, Error> {
        self.window.reg(map::FACTORIAL).set(number);
        for _ in 0..looks {
            let status = self.window.reg(map::STATUS).extract();
            if status.get() == u32::MAX {
                return Err(Error::new(ErrorKind::Gone, Operation::Wait, u32::MAX));
            }
            if !status.is_set(map::STATUS::COMPUTING) {
                return Ok(self.window.reg(map::FACTORIAL).get());
            }
        }
        Err(Error::new(ErrorKind::TimedOut, Operation::Wait, looks))
    }
}

impl<S> fmt::Debug for EduUnit<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EduUnit").finish_non_exhaustive()
    }
}
