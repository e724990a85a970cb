//! Forwards a call to whichever backend it is.
//!
//! Every enum over backends has the same variants, one per enabled feature; this is the one
//! place that lists them.
#![forbid(unsafe_code)]

/// Evaluates `$answer` with `$it` bound to the backend's own value.
macro_rules! each {
    ($this:expr, $it:ident => $answer:expr) => {
        match $this {
            #[cfg(feature = "mock")]
            Self::Mock($it) => $answer,
            #[cfg(feature = "vfio")]
            Self::Vfio($it) => $answer,
            #[cfg(feature = "uio")]
            Self::Uio($it) => $answer,
            #[cfg(feature = "kernel")]
            Self::Kernel($it) => $answer,
        }
    };
}

pub(crate) use each;
