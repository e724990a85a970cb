//! Generates typed registers, tables and references from CMSIS-SVD files.
//!
//! ```text
//!   device.svd ──read──► Device ──┬── rust ──► device.rs   constants and tables
//!                          │      └── markdown ► device.md  a reference for people
//!                     Diagnostics                          what was unusual
//! ```
//!
//! The output compiles in any crate that depends on `register-map`.
#![forbid(unsafe_code)]

mod diagnostic;
mod model;
mod name;
mod number;
mod prose;
mod read;
mod rust;
mod xml;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use model::*;
pub use read::read;
pub use rust::{Options, rust};
