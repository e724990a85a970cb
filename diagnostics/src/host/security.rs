//! What keeps programs and modules from devices, besides permissions.

use std::fmt;

use serde::Serialize;

use super::tree::Tree;

/// Secure Boot, and what the kernel refuses because of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Security {
    /// Whether the firmware boots signed kernels only; `None` where it has no such thing.
    pub secure_boot: Option<bool>,
    /// "none", "integrity", "confidentiality"; `None` where the kernel has no lockdown.
    pub lockdown: Option<String>,
    /// Whether modules must be signed.
    pub signed_modules: Option<bool>,
}

/// The firmware's variable: four bytes of attributes, then 1 if it is on.
const SECURE_BOOT: &str =
    "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";

impl Security {
    pub(super) fn examine(tree: &Tree) -> Self {
        let chosen = |text: String| Some(text.split_once('[')?.1.split_once(']')?.0.to_owned());
        Self {
            // Zeros around it are cut away, so that it ends in 1 if it is on.
            secure_boot: tree
                .text(SECURE_BOOT)
                .map(|text| text.len() > 1 && text.ends_with('\u{1}')),
            lockdown: tree.text("/sys/kernel/security/lockdown").and_then(chosen),
            signed_modules: tree
                .text("/sys/module/module/parameters/sig_enforce")
                .map(|text| text == "Y"),
        }
    }

    /// Whether the kernel keeps programs from registers that it has not handed out itself.
    #[must_use]
    pub fn is_locked_down(&self) -> bool {
        self.lockdown.as_deref().is_some_and(|level| level != "none")
    }

    /// Whether a module must be signed to be loaded.
    #[must_use]
    pub fn wants_signatures(&self) -> bool {
        self.signed_modules == Some(true) || self.is_locked_down()
    }
}

impl fmt::Display for Security {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.secure_boot {
            Some(true) => "Secure Boot",
            Some(false) => "no Secure Boot",
            None => "no Secure Boot known of",
        })?;
        match &self.lockdown {
            Some(level) => write!(f, ", lockdown {level}")?,
            None => f.write_str(", no lockdown")?,
        }
        if self.wants_signatures() { f.write_str(", modules must be signed") } else { Ok(()) }
    }
}
