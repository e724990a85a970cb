//! A driver for a card of one's own, in a crate of one's own: Courier.
//!
//! The card exists in `docs/card-vendor-guide.md` only, which tells how this crate came about:
//! registers from a description, a channel of some 150 lines, a model of the card, and the suite
//! that says whether all of it is right.
#![no_std]

mod channel;
#[forbid(unsafe_code)]
#[expect(missing_docs, reason = "the macro for bit fields writes items without documentation")]
pub mod registers;

pub use channel::CourierChannel;
