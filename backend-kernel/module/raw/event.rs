// SPDX-License-Identifier: GPL-2.0-only

//! Eventfds: counters of programs that the kernel adds to.

use core::ptr::NonNull;

use kernel::{
    bindings,
    error::from_err_ptr,
    prelude::*, //
};

/// An eventfd that a reference is held to.
pub(crate) struct Event(NonNull<bindings::eventfd_ctx>);

// SAFETY: it is reference-counted, and adding to it is done under its own lock.
unsafe impl Send for Event {}
// SAFETY: as `Send`.
unsafe impl Sync for Event {}

impl Event {
    /// The eventfd of this number in the calling process; none for -1.
    pub(crate) fn of(number: i32) -> Result<Option<Self>> {
        if number == -1 {
            return Ok(None);
        }
        // SAFETY: it takes any number, and checks it.
        let event = from_err_ptr(unsafe { bindings::eventfd_ctx_fdget(number) })?;
        NonNull::new(event)
            .map(|event| Some(Self(event)))
            .ok_or(EBADF)
    }

    /// Adds one; in any context.
    pub(crate) fn signal(&self) {
        // SAFETY: valid while the reference is held.
        unsafe { bindings::eventfd_signal_mask(self.0.as_ptr(), 0) }
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        // SAFETY: ours to give back, once.
        unsafe { bindings::eventfd_ctx_put(self.0.as_ptr()) }
    }
}
