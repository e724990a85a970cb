//! How many address bits the device has, as the kernel was told.
//!
//! The kernel knows one mask for a device, and it cannot change while memory is lent; requests
//! for memory each name one. While nothing is lent the kernel is told the mask of the request
//! that comes; else memory is taken as it comes, and refused if it is beyond the request's mask.
#![forbid(unsafe_code)]

use std::sync::{Mutex, MutexGuard, PoisonError};

use backend_kernel_abi::FEWEST_BITS;
use dma_core::AddressMask;
use rustix::io::Result;

/// The mask that the kernel was told, and how much is lent within it.
#[derive(Debug)]
pub(crate) struct MaskBook {
    /// The user has said it, so no request changes it.
    fixed: bool,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    bits: u32,
    lent: usize,
}

/// Address bits that all lie below a mask.
pub(crate) const fn bits(mask: AddressMask) -> u32 {
    match mask.highest().checked_add(1) {
        None => 64,
        Some(0) => 0,
        Some(end) => end.ilog2(),
    }
}

impl MaskBook {
    /// As the kernel has it now.
    pub(crate) const fn new(bits: u32, fixed: bool) -> Self {
        Self { fixed, state: Mutex::new(State { bits, lent: 0 }) }
    }

    /// Counts a piece that will be lent within `mask`, and tells the kernel the mask if it can
    /// change. A mask that the host cannot serve is left as it was: what is lent is looked at anyhow.
    pub(crate) fn lend(&self, mask: AddressMask, set: impl FnOnce(u32) -> Result<()>) {
        let wanted = bits(mask);
        let mut state = self.state();
        let free = state.lent == 0 && !self.fixed;
        if free && wanted != state.bits && wanted >= FEWEST_BITS && set(wanted).is_ok() {
            state.bits = wanted;
        }
        state.lent += 1;
    }

    /// A piece was given back, or was not lent after all.
    pub(crate) fn give_back(&self) {
        self.state().lent -= 1;
    }

    /// How many address bits the kernel reckons with.
    pub(crate) fn told(&self) -> u32 {
        self.state().bits
    }

    /// Two numbers are whole whatever panicked beside them.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use rustix::io::Errno;

    use super::*;

    // The kernel is told while nothing is lent, once, and what it refuses changes nothing.
    #[test]
    fn kernel_is_told_while_nothing_is_lent() {
        let told = RefCell::new(Vec::new());
        let set = |bits| {
            told.borrow_mut().push(bits);
            if bits < 26 { Err(Errno::IO) } else { Ok(()) }
        };
        let book = MaskBook::new(32, false);
        book.lend(AddressMask::bits(32), set);
        book.lend(AddressMask::bits(28), set);
        assert!(told.borrow().is_empty() && book.told() == 32);
        book.give_back();
        book.give_back();
        book.lend(AddressMask::bits(28), set);
        book.give_back();
        book.lend(AddressMask::bits(25), set);
        book.give_back();
        book.lend(AddressMask::bits(20), set);
        assert_eq!((told.borrow().as_slice(), book.told()), ([28, 25].as_slice(), 28));
    }

    // What the user has said stays.
    #[test]
    fn mask_of_the_user_stays() {
        let book = MaskBook::new(28, true);
        book.lend(AddressMask::ALL, |_| Err(Errno::IO));
        assert_eq!(book.told(), 28);
    }

    // A mask's bits all lie below it.
    #[test]
    fn bits_lie_below_the_mask() {
        assert_eq!((bits(AddressMask::ALL), bits(AddressMask::bits(28))), (64, 28));
        assert_eq!(bits(AddressMask::bits(1)), 1);
    }
}
