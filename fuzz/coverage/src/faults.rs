//! Kernel logs, changed byte by byte: whole and in pieces, explained each time.
#![forbid(unsafe_code)]
#![no_main]

use diagnostics::{Log, Parser, explain};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let whole = Log::read(data);
    // The first byte says where the log is cut in two.
    let cut = data.first().map_or(0, |&at| usize::from(at)).min(data.len());
    let (mut log, mut parser) = (Log::default(), Parser::new());
    for piece in [&data[..cut], &data[cut..]] {
        parser.feed(piece, &mut |event| log.take(event));
    }
    parser.finish(&mut |event| log.take(event));
    assert!(log == whole, "two pieces make another log than one");
    let said = explain(&whole, None).to_string();
    assert!(!said.is_empty());
});
