//! Faults of the kernel's own, provoked: its checks have to see them.
//!
//! Checks that see nothing prove nothing. The kernel has a test module for that (`CONFIG_LKDTM`),
//! which does what is written to its file. After this the kernel is broken: it comes last.
#![forbid(unsafe_code)]

use std::fs;

use guest_init::error::{Context as _, Error, Result};
use guest_init::log;

const PROVOKE: &str = "/sys/kernel/debug/provoke-crash/DIRECT";
const LOCKS: &str = "/proc/lockdep_stats";

/// What is written, and what the kernel then says, if it looks.
const FAULTS: [(&str, &str); 3] = [
    ("CORRUPT_LIST_ADD", "list_add corruption"),
    ("REFCOUNT_SUB_AND_TEST_NEGATIVE", "refcount_t:"),
    ("WRITE_AFTER_FREE", "BUG: KASAN:"),
];

/// The verb.
pub(crate) fn run() -> Result<()> {
    let first = log::messages().context("read the kernel's log")?;
    match first.first() {
        Some(message) if message.number == 0 => {}
        _ => return Err(Error::new("the kernel's log has lost its first messages: enlarge it")),
    }
    // Whoever has reported a fault of locks, or has run out of room, looks no more.
    let locks = fs::read_to_string(LOCKS).context(LOCKS)?;
    let is_on = |line: &str| line.trim_start().starts_with("debug_locks:") && line.ends_with('1');
    if !locks.lines().any(is_on) {
        return Err(Error::new("the kernel looks at the order of locks no more"));
    }
    for (fault, report) in FAULTS {
        let since = log::messages().context("read the kernel's log")?.last().map(|it| it.number);
        fs::write(PROVOKE, fault).context(format_args!("write {fault} to {PROVOKE}"))?;
        let said = log::messages_since(since).context("read the kernel's log")?;
        if !said.iter().any(|message| message.text.contains(report)) {
            return Err(Error::new(format!("{fault} was provoked, and not reported")));
        }
    }
    println!("{} faults provoked, each reported; locks were looked at to the end", FAULTS.len());
    Ok(())
}
