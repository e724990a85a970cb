//! The write-back word: the count of completed descriptors, in memory.
//!
//! In poll mode the engine writes the word whenever it has completed a descriptor that is to be
//! told of, so that looking costs no access of a register. The device writes this word and the
//! CPU the descriptors: the two never share a cache line.

use core::fmt;

use dma_core::{Buffer, Error, Iova, Narrow, Region, Shared, SharedView};
use register_map::xdma::write_back::{self as map, WriteBack as Block};
use register_map::{Block as _, Readable, Window, Writeable};

/// The longest cache line of any host that we know: memory that changes hands comes in these.
pub(super) const LINE: usize = 128;

/// Where the channel writes its count of completed descriptors, if at all.
///
/// Without it, a look at the channel is one load from a register, a microsecond on a real bus;
/// with it, mostly a load from memory.
pub enum WriteBack<R: Region> {
    /// Nowhere: the driver reads registers.
    Off,
    /// In the last cache line of the ring's memory.
    InRing,
    /// In memory of its own; see [`XdmaPart::write_back_request`](super::XdmaPart::write_back_request).
    In(Buffer<R>),
}

/// The word, in memory of its own or in the ring's.
pub(super) struct Word<R: Region> {
    own: Option<Shared<R>>,
    /// Where it is in that memory.
    at: usize,
}

/// What the engine wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Seen {
    pub(super) count: u32,
    pub(super) error: bool,
}

impl<R: Region> Word<R> {
    /// In the last line of the ring's memory, which consists of whole lines.
    pub(super) fn in_ring(ring: &Shared<R>) -> Self {
        Self { own: None, at: ring.size().saturating_sub(LINE) }
    }

    /// At the start of its own memory.
    pub(super) const fn in_own(memory: Shared<R>) -> Self {
        Self { own: Some(memory), at: 0 }
    }

    /// Its own memory, if it has any.
    pub(super) fn into_own(self) -> Option<Buffer<R>> {
        self.own.map(Shared::into_buffer)
    }

    /// What the device calls it.
    pub(super) fn iova(&self, ring: &Shared<R>) -> Option<Iova> {
        self.memory(ring).iova(self.at)
    }

    /// Sets it to zero, for a list that begins. The engine is idle, so nobody else writes it.
    pub(super) fn clear(&self, ring: &Shared<R>) -> Result<(), Error> {
        self.window(ring)?.reg(map::WORD).set(0);
        self.memory(ring).publish(self.at..self.at + Block::SIZE);
        Ok(())
    }

    /// Looks at it.
    pub(super) fn read(&self, ring: &Shared<R>) -> Result<Seen, Error> {
        self.memory(ring).observe(self.at..self.at + Block::SIZE);
        let word = self.window(ring)?.reg(map::WORD).extract();
        Ok(Seen { count: word.read(map::WORD::COUNT), error: word.is_set(map::WORD::ERROR) })
    }

    fn memory<'a>(&'a self, ring: &'a Shared<R>) -> &'a Shared<R> {
        self.own.as_ref().unwrap_or(ring)
    }

    fn window<'a>(&'a self, ring: &'a Shared<R>) -> Result<Window<SharedView<'a>, Block>, Error> {
        let view = self.memory(ring).view().narrow(self.at, Block::SIZE);
        let view = view.ok_or(super::outside())?;
        // SAFETY: the engine alone writes this memory, as its write-back word.
        unsafe { Window::new(view) }.map_err(|refused| refused.error)
    }
}

impl<R: Region> fmt::Debug for WriteBack<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("Off"),
            Self::InRing => f.write_str("InRing"),
            Self::In(memory) => f.debug_tuple("In").field(memory).finish(),
        }
    }
}
