//! The caller's own memory, mapped for a device or bounced.

use std::cell::Cell;
use std::rc::Rc;

use dma_core::{
    AddressMask, DeviceAddress, Direction, Directions, DmaBuffer, Engine, ErrorKind, Failed,
    Mapped, Timeout,
};
use embedded_dma::{ReadBuffer, WriteBuffer};

use crate::world::{TestChannel, TestRegion, TestSignal, World};

const CARD: DeviceAddress = DeviceAddress::new(0);
const MASK: AddressMask = AddressMask::ALL;
const SECOND: Timeout = Timeout::secs(1);

type MappedEngine<T> = Engine<TestChannel, TestSignal, Mapped<T, TestRegion>, 1>;

fn engine<T: 'static>(world: &World) -> MappedEngine<T> {
    Engine::new(world.channel(), world.signal()).unwrap()
}

/// Writes `source` to the card, and reads it back into `target`; gives both back.
fn round_trip<T: ReadBuffer, U: WriteBuffer>(
    world: &World,
    source: Mapped<T, TestRegion>,
    target: Mapped<U, TestRegion>,
) -> (T, U) {
    let mut engine_out = engine(world);
    let ticket = engine_out.submit(source, CARD, Direction::ToDevice).unwrap();
    let source = engine_out.wait(ticket, SECOND).unwrap();
    let mut engine_in = engine(world);
    let ticket = engine_in.submit(target, CARD, Direction::FromDevice).unwrap();
    let target = engine_in.wait(ticket, SECOND).unwrap();
    let both = (source.into_inner().unwrap(), target.into_inner().unwrap());
    let state = world.state();
    assert_eq!((state.violations, state.mappings.len(), state.lent), (0, 0, 0));
    both
}

// A `Vec` and a boxed slice go to the card and back in place, in runs of the IOMMU's pages.
#[test]
fn vectors_and_boxes_are_mapped_in_place() {
    let world = World::new();
    let lender = world.lender(64);
    let source: Vec<u8> = (0..=255).collect();
    let target = vec![0_u8; 256].into_boxed_slice();
    let at = target.as_ptr();
    let source = Mapped::to_device(&lender, source, MASK).unwrap();
    assert_eq!((source.run(0, 256).1, source.is_bounced()), (64, false));
    let target = Mapped::from_device(&lender, target, MASK).unwrap();
    let (source, target) = round_trip(&world, source, target);
    assert_eq!(*target, *source);
    assert_eq!(target.as_ptr(), at, "it is the same memory");
}

// Static memory and arrays of words: lengths are in bytes.
#[test]
fn static_memory_and_arrays_of_words_are_mapped() {
    let world = World::new();
    let lender = world.lender(usize::MAX);
    let bytes: &'static mut [u8] = Box::leak(vec![7; 64].into_boxed_slice());
    let words: Box<[u32; 16]> = Box::new([0; 16]);
    let source = Mapped::to_device(&lender, bytes, MASK).unwrap();
    let target = Mapped::from_device(&lender, words, MASK).unwrap();
    assert_eq!((source.length(), target.length()), (64, 64));
    let (bytes, words) = round_trip(&world, source, target);
    assert_eq!((bytes[63], *words), (7, [0x0707_0707; 16]));
    // SAFETY: leaked above, and nobody has it any more.
    drop(unsafe { Box::from_raw(bytes) });
}

// Memory that is not whole pages comes back, unless one asks for a bounce buffer.
#[test]
fn odd_memory_needs_a_bounce_buffer() {
    let world = World::new();
    let lender = world.lender(16);
    let odd: Vec<u8> = (0..77).collect();
    let refused = Mapped::to_device(&lender, odd, MASK).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::NotWholePages);
    let source = Mapped::to_device_bounced(&lender, refused.buffer, MASK).unwrap();
    assert!(source.is_bounced());
    assert_eq!(source.bytes()[76], 76);
    let target = Mapped::from_device_bounced(&lender, vec![0_u8; 77], MASK).unwrap();
    let (source, target) = round_trip(&world, source, target);
    assert_eq!(target, source);
}

// Nothing to map, too little reach, or an allocation that fails: the memory comes back.
#[test]
fn refusals_give_the_memory_back() {
    let world = World::new();
    let lender = world.lender(64);
    let refused = Mapped::to_device(&lender, Vec::<u8>::new(), MASK).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Empty);
    let refused = Mapped::from_device(&lender, vec![3_u8; 64], AddressMask::bits(8)).unwrap_err();
    assert_eq!((refused.error.kind(), refused.buffer[0]), (ErrorKind::OutOfReach, 3));
}

// Mapped memory is good for its own direction only.
#[test]
fn the_direction_follows_from_the_mapping() {
    let world = World::new();
    let lender = world.lender(64);
    let source = Mapped::to_device(&lender, vec![1_u8; 64], MASK).unwrap();
    let mut to_device = engine(&world);
    let refused = to_device.submit(source, CARD, Direction::FromDevice).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::WrongDirection);
    let both = Mapped::both_ways(&lender, vec![1_u8; 64], MASK).unwrap();
    assert_eq!(both.permits(), Directions::BOTH);
    let ticket = to_device.submit(both, CARD, Direction::ToDevice).unwrap();
    let both = to_device.wait(ticket, SECOND).unwrap();
    let ticket = to_device.submit(both, CARD, Direction::FromDevice).unwrap();
    assert_eq!(to_device.wait(ticket, SECOND).unwrap().bytes(), [1; 64]);
}

// A synchronisation in the wrong direction never changes memory that was only to be read.
#[test]
fn memory_to_read_is_never_written() {
    let world = World::new();
    let lender = world.lender(64);
    let mut source = Mapped::to_device_bounced(&lender, vec![5_u8; 10], MASK).unwrap();
    source.sync(0..10, dma_core::To::Cpu, Direction::FromDevice);
    assert_eq!(source.bytes(), [5; 10]);
    let mut target = Mapped::from_device_bounced(&lender, vec![6_u8; 10], MASK).unwrap();
    target.sync(0..10, dma_core::To::Device, Direction::ToDevice);
    target.sync(4..99, dma_core::To::Cpu, Direction::FromDevice);
    assert_eq!(target.bytes(), [6, 6, 6, 6, 0, 0, 0, 0, 0, 0]);
}

/// Memory that tells when it is dropped.
struct Told {
    bytes: Vec<u8>,
    dropped: Rc<Cell<u32>>,
}

impl Told {
    fn new(length: usize) -> (Self, Rc<Cell<u32>>) {
        let dropped = Rc::new(Cell::new(0));
        (Self { bytes: vec![0; length], dropped: Rc::clone(&dropped) }, dropped)
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        self.dropped.set(self.dropped.get() + 1);
    }
}

// SAFETY: the bytes are the vector's, on the heap, and do not move.
unsafe impl WriteBuffer for Told {
    type Word = u8;

    unsafe fn write_buffer(&mut self) -> (*mut u8, usize) {
        (self.bytes.as_mut_ptr(), self.bytes.len())
    }
}

// Memory whose mapping cannot be taken away is leaked: the device still reaches it.
#[test]
fn failing_to_unmap_leaks_the_memory() {
    let world = World::new();
    world.state().unmap_fails = true;
    let lender = world.lender(64);
    let (told, dropped) = Told::new(64);
    let mapped = Mapped::from_device(&lender, told, MASK).unwrap();
    assert_eq!(mapped.into_inner().err().unwrap().kind(), ErrorKind::Os);
    let (told, also_dropped) = Told::new(64);
    drop(Mapped::from_device(&lender, told, MASK).unwrap());
    assert_eq!((dropped.get(), also_dropped.get()), (0, 0));
    assert_eq!(world.state().mappings.len(), 2);
}

// A bounce buffer that cannot be unmapped is lost alone: the device never reached the memory.
#[test]
fn failing_to_unmap_a_bounce_buffer_returns_the_memory() {
    let world = World::new();
    world.state().unmap_fails = true;
    let lender = world.lender(64);
    let (told, dropped) = Told::new(10);
    let mapped = Mapped::from_device_bounced(&lender, told, MASK).unwrap();
    assert_eq!(mapped.into_inner().unwrap().bytes.len(), 10);
    assert_eq!(dropped.get(), 1, "the one that came back");
    let (told, dropped) = Told::new(10);
    drop(Mapped::from_device_bounced(&lender, told, MASK).unwrap());
    assert_eq!((dropped.get(), world.state().lent), (1, 2));
}

// A lender that answers with another owner's region does not get it into a device's hands.
#[test]
fn a_lying_lender_is_not_believed() {
    let world = World::new();
    let victim = world.buffer(&[1; 64]);
    let mut lender = world.lender(64);
    lender.lie = Some(victim.region().clone());
    let (told, dropped) = Told::new(64);
    let refused = Mapped::from_device(&lender, told, MASK).unwrap_err();
    assert!(matches!(refused.error.kind(), ErrorKind::Unsupported | ErrorKind::Shared));
    drop(refused);
    assert_eq!((dropped.get(), victim.bytes()), (1, [1; 64].as_slice()));
}

// After a fault the memory comes back, whatever is in it.
#[test]
fn a_failed_job_gives_mapped_memory_back() {
    let world = World::new();
    world.state().fault_at = Some(0);
    let lender = world.lender(64);
    let target = Mapped::from_device_bounced(&lender, vec![0_u8; 33], MASK).unwrap();
    let mut engine = engine(&world);
    let ticket = engine.submit(target, CARD, Direction::FromDevice).unwrap();
    let Err(Failed::Returned(refused)) = engine.wait(ticket, SECOND) else { panic!("returned") };
    assert_eq!(refused.error.kind(), ErrorKind::DeviceFault);
    assert_eq!(refused.buffer.into_inner().unwrap().len(), 33);
}
