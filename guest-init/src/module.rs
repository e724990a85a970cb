//! Loading kernel modules.
#![forbid(unsafe_code)]

use std::ffi::CString;
use std::fs::File;

use rustix::io::Errno;
use rustix::system::finit_module;

use guest_init::error::{Context, Result};

/// Loads a module; one that is there already is no error.
pub(crate) fn load(file: &str, parameters: &str) -> Result<()> {
    let parameters = CString::new(parameters).context("parameters of a module")?;
    let module = File::open(file).context(format_args!("open {file}"))?;
    match finit_module(module, &parameters, 0) {
        Ok(()) | Err(Errno::EXIST) => Ok(()),
        Err(error) => Err(error).context(format_args!("load {file}")),
    }
}
