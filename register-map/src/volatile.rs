//! The blocks as structures of `volatile-register`, for firmware.
//!
//! Firmware that already uses `volatile-register` lays such a structure over the device's
//! registers and accesses its members. The layout comes from the same descriptions as the typed
//! constants, and is asserted at compile time; bit masks and shifts are those of the constants'
//! fields.
//!
//! | The register | Cell | What is safe |
//! |---|---|---|
//! | can be read | `RO` | `read` |
//! | can be written | `WO` | nothing: `write` is `unsafe` |
//! | both | `RW` | `read`; `write` and `modify` are `unsafe` |
//!
//! All writes are `unsafe` there, so steering registers and doorbells keep their guard: whoever
//! writes one promises what [`Register::steer`](crate::Register::steer) and
//! [`Register::ring`](crate::Register::ring) ask for. What this form gives up: an address is a
//! plain number, a harmless write looks like a dangerous one, `modify` is there also where a one
//! clears its bit, and a read with side effects takes no `&mut`. The documentation of each member
//! says where that matters. There is no [`Window`](crate::Window) to put a simulated device
//! behind, and the barriers of DMA are the caller's. New drivers are better off with the
//! constants.
//!
//! # Examples
//!
//! ```
//! use register_map::edu::{ID, STATUS};
//! use register_map::volatile::edu::Edu;
//!
//! /// Whether a factorial is being computed, on a card that is one.
//! fn is_computing(card: &Edu) -> bool {
//!     let signature = card.id.read() & ID::SIGNATURE.mask;
//!     signature == 0xed && card.status.read() & STATUS::COMPUTING.mask != 0
//! }
//! ```
#![forbid(unsafe_code)]
#![expect(missing_debug_implementations, reason = "to print a device's registers would read them")]

pub mod edu;
pub mod nvme;
pub mod pl081;
pub mod xdma;
