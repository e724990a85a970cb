//! Owned bytes: splitting, pools, words shared with a device.

use dma_core::{
    Access, Allocate, DmaBuffer, Either, ErrorKind, Narrow, Pool, Region, RegisterSpace, Request,
    Shared,
};
use embedded_dma::{ReadBuffer, WriteBuffer};
use proptest::prelude::*;

use crate::world::{TestBuffer, World, limits};

// Copies in and out are checked against the length, and copy nothing if they do not fit.
#[test]
fn copies_are_all_or_nothing() {
    let world = World::new();
    let mut buffer = world.buffer(&[1; 8]);
    assert_eq!(buffer.copy_in(&[2; 9]).unwrap_err().kind(), ErrorKind::TooLong);
    assert_eq!(buffer.bytes(), [1; 8]);
    buffer.copy_in(&[2; 3]).unwrap();
    let mut out = [0; 4];
    buffer.copy_out(&mut out).unwrap();
    assert_eq!(out, [2, 2, 2, 1]);
    assert_eq!(buffer.copy_out(&mut [0; 9]).unwrap_err().kind(), ErrorKind::TooShort);
    let refused = buffer.split_at(9).unwrap_err();
    assert_eq!((refused.error.kind(), refused.buffer.len()), (ErrorKind::TooShort, 8));
}

// Asking for a run past the end gives none, however far past.
#[test]
fn runs_end_with_the_buffer() {
    let world = World::new();
    let whole = world.lender(10).allocate(Request::bytes(30)).unwrap();
    let (_, part) = whole.split_at(5).unwrap();
    assert_eq!(part.run(0, 100).1, 5);
    assert_eq!(part.run(5, 100).1, 10);
    assert_eq!(part.run(24, 100).1, 1);
    assert_eq!((part.run(25, 1).1, part.run(usize::MAX, usize::MAX).1), (0, 0));
}

// Our buffers are what other crates' drivers take: the same bytes, wherever the value moves.
#[test]
fn buffers_serve_other_drivers() {
    fn checksum(source: &impl ReadBuffer<Word = u8>) -> u32 {
        // SAFETY: the bytes are read while the buffer is borrowed.
        let (start, length) = unsafe { source.read_buffer() };
        // SAFETY: as above.
        unsafe { std::slice::from_raw_parts(start, length) }.iter().map(|b| u32::from(*b)).sum()
    }
    let world = World::new();
    let (first, mut second) = world.buffer(&[1, 2, 3, 4, 5]).split_at(2).unwrap();
    assert_eq!((checksum(&first), checksum(&second)), (3, 12));
    // SAFETY: the bytes are written while the buffer is borrowed.
    let (start, length) = unsafe { second.write_buffer() };
    // SAFETY: as above.
    unsafe { start.write_bytes(9, length) };
    let moved = Box::new(second);
    assert_eq!((moved.bytes(), first.bytes()), ([9, 9, 9].as_slice(), [1, 2].as_slice()));
}

// Unmapping needs the only owner of the region, and says so.
#[test]
fn unmapping_needs_the_only_owner() {
    let world = World::new();
    let (first, second) = world.buffer(&[0; 8]).split_at(4).unwrap();
    assert_eq!(first.unmap().unwrap_err().kind(), ErrorKind::Shared);
    assert_eq!(second.bytes(), [0; 4], "the other half lives");
    second.unmap().unwrap();
    assert_eq!(world.state().lent, 0);
}

proptest! {
    // However a buffer is cut, its pieces neither overlap nor lose a byte, and each sees the
    // device addresses of its own bytes.
    #[test]
    fn pieces_never_overlap(
        length in 1..300_usize,
        run in 1..100_usize,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..310_usize), 0..20),
    ) {
        let world = World::new();
        let whole = world.lender(run).allocate(Request::bytes(length)).unwrap();
        let start = whole.bytes().as_ptr().addr();
        let addresses: Vec<u64> = (0..length).map(|at| whole.run(at, 1).0.get()).collect();
        let mut pieces: Vec<TestBuffer> = vec![whole];
        for (which, middle) in cuts {
            let piece = pieces.swap_remove(which.index(pieces.len()));
            let before = piece.len();
            match piece.split_at(middle) {
                Ok((first, second)) => {
                    prop_assert_eq!((first.len(), second.len()), (middle, before - middle));
                    pieces.extend([first, second]);
                }
                Err(refused) => {
                    prop_assert!(middle > before);
                    pieces.push(refused.buffer);
                }
            }
        }
        // Every piece writes its own number everywhere it can.
        for (number, piece) in pieces.iter_mut().enumerate() {
            piece.bytes_mut().fill(number as u8);
        }
        let mut covered = vec![false; length];
        for (number, piece) in pieces.iter().enumerate() {
            prop_assert!(piece.bytes().iter().all(|byte| *byte == number as u8));
            let at = piece.bytes().as_ptr().addr() - start;
            for (byte, place) in (at..at + piece.len()).enumerate() {
                prop_assert!(!std::mem::replace(&mut covered[place], true));
                prop_assert_eq!(piece.run(byte, 1).0.get(), addresses[place]);
            }
        }
        prop_assert!(covered.into_iter().all(|byte| byte));
        drop(pieces);
        prop_assert_eq!(world.state().lent, 0);
    }

    // A pool gives each of its buffers to one taker at a time, and takes back only what fits.
    #[test]
    fn a_pool_gives_each_buffer_once(steps in prop::collection::vec(any::<bool>(), 1..100)) {
        let world = World::new();
        let mut pool: Pool<TestBuffer, 4> = Pool::cut(world.buffer(&[0; 70]), 16).unwrap();
        let mut taken: Vec<TestBuffer> = Vec::new();
        for take in steps {
            if take {
                if let Some(buffer) = pool.get() {
                    let at = buffer.bytes().as_ptr();
                    prop_assert!(taken.iter().all(|other| other.bytes().as_ptr() != at));
                    prop_assert_eq!(buffer.len(), 16);
                    taken.push(buffer);
                } else {
                    prop_assert_eq!(taken.len(), 4);
                }
            } else if let Some(buffer) = taken.pop() {
                pool.put(buffer).unwrap();
            }
            prop_assert_eq!(pool.available() + taken.len(), 4);
        }
    }
}

// What does not belong into a pool comes back with the reason.
#[test]
fn a_pool_takes_only_its_kind() {
    let world = World::new();
    let mut pool: Pool<TestBuffer, 2> = Pool::cut(world.buffer(&[0; 32]), 16).unwrap();
    let kind = |pool: &mut Pool<TestBuffer, 2>, buffer| pool.put(buffer).unwrap_err().error.kind();
    assert_eq!(kind(&mut pool, world.buffer(&[0; 16])), ErrorKind::Busy);
    assert_eq!(kind(&mut pool, world.buffer(&[0; 15])), ErrorKind::TooShort);
    assert_eq!(kind(&mut pool, world.buffer(&[0; 17])), ErrorKind::TooLong);
    assert_eq!(kind(&mut pool, World::new().buffer(&[0; 16])), ErrorKind::OtherDomain);
    let cut = |length, piece| {
        Pool::<TestBuffer, 2>::cut(world.buffer(&vec![0; length]), piece).unwrap_err().error.kind()
    };
    assert_eq!((cut(31, 16), cut(32, 0)), (ErrorKind::TooShort, ErrorKind::Empty));
    assert_eq!(cut(32, usize::MAX), ErrorKind::TooShort);
}

// Words of a ring are loaded and stored at their offsets, and parts of it have their own.
#[test]
fn shared_words_are_a_register_space() {
    let world = World::with_limits(limits(1));
    let ring = Shared::new(world.buffer(&[0; 64])).unwrap();
    let view = ring.view();
    assert_eq!((view.size(), view.domain()), (64, ring.domain()));
    assert!(view.alignment() >= 64);
    let inner = view.narrow(8, 16).unwrap();
    assert!(view.narrow(60, 5).is_none() && view.narrow(usize::MAX, 2).is_none());
    // SAFETY: aligned and inside.
    unsafe { Access::<u32>::store(&inner, 4, 0x0403_0201) };
    // SAFETY: aligned and inside.
    assert_eq!(unsafe { Access::<u8>::load(&view, 13) }, 2);
    // SAFETY: aligned and inside.
    assert_eq!(unsafe { Access::<u16>::load(&view, 14) }, 0x0403);
    // SAFETY: aligned and inside.
    assert_eq!(unsafe { Access::<u64>::load(&view, 8) }, 0x0403_0201_0000_0000);
    assert_eq!(ring.iova(8).unwrap().get(), ring.iova(0).unwrap().get() + 8);
    assert_eq!(ring.iova(64), None);
    ring.publish(0..64);
    ring.observe(0..64);
    let state = world.state();
    assert_eq!((state.syncs_to_device, state.syncs_to_cpu), (1, 1));
    drop(state);
    assert_eq!(ring.into_buffer().bytes()[12..16], [1, 2, 3, 4]);
}

// A ring must be one run for the device, and aligned for its words.
#[test]
fn scattered_or_crooked_rings_are_refused() {
    let world = World::new();
    let scattered = world.lender(32).allocate(Request::bytes(64)).unwrap();
    let refused = Shared::new(scattered).unwrap_err();
    assert_eq!((refused.error.kind(), refused.buffer.len()), (ErrorKind::Scattered, 64));
    let (_, crooked) = world.buffer(&[0; 64]).split_at(4).unwrap();
    assert_eq!(Shared::new(crooked).unwrap_err().error.kind(), ErrorKind::Misaligned);
}

// One engine type for two kinds of buffer: `Either` answers as what it holds.
#[test]
fn either_answers_as_what_it_holds() {
    let world = World::new();
    let plain = world.buffer(&[0; 8]);
    let expected = (plain.run(0, 8), plain.domain(), plain.region().permits());
    let mut either: Either<TestBuffer, TestBuffer> = Either::B(plain);
    assert_eq!((either.run(0, 8), either.domain(), either.permits()), expected);
    assert_eq!(either.length(), 8);
    either.sync(0..8, dma_core::To::Cpu, dma_core::Direction::FromDevice);
    assert_eq!(world.state().syncs_to_cpu, 1);
    let mut either: Either<TestBuffer, TestBuffer> = Either::A(world.buffer(&[0; 8]));
    either.sync(0..8, dma_core::To::Cpu, dma_core::Direction::FromDevice);
    assert_eq!(world.state().syncs_to_cpu, 2);
}
