//! Logs as kernels write them, and what is made of them.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod explained;
mod hostile;
mod shapes;
mod story;
