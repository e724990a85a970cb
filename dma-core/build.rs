//! Tells the architecture files about Arm processors with `dmb` and 12-bit offsets.
//!
//! Stable compilers name an Arm target's version in its triple alone, not in a `cfg`.
#![forbid(unsafe_code)]

use std::env;

/// Version 7 in all profiles, and what came after it but for the baseline of ARMv8-M.
const FAMILIES: [&str; 5] = ["armv7", "armv8", "thumbv7", "thumbv8m.main", "thumbv8r"];

fn main() {
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(arm_v7)");
    if FAMILIES.iter().any(|family| target.starts_with(family)) {
        println!("cargo::rustc-cfg=arm_v7");
    }
}
