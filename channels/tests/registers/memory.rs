//! Memory of a made-up device, at addresses that the test chooses.

use std::ops::Range;
use std::ptr::NonNull;
use std::rc::Rc;

use dma_core::{Buffer, DeviceAddress, Direction, DomainId, Error, Iova, Region, Segment, To};

use crate::space::{Event, Recorder, Space};

/// Where a made-up device sees a piece of memory, and in which pieces.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) iova: u64,
    pub(crate) domain: DomainId,
    /// The longest run.
    pub(crate) run: usize,
}

/// A piece of memory.
#[derive(Clone)]
pub(crate) struct TestRegion {
    recorder: Rc<Recorder>,
    memory: Rc<Memory>,
    place: Place,
}

/// Words, so that it is aligned for a ring.
struct Memory(NonNull<[u64]>);

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: made from a box by `buffer`, and dropped once.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

// SAFETY: the memory lives in the shared box; no device reaches it at all.
unsafe impl Region for TestRegion {
    fn domain(&self) -> DomainId {
        self.place.domain
    }

    fn cpu(&self) -> NonNull<[u8]> {
        NonNull::slice_from_raw_parts(self.memory.0.cast(), self.memory.0.len() * 8)
    }

    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let left = self.cpu().len() - at.min(self.cpu().len());
        // SAFETY: no device ever gets the number.
        let iova = unsafe { Iova::new(self.place.iova) };
        (iova.offset(at), left.min(max).min(self.place.run - at % self.place.run))
    }

    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        if (to, direction) == (To::Device, Direction::ToDevice) {
            self.recorder.note(Event::Publish(range.start, range.end));
        }
    }

    fn unmap(self) -> Result<(), Error> {
        Ok(())
    }
}

/// The word at byte `at`, as a device would read it.
pub(crate) fn word(region: &TestRegion, at: usize) -> u32 {
    let words = region.cpu();
    assert!(at.is_multiple_of(4) && at + 4 <= words.len());
    // SAFETY: inside the memory, as just checked, which the region keeps.
    let word = unsafe { words.cast::<u8>().add(at) }.cast::<u32>();
    // SAFETY: aligned, initialised, and nobody writes while this thread is here.
    u32::from_le(unsafe { word.read() })
}

/// Memory at `iova` of the registers' device, in one run.
pub(crate) fn memory(space: &Space, iova: u64, length: usize) -> Buffer<TestRegion> {
    placed(space, length, Place { iova, domain: space.domain, run: usize::MAX })
}

/// Memory anywhere.
pub(crate) fn placed(space: &Space, length: usize, place: Place) -> Buffer<TestRegion> {
    let words = Box::leak(vec![0_u64; length.div_ceil(8)].into_boxed_slice());
    let memory = Rc::new(Memory(NonNull::from(words)));
    let recorder = Rc::clone(&space.recorder);
    // SAFETY: fresh memory, zeroed, with one owner.
    let whole = unsafe { Buffer::new(TestRegion { recorder, memory, place }) };
    whole.split_at(length).expect("it was rounded up").0
}

/// A segment of `length` bytes between host memory at `host` and the card's at `device`.
pub(crate) fn segment(direction: Direction, host: u64, device: u64, length: usize) -> Segment {
    // SAFETY: no device ever gets the number.
    let host = unsafe { Iova::new(host) };
    Segment { host, device: DeviceAddress::new(device), length, direction, last: true }
}

/// A domain that is not the registers'.
pub(crate) fn another_domain() -> DomainId {
    // SAFETY: no device ever uses it.
    unsafe { DomainId::new(7) }
}
