//! Numbers of bytes, as people write them.
#![forbid(unsafe_code)]

/// The most bytes of one run: beyond, it would look like a hang.
const MOST: u64 = 16 << 30;

/// Reads `4096`, `64KiB`, `4MiB`, `1GiB`.
pub(crate) fn parse(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim() {
        "" | "B" => 1,
        "k" | "K" | "KiB" => 1 << 10,
        "M" | "MiB" => 1 << 20,
        "G" | "GiB" => 1 << 30,
        other => return Err(format!("unknown unit `{other}`: use B, KiB, MiB or GiB")),
    };
    match number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)) {
        Some(0) => Err("there is nothing to transfer: give at least 1 byte".into()),
        Some(bytes) if bytes <= MOST => Ok(bytes),
        Some(_) => Err("more than 16 GiB: that would take very long; use less".into()),
        None => Err("not a size: write a number of bytes, such as 4096, 64KiB or 4MiB".into()),
    }
}
