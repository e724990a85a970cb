//! Descriptions, changed element by element, led by the coverage of the generator.
#![forbid(unsafe_code)]
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use mutations::{Random, check, mutate};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = check(text);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = Random::new(u64::from(seed));
    let text = data.get(..size).and_then(|data| std::str::from_utf8(data).ok());
    // One time in eight the bytes are changed, as the library does it by itself.
    let Some(text) = text.filter(|_| random.below(8) > 0) else {
        return fuzzer_mutate(data, size, max_size);
    };
    let changed = mutate(text, text, &mut random);
    match data.get_mut(..changed.len()) {
        Some(room) if changed.len() <= max_size => {
            room.copy_from_slice(changed.as_bytes());
            changed.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
});
