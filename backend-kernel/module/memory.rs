// SPDX-License-Identifier: GPL-2.0-only

//! The memory of one open file, by ids, within its quota.

use core::ops::Range;

use kernel::{
    prelude::*,
    sync::Arc, //
};

use crate::{
    function::Lease,
    module_parameters,
    raw::{
        coherent::Coherent,
        map::Area,
        pinned::Pinned, //
    },
    uapi::Run, //
};

/// A piece of memory that the device reaches.
pub(crate) struct Piece {
    kind: Kind,
    /// After the memory.
    _lease: Lease,
}

enum Kind {
    Coherent(Coherent),
    Pinned(Pinned),
}

impl Piece {
    pub(crate) fn coherent(memory: Coherent, lease: Lease) -> Result<Arc<Self>> {
        let kind = Kind::Coherent(memory);
        Ok(Arc::new(
            Self {
                kind,
                _lease: lease,
            },
            GFP_KERNEL,
        )?)
    }

    pub(crate) fn pinned(memory: Pinned, lease: Lease) -> Result<Arc<Self>> {
        let kind = Kind::Pinned(memory);
        Ok(Arc::new(
            Self {
                kind,
                _lease: lease,
            },
            GFP_KERNEL,
        )?)
    }

    /// Calls `each` with every run, in order, until that fails.
    pub(crate) fn runs(&self, mut each: impl FnMut(Run) -> Result) -> Result {
        match &self.kind {
            Kind::Coherent(memory) => each(memory.run()),
            Kind::Pinned(memory) => memory.runs().try_for_each(each),
        }
    }

    pub(crate) fn length(&self) -> u64 {
        match &self.kind {
            Kind::Coherent(memory) => memory.run().length,
            Kind::Pinned(memory) => memory.runs().map(|run| run.length).sum(),
        }
    }

    /// Whether handing over takes [`Piece::sync`].
    pub(crate) fn needs_sync(&self) -> bool {
        matches!(&self.kind, Kind::Pinned(memory) if memory.needs_sync())
    }

    /// Hands bytes over; coherent memory needs nothing.
    pub(crate) fn sync(&self, range: &Range<usize>, to_cpu: bool) {
        if let Kind::Pinned(memory) = &self.kind {
            memory.sync(range, to_cpu);
        }
    }

    /// How many bytes count for the quota. Pinned memory counts for the limit of its owner.
    fn counts(&self) -> u64 {
        match &self.kind {
            Kind::Coherent(memory) => memory.run().length,
            Kind::Pinned(_) => 0,
        }
    }

    fn is_mapped(&self) -> bool {
        matches!(&self.kind, Kind::Coherent(memory) if memory.is_mapped())
    }
}

/// A file's memory.
pub(crate) struct Memory {
    pieces: KVVec<Option<Arc<Piece>>>,
    /// Before this id none is free.
    free: usize,
    used_bytes: u64,
    used_pieces: u32,
}

/// What the quotas are.
pub(crate) fn quotas() -> (u64, u32) {
    (
        u64::from(module_parameters::coherent_mib.value()) << 20,
        module_parameters::pieces.value(),
    )
}

impl Memory {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            pieces: KVVec::new(),
            free: 0,
            used_bytes: 0,
            used_pieces: 0,
        })
    }

    /// Whether it has none, and will have none by what is being allocated just now.
    pub(crate) fn is_empty(&self) -> bool {
        self.used_pieces == 0
    }

    /// Bytes and pieces that are used.
    pub(crate) fn used(&self) -> (u64, u32) {
        (self.used_bytes, self.used_pieces)
    }

    /// Counts a piece that is going to be made.
    pub(crate) fn reserve(&mut self, bytes: u64) -> Result {
        let (quota_bytes, quota_pieces) = quotas();
        let used = self.used_bytes.checked_add(bytes).ok_or(EDQUOT)?;
        if used > quota_bytes || self.used_pieces >= quota_pieces {
            return Err(EDQUOT);
        }
        self.used_bytes = used;
        self.used_pieces += 1;
        Ok(())
    }

    /// The piece was not made after all, or is gone.
    pub(crate) fn cancel(&mut self, bytes: u64) {
        self.used_bytes -= bytes;
        self.used_pieces -= 1;
    }

    /// Enters a piece that was reserved; the answer is its id.
    pub(crate) fn enter(&mut self, piece: Arc<Piece>) -> Result<u32> {
        let free = self.pieces[self.free..].iter().position(Option::is_none);
        let id = match free {
            Some(place) => self.free + place,
            None => {
                self.pieces.push(None, GFP_KERNEL)?;
                self.pieces.len() - 1
            }
        };
        self.pieces[id] = Some(piece);
        self.free = id + 1;
        Ok(u32::try_from(id)?)
    }

    /// The piece of an id.
    pub(crate) fn piece(&self, id: u32) -> Result<Arc<Piece>> {
        let piece = self.pieces.get(id as usize).and_then(Option::as_ref);
        piece.cloned().ok_or(ENOENT)
    }

    /// Takes the piece of an id out, unless it is mapped; with `only`, unless it is another.
    pub(crate) fn remove(&mut self, id: u32, only: Option<&Arc<Piece>>) -> Result<Arc<Piece>> {
        let place = self.pieces.get_mut(id as usize).ok_or(ENOENT)?;
        let piece = place.as_ref().ok_or(ENOENT)?;
        if only.is_some_and(|only| !Arc::ptr_eq(only, piece)) {
            return Err(ENOENT);
        }
        if piece.is_mapped() {
            return Err(EBUSY);
        }
        let piece = place.take().ok_or(ENOENT)?;
        self.free = self.free.min(id as usize);
        self.cancel(piece.counts());
        Ok(piece)
    }

    /// Maps a piece to an area of the caller.
    pub(crate) fn map(&self, id: u32, area: Area<'_>, offset: u64) -> Result {
        let piece = self.piece(id)?;
        match &piece.kind {
            // SAFETY: `remove` looks at its count with the same lock held as this has, and the
            // area keeps the file open. Whoever has the piece besides keeps it for longer only.
            Kind::Coherent(memory) => unsafe { area.coherent(memory, offset) },
            // The caller has it mapped already.
            Kind::Pinned(_) => Err(EINVAL),
        }
    }

    /// All of it, of a file that is no longer open.
    pub(crate) fn take(&mut self) -> KVVec<Option<Arc<Piece>>> {
        self.used_bytes = 0;
        self.used_pieces = 0;
        core::mem::replace(&mut self.pieces, KVVec::new())
    }
}
