//! Bytes a second, as people read them.
#![forbid(unsafe_code)]

/// Bytes a second, in the unit that fits, such as `812.4 MB/s`.
pub(crate) fn text(bytes: u64, nanoseconds: u128) -> String {
    // Tenths of a kilobyte a second.
    let tenths = u128::from(bytes) * 10_000_000 / nanoseconds.max(1);
    let (tenths, unit) = match tenths {
        10_000_000.. => (tenths / 1_000_000, "GB/s"),
        10_000.. => (tenths / 1_000, "MB/s"),
        _ => (tenths, "kB/s"),
    };
    format!("{}.{} {unit}", tenths / 10, tenths % 10)
}
