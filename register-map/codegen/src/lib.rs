//! Generates typed registers, tables and references from CMSIS-SVD files.
//!
//! ```text
//!   device.svd ──read──► Device ──┬── rust ──────► device.rs   constants and tables
//!                │                ├── volatile ──► device.rs   structures of volatile cells
//!                │                ├── header ────► device.h    the same for C and C++
//!                │                └── markdown ──► device.md   a reference for people
//!                └─► Diagnostics                               what was unusual
//! ```
//!
//! The Rust output compiles in any crate that depends on `register-map`; `register-gen` is the
//! same as a command, and [`regen`] keeps what is checked in fresh.
//!
//! # Examples
//!
//! ```
//! let svd = "<device><name>TIMER</name><size>32</size><peripherals><peripheral>
//!     <name>TIMER</name><baseAddress>0</baseAddress><registers><register>
//!         <name>COUNT</name><addressOffset>4</addressOffset><access>read-only</access>
//!     </register></registers></peripheral></peripherals></device>";
//! let reading = register_map_codegen::read(svd);
//! assert!(!reading.diagnostics.has_errors());
//! let module = register_map_codegen::rust(&reading.device, &Default::default());
//! assert!(module.contains("pub const COUNT: Def<Timer, u32, ReadOnly, (), 0x04>"));
//! ```
#![forbid(unsafe_code)]

mod diagnostic;
mod encoding;
mod header;
mod layout;
mod markdown;
mod model;
mod name;
mod number;
mod prose;
mod read;
mod regen;
mod rust;
mod xml;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use header::header;
pub use markdown::markdown;
pub use model::*;
pub use read::{read, read_bytes};
pub use regen::{RegenError, Report, regen};
pub use rust::{Options, rust, volatile};
