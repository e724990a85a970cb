//! Programs that must not compile, and one beside them that does.
//!
//! Each file in `must_not_compile/` is a mistake that a driver or its user could make; the
//! `.stderr` beside it is what the compiler says. After a change that is meant to change the
//! messages: `TRYBUILD=overwrite cargo test --test must_not_compile`, and read the difference.
#![forbid(unsafe_code)]

// Every mistake is refused, for the reason that its file states. The correct program is built
// too: it shows that the mistakes fail by themselves, and it makes the others be built to the end,
// where offsets are checked.
#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/must_not_compile/support/correct.rs");
    cases.compile_fail("tests/must_not_compile/*.rs");
}
