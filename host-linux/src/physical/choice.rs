//! Where memory shall come from, as it is written in a device's options.
#![forbid(unsafe_code)]

use core::fmt;
use core::str::FromStr;
use std::sync::Arc;

use super::PhysicalSource;
use super::huge::HugePagePool;
use super::region::Region;
use crate::{MemoryError, Sysfs};

/// Where memory with known addresses comes from.
///
/// # Examples
///
/// ```
/// use host_linux::MemorySource;
/// let region: MemorySource = "0x30000000+16M".parse()?;
/// assert_eq!(region, MemorySource::Region { first: 0x3000_0000, length: 16 << 20 });
/// assert_eq!("uio1/map0".parse(), Ok(MemorySource::UioMap { uio: 1, map: 0 }));
/// assert!("somewhere".parse::<MemorySource>().is_err());
/// # Ok::<(), host_linux::BadMemorySource>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum MemorySource {
    /// Huge pages of the kernel's pool.
    #[default]
    HugePages,
    /// A region that the kernel was told to leave alone, through `/dev/mem`.
    Region {
        /// Its physical address.
        first: u64,
        /// In bytes.
        length: u64,
    },
    /// Memory that a UIO driver set aside, as `/sys/class/uio/uio1/maps/map0`.
    UioMap {
        /// The number of the UIO device.
        uio: u32,
        /// The number of its map.
        map: u32,
    },
    /// Memory of u-dma-buf, as `/sys/class/u-dma-buf/udmabuf0`.
    UDmaBuf {
        /// The number of the buffer.
        number: u32,
    },
}

/// A text that names no source of memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadMemorySource(String);

impl BadMemorySource {
    /// What can be written.
    pub const FORMS: &'static str =
        "huge, BASE+SIZE as 0x30000000+16M, uioN/mapM as uio1/map0, udmabufN as udmabuf0";
}

impl fmt::Display for BadMemorySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no source of memory; it can be: {}", self.0, Self::FORMS)
    }
}

impl core::error::Error for BadMemorySource {}

impl FromStr for MemorySource {
    type Err = BadMemorySource;

    fn from_str(text: &str) -> Result<Self, BadMemorySource> {
        read(text).ok_or_else(|| BadMemorySource(text.to_owned()))
    }
}

fn read(text: &str) -> Option<MemorySource> {
    // `parse` would let a sign through.
    let number = |text: &str| -> Option<u32> {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    };
    if text == "huge" {
        return Some(MemorySource::HugePages);
    }
    if let Some((first, length)) = text.split_once('+') {
        let first = u64::from_str_radix(first.strip_prefix("0x")?, 16).ok()?;
        let length = size(length)?;
        let last = first.checked_add(length.checked_sub(1)?)?;
        return (last <= u64::MAX >> 1).then_some(MemorySource::Region { first, length });
    }
    if let Some(number_of_buffer) = text.strip_prefix("udmabuf") {
        return Some(MemorySource::UDmaBuf { number: number(number_of_buffer)? });
    }
    let (uio, map) = text.strip_prefix("uio")?.split_once("/map")?;
    Some(MemorySource::UioMap { uio: number(uio)?, map: number(map)? })
}

/// "16M", "0x1000000", "4096".
fn size(text: &str) -> Option<u64> {
    let (digits, shift) = match text.as_bytes().last()? {
        b'K' => (&text[..text.len() - 1], 10),
        b'M' => (&text[..text.len() - 1], 20),
        b'G' => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let number = match digits.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok()?,
        None if digits.starts_with('+') => return None,
        None => digits.parse::<u64>().ok()?,
    };
    number.checked_mul(1 << shift)
}

impl MemorySource {
    /// Looks whether it is there, and opens it.
    ///
    /// # Errors
    ///
    /// It is not there, or is not what it must be; with what to type.
    pub fn open(self, sysfs: &Sysfs) -> Result<Arc<dyn PhysicalSource>, MemoryError> {
        Ok(match self {
            Self::HugePages => Arc::new(HugePagePool::default()),
            Self::Region { first, length } => Arc::new(Region::set_aside(first, length)?),
            Self::UioMap { uio, map } => Arc::new(Region::uio_map(sysfs, uio, map)?),
            Self::UDmaBuf { number } => Arc::new(Region::u_dma_buf(sysfs, number)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Each form is read; what is none says which there are.
    #[test]
    fn forms_are_read_or_refused_with_what_there_is() {
        let region = |first, length| Ok(MemorySource::Region { first, length });
        for (text, source) in [
            ("huge", Ok(MemorySource::HugePages)),
            ("0x30000000+16M", region(0x3000_0000, 16 << 20)),
            ("0x1000+4096", region(0x1000, 4096)),
            ("0x1000+0x2000", region(0x1000, 0x2000)),
            ("0x100000000+2G", region(1 << 32, 2 << 30)),
            ("uio12/map3", Ok(MemorySource::UioMap { uio: 12, map: 3 })),
            ("udmabuf0", Ok(MemorySource::UDmaBuf { number: 0 })),
        ] {
            assert_eq!(text.parse::<MemorySource>(), source, "{text}");
        }
        for text in [
            "",
            "hugepages",
            "30000000+16M",
            "0x30000000",
            "0x30000000+",
            "0x1000+0",
            "uio/map",
            "uio1",
            "uio1/map-1",
            "uio+1/map1",
            "udmabuf",
            "0xffffffffffffffff+1M",
            "0x1000+-1",
        ] {
            let error = text.parse::<MemorySource>().unwrap_err().to_string();
            assert!(error.contains("huge, BASE+SIZE"), "{text}: {error}");
        }
    }
}
