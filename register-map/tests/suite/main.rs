//! The typed view of registers, over a space that records every access.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod description;
mod rights;
mod support;
mod window;
