//! Memory of a made-up device, at addresses that the test chooses.

use std::ops::Range;
use std::ptr::NonNull;
use std::rc::Rc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

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

impl TestRegion {
    /// Changes the word at byte `at`, as the device does.
    pub(crate) fn poke(&self, at: usize, value: u32) {
        self.word(at).store(value.to_le(), Relaxed);
    }

    fn word(&self, at: usize) -> &AtomicU32 {
        assert!(at.is_multiple_of(4) && at + 4 <= self.cpu().len());
        // SAFETY: inside the memory, as just checked.
        let word = unsafe { self.cpu().cast::<u8>().add(at) }.cast::<AtomicU32>();
        // SAFETY: aligned, valid while the region lives, and only used while it is shared, as
        // words that both sides reach by atomics.
        unsafe { word.as_ref() }
    }
}

/// Aligned for any ring, as a lender would be asked to.
#[repr(align(128))]
#[derive(Clone)]
struct Line {
    _words: [u64; 16],
}

/// Lines, so that it is aligned for a ring.
struct Memory(NonNull<[Line]>);

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
        NonNull::slice_from_raw_parts(self.memory.0.cast(), self.memory.0.len() * size_of::<Line>())
    }

    fn run(&self, at: usize, max: usize) -> (Iova, usize) {
        let left = self.cpu().len() - at.min(self.cpu().len());
        // SAFETY: no device ever gets the number.
        let iova = unsafe { Iova::new(self.place.iova) };
        (iova.offset(at), left.min(max).min(self.place.run - at % self.place.run))
    }

    unsafe fn sync(&self, range: Range<usize>, to: To, direction: Direction) {
        match (to, direction) {
            (To::Device, Direction::ToDevice) => {
                self.recorder.note(Event::Publish(range.start, range.end));
            }
            (To::Cpu, Direction::FromDevice) => {
                self.recorder.note(Event::Observe(range.start, range.end));
            }
            _ => {}
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
    let lines = vec![Line { _words: [0; 16] }; length.div_ceil(size_of::<Line>())];
    let memory = Rc::new(Memory(NonNull::from(Box::leak(lines.into_boxed_slice()))));
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
    DomainId::unique()
}
