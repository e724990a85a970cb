//! What the host and the first process of a test guest say to one another.
//!
//! The host packs a [`job::Job`] into the guest's initial file system; the guest works it off and
//! writes [`report::Line`]s to its serial line. The program itself is in `main.rs`.
//!
//! ```text
//!   cargo xtask guest ──job.json──► initial file system ──► /init ──► modules, devices, programs
//!                     ◄──────── "@guest {…}" lines on the serial line ◄──┘
//!                     ◄──────── exit status of the emulator
//! ```
#![forbid(unsafe_code)]

pub mod error;
pub mod job;
pub mod log;
pub mod pci;
pub mod report;
