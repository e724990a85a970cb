//! A progress bar, where somebody sees it.
#![forbid(unsafe_code)]

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over so many bytes (0: nobody knows how many). It shows on a terminal only, and is gone
/// at the end.
pub(crate) fn bar(bytes: u64) -> ProgressBar {
    let template = if bytes == 0 {
        "{spinner} {bytes} {bytes_per_sec} {msg}"
    } else {
        "{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta} {msg}"
    };
    // The template is one that is understood; if not, the usual style does.
    let style = ProgressStyle::with_template(template);
    let bar = ProgressBar::new(bytes);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
