//! The kernel proper out of an x86 boot image.
//!
//! A `bzImage` is a small loader with the kernel packed inside. The emulator can start the
//! unpacked kernel directly (PVH), and then every boot saves the time to unpack it. Kernels for
//! 64-bit ARM are not packed and are taken as they are.

use std::io::Read;
use std::ops::Range;

use crate::error::{Context, Error, Result};

/// Offsets of the x86 boot protocol's setup header.
const SETUP_SECTORS: usize = 0x1f1;
const MAGIC: usize = 0x202;
const VERSION: usize = 0x206;
const PAYLOAD_OFFSET: usize = 0x248;
const PAYLOAD_LENGTH: usize = 0x24c;

const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const XZ: [u8; 6] = [0xfd, b'7', b'z', b'X', b'Z', 0];
const ELF: [u8; 4] = *b"\x7fELF";

/// Unpacks the kernel of a `bzImage`; an image that is none comes back as it is.
///
/// # Errors
///
/// The header points outside the image, the payload is packed in a way that is not known, is
/// damaged, or holds no ELF file.
pub(super) fn unpack(image: Vec<u8>) -> Result<Vec<u8>> {
    if image.get(MAGIC..MAGIC + 4) != Some(b"HdrS") {
        return Ok(image);
    }
    let payload = &image[payload(&image)?];
    let mut kernel = Vec::new();
    if payload.starts_with(&ZSTD) {
        let decoder = ruzstd::decoding::StreamingDecoder::new(payload);
        decoder.context("kernel")?.read_to_end(&mut kernel).context("unpack the kernel")?;
    } else if payload.starts_with(&XZ) {
        unpack_xz(payload, &mut kernel).context("unpack the kernel")?;
    } else {
        let start = &payload[..payload.len().min(6)];
        return Err(Error::new(format!("the kernel is packed in an unknown way: {start:02x?}"))
            .hint("teach it to xtask/src/guest/kernel/image.rs"));
    }
    if kernel.starts_with(&ELF) {
        return Ok(kernel);
    }
    Err(Error::new("what was packed in the kernel's image is no ELF file"))
}

/// Unpacks one xz stream.
pub(super) fn unpack_xz(packed: &[u8], into: &mut Vec<u8>) -> std::io::Result<usize> {
    lzma_rust2::XzReader::new(packed, false).read_to_end(into)
}

/// Where the packed kernel lies.
fn payload(image: &[u8]) -> Result<Range<usize>> {
    let bytes = |offset: usize, length: usize| {
        let bytes = image.get(offset..offset + length);
        bytes.ok_or_else(|| Error::new("the kernel's image ends in its header"))
    };
    let number = |offset: usize| -> Result<usize> {
        let bytes = bytes(offset, 4)?.iter().rev();
        Ok(bytes.fold(0, |number, byte| (number << 8) | usize::from(*byte)))
    };
    let version = bytes(VERSION, 2)?;
    if version[1] < 2 || (version[1] == 2 && version[0] < 8) {
        let (major, minor) = (version[1], version[0]);
        return Err(Error::new(format!(
            "the kernel's image has boot protocol {major}.{minor:02}; 2.08 is the first that says \
             where the kernel lies"
        )));
    }
    // 0 stands for 4, for the sake of very old loaders.
    let sectors = match bytes(SETUP_SECTORS, 1)?[0] {
        0 => 4,
        sectors => usize::from(sectors),
    };
    let start = (sectors + 1) * 512 + number(PAYLOAD_OFFSET)?;
    // The last four bytes are the size of the unpacked kernel, for the loader.
    let end = start + number(PAYLOAD_LENGTH)?.saturating_sub(4);
    if end > image.len() || start >= end {
        return Err(Error::new("the kernel's image is shorter than its header says"));
    }
    Ok(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An image with one setup sector and this payload.
    fn image(payload: &[u8]) -> Vec<u8> {
        let mut image = vec![0; 1024 + 16];
        image[SETUP_SECTORS] = 1;
        image[MAGIC..MAGIC + 4].copy_from_slice(b"HdrS");
        image[VERSION..VERSION + 2].copy_from_slice(&[0x0f, 0x02]);
        image[PAYLOAD_OFFSET..PAYLOAD_OFFSET + 4].copy_from_slice(&16_u32.to_le_bytes());
        let length = u32::try_from(payload.len() + 4).unwrap();
        image[PAYLOAD_LENGTH..PAYLOAD_LENGTH + 4].copy_from_slice(&length.to_le_bytes());
        image.extend_from_slice(payload);
        image.extend_from_slice(&[0; 4]);
        image
    }

    /// A raw zstd frame of one stored block: magic, descriptor, size of the content, block.
    fn zstd(content: &[u8]) -> Vec<u8> {
        let length = u8::try_from(content.len()).unwrap();
        let mut frame = ZSTD.to_vec();
        frame.extend([0x20, length]);
        frame.extend(((u32::from(length) << 3) | 1).to_le_bytes()[..3].iter());
        frame.extend(content);
        frame
    }

    // A packed kernel comes out of its image.
    #[test]
    fn kernel_comes_out_of_its_image() {
        let kernel = b"\x7fELF and the rest of a kernel";
        assert_eq!(unpack(image(&zstd(kernel))).unwrap(), kernel);
    }

    // An image without the header is not for unpacking.
    #[test]
    fn other_images_stay_as_they_are() {
        let arm = vec![7; 4096];
        assert_eq!(unpack(arm.clone()).unwrap(), arm);
    }

    // Damaged images say what is wrong with them.
    #[test]
    fn damaged_images_are_refused() {
        let said = |image: Vec<u8>| unpack(image).unwrap_err().to_string();
        assert!(said(image(b"\x1f\x8bxxxx")).contains("unknown way: [1f, 8b"));
        assert!(said(image(&zstd(b"no kernel"))).contains("no ELF file"));
        let mut short = image(&zstd(b"\x7fELF"));
        short.truncate(1040);
        assert!(said(short).contains("shorter than its header says"));
        let mut old = image(&zstd(b"\x7fELF"));
        old[VERSION] = 7;
        assert!(said(old).contains("2.07"));
        let mut header = image(&zstd(b"\x7fELF"));
        header.truncate(0x230);
        assert!(said(header).contains("ends in its header"));
    }
}
