//! Processors without I/O ports.
#![forbid(unsafe_code)]

use guest_init::error::{Error, Result};

/// There is none.
pub(crate) fn write_port(port: u16, _value: u8) -> Result<()> {
    Err(Error::new(format!("this processor has no I/O ports, {port:#x} among them")))
}
