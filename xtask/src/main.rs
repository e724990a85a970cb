//! The door for developers.
fn main() {}
