//! Logging through `defmt`, `tracing`, both or neither: asked here alone.
#![forbid(unsafe_code)]

macro_rules! log_warn {
    ($message:literal) => {{
        #[cfg(feature = "defmt")]
        defmt::warn!($message);
        #[cfg(feature = "tracing")]
        tracing::warn!($message);
    }};
    ($message:literal, $error:expr) => {{
        let error: &crate::Error = $error;
        #[cfg(feature = "defmt")]
        defmt::warn!("{=str}: {}", $message, error);
        #[cfg(feature = "tracing")]
        tracing::warn!(error = %error, $message);
        let _ = error;
    }};
}

macro_rules! log_debug {
    ($message:literal) => {{
        #[cfg(feature = "defmt")]
        defmt::debug!($message);
        #[cfg(feature = "tracing")]
        tracing::debug!($message);
    }};
}

pub(crate) use {log_debug, log_warn};
