//! Keeps the functions that are measured, and what they reach.
#![forbid(unsafe_code)]

fn main() {
    let bare = std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "none");
    if bare {
        println!("cargo:rustc-link-arg-bins=--gc-sections");
        println!("cargo:rustc-link-arg-bins=--entry=measured");
        println!("cargo:rustc-link-arg-bins=--nmagic");
        for function in ["queue", "kick", "try_take", "wait", "stop", "recover"] {
            let name = format!("--undefined=measured_{function}");
            println!("cargo:rustc-link-arg-bin=linked_list={name}");
        }
    }
    println!("cargo:rerun-if-changed=build.rs");
}
