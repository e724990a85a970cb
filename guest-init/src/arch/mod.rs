//! What differs by processor: I/O ports, which only x86 has.

#[cfg_attr(target_arch = "x86_64", path = "x86_64.rs")]
#[cfg_attr(not(target_arch = "x86_64"), path = "portless.rs")]
mod ports;

pub(crate) use ports::write_port;
