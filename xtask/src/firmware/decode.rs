//! From the bytes that an image wrote to lines of its log.
//!
//! The texts stay on the host, in a section of the image that is not loaded; the image sends
//! their numbers and their arguments.

use std::path::Path;

use defmt_decoder::{DecodeError, Table};

use crate::error::{Context, Error, Result};

/// The lines of a log, in order.
///
/// # Errors
///
/// The image has no texts, or the bytes are not a log of it.
pub(super) fn lines(image: &Path, log: &[u8]) -> Result<Vec<String>> {
    let data = std::fs::read(image).context(format_args!("read {}", image.display()))?;
    let table = Table::parse(&data).map_err(|error| Error::new(error.to_string()));
    let table = table.map_err(|error| error.within(image.display()))?;
    let table = table.ok_or_else(|| {
        Error::new(format!("{} has no defmt section", image.display()))
            .hint("link it with -Tdefmt.x, as firmware/mps2-an505/build.rs does")
    })?;
    let mut decoder = table.new_stream_decoder();
    decoder.received(log);
    let mut lines = Vec::new();
    loop {
        match decoder.decode() {
            Ok(frame) => {
                let level = frame.level().map_or("", |level| level.as_str());
                let text = frame.display_message().to_string();
                lines.push(if level.is_empty() { text } else { format!("{level}: {text}") });
            }
            Err(DecodeError::UnexpectedEof) => return Ok(lines),
            // Its frames have ends of their own: the next one may be whole again.
            Err(DecodeError::Malformed) if table.encoding().can_recover() => {
                lines.push("(a frame that is not whole)".to_owned());
            }
            Err(DecodeError::Malformed) => {
                let after = lines.last().map_or("the start", String::as_str);
                return Err(Error::new(format!("a frame that is not whole, after: {after}")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // What is no image with texts is named, and says what to do.
    #[test]
    fn image_without_texts_is_named() {
        let image = std::env::current_exe().unwrap();
        let error = lines(&image, &[]).unwrap_err().to_string();
        assert!(error.contains("has no defmt section"), "{error}");
    }
}
