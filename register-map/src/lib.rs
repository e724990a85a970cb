//! Typed registers of devices, generated from their SVD descriptions.
//!
//! A vendor writes what registers a device has, once, as an SVD file; the generator turns it
//! into constants whose types say where a register is, how wide it is and what may be done with
//! it. A driver names the constant, and everything else is checked when it is compiled.
//!
//! ```text
//!   edu.svd ──generator──► edu::STATUS: Def<Edu, u32, ReadOnly, STATUS::Register, 0x20>
//!                                  │
//!   Window<S, Edu> ── reg(STATUS) ─┴─► Register ── read, write, clear, steer, ring ──► S: Access
//! ```
//!
//! * [`Window`]: a register space seen as one block of registers.
//! * [`Def`], [`Array`], [`Cluster`], [`Pair`]: what the constants are.
//! * [`rights`]: what may be done with a register.
//! * [`fields`]: bit fields, from tock-registers.
//! * [`description`]: the same facts as data, for tools and for simulated devices.
//! * `volatile`, with the feature of that name: the blocks as structures of `volatile-register`,
//!   for firmware that is written in that way.
//!
//! The folder `include` of this crate has a C header for each device, from the same descriptions.
#![no_std]

// Generated code says `register_map::` in this crate as in every other.
extern crate self as register_map;

mod block;
mod definition;
pub mod description;
#[expect(missing_docs, reason = "the macro for bit fields writes items without documentation")]
#[forbid(unsafe_code)]
pub mod edu;
#[expect(missing_docs, reason = "the macro for bit fields writes items without documentation")]
#[forbid(unsafe_code)]
pub mod nvme;
mod pair;
#[expect(missing_docs, reason = "the macro for bit fields writes items without documentation")]
#[forbid(unsafe_code)]
pub mod pl081;
mod register;
pub mod rights;
mod tock;
#[cfg(feature = "volatile")]
pub mod volatile;
mod window;
#[expect(missing_docs, reason = "the macro for bit fields writes items without documentation")]
#[forbid(unsafe_code)]
pub mod xdma;

pub use block::Block;
pub use definition::{Array, ArrayDefinition, Cluster, Def, Pair};
pub use pair::PairRegister;
pub use register::{Fixed, Item, Place, Register};
pub use tock::{ReadWriteable, Readable, Writeable, fields, register_bitfields};
pub use window::Window;
