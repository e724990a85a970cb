//! What a controller says of itself and of its disks.
#![forbid(unsafe_code)]

use dma_core::{Error, ErrorKind, Operation};

/// What the controller is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Identification {
    /// Its serial number, with spaces at the end.
    pub serial: [u8; 20],
    /// Its model, with spaces at the end.
    pub model: [u8; 40],
    /// The longest transfer in bytes.
    pub longest: usize,
    /// The highest number of a namespace.
    pub namespaces: u32,
}

/// A disk of the controller.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Namespace {
    /// Its number, from 1.
    pub number: u32,
    /// How many blocks it has.
    pub blocks: u64,
    /// Bytes of a block.
    pub block: usize,
    /// The longest transfer in bytes.
    pub longest: usize,
}

impl Identification {
    pub(super) fn parse(data: &[u8], most: usize) -> Result<Self, Error> {
        let exponent = u32::from(*data.get(77).ok_or(super::outside())?);
        let limit = 1_usize.checked_shl(12 + exponent).filter(|_| exponent > 0);
        Ok(Self {
            serial: bytes(data, 4)?,
            model: bytes(data, 24)?,
            longest: limit.map_or(most, |limit| limit.min(most)),
            namespaces: u32::from_le_bytes(bytes(data, 516)?),
        })
    }
}

impl Namespace {
    /// A disk; `Unsupported` if it is none, or its blocks have metadata.
    pub(super) fn parse(data: &[u8], number: u32, longest: usize) -> Result<Self, Error> {
        let unsupported = Error::new(ErrorKind::Unsupported, Operation::Open, number);
        let blocks = u64::from_le_bytes(bytes(data, 0)?);
        let format = usize::from(bytes::<1>(data, 26)?[0] & 0xf);
        let format = u32::from_le_bytes(bytes(data, 128 + 4 * format)?);
        let (metadata, exponent) = (format & 0xffff, format >> 16 & 0xff);
        if blocks == 0 || metadata != 0 || !(9..=16).contains(&exponent) {
            return Err(unsupported);
        }
        Ok(Self { number, blocks, block: 1 << exponent, longest })
    }
}

/// So many bytes at a place.
fn bytes<const N: usize>(data: &[u8], at: usize) -> Result<[u8; N], Error> {
    let bytes = data.get(at..at + N).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or(super::outside())
}
