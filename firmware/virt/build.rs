//! Where the linker finds the machine's memory.
#![forbid(unsafe_code)]

fn main() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    println!("cargo:rustc-link-search={folder}");
    for argument in ["--nmagic", "-Timage.ld", "-Tvirt.ld", "-Tdefmt.x"] {
        println!("cargo:rustc-link-arg-bins={argument}");
    }
    println!("cargo:rerun-if-changed=virt.ld");
    println!("cargo:rerun-if-changed=build.rs");
}
