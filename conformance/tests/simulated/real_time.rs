//! The suite in real time: the cards work on a thread of their own.
//!
//! The drivers, the engine and the cases are the same. What is proven is that nothing of them
//! depends on time standing still while the program thinks; under `ThreadSanitizer`, that
//! memory changes hands without a race.
#![forbid(unsafe_code)]

use backend_mock::Trigger;
use conformance::Exception;
use conformance::report::Report;

use crate::incoherent;
use crate::rigs::edu::Edu;
use crate::rigs::mock::{Kind, MockRig, Wishes};
use crate::rigs::pl081::Primecell;
use crate::rigs::xdma::{BY_REGISTER, BY_WORD_IN_RING, Subsystem};

#[track_caller]
fn conforms<K: Kind>(name: &str, wishes: Wishes, exceptions: &[Exception]) {
    let report = Report::of(name, &mut MockRig::<K>::new(wishes.real_time()), exceptions);
    println!("{}", report.table());
    assert!(report.totals.conforms(), "{}", report.table());
}

// One channel for both ways, and message interrupts.
#[test]
fn real_time_edu() {
    conforms::<Edu>("mock/edu, real time", Wishes::translating(), &incoherent::EDU);
}

// A linked list in ring memory, and an interrupt line, on a host whose caches are apart.
#[test]
fn real_time_pl081() {
    // The driver gives up after 10,000 looks: a fifth of a second, as for the others.
    let wishes = Wishes::translating().trigger(Trigger::Level).incoherent().loads(20_000);
    conforms::<Primecell>("mock/pl081, real time", wishes, &incoherent::PL081);
}

// Counts by register, and a vector for each channel.
#[test]
fn real_time_xdma() {
    let wishes = Wishes::translating();
    conforms::<Subsystem<BY_REGISTER, true>>("mock/xdma, real time", wishes, &incoherent::XDMA);
}

// Words that the card writes while the program looks at them.
#[test]
fn real_time_xdma_write_back() {
    let wishes = Wishes::translating();
    let name = "mock/xdma, real time, write-back";
    conforms::<Subsystem<BY_WORD_IN_RING, false>>(name, wishes, &incoherent::XDMA);
}
