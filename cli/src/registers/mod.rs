//! Registers of a description, found by the names that are typed.
//!
//! [`Map`] is a description that was read; a [`Path`] is what was typed; an [`Entry`] is a register
//! at its place, and [`Found`] that or one of its fields.
#![forbid(unsafe_code)]

mod assignment;
mod entry;
mod map;
mod path;
pub(crate) mod value;

pub(crate) use assignment::Assignment;
pub(crate) use entry::{Entry, Found, Kind, Place};
pub(crate) use map::Map;
pub(crate) use path::Path;
