//! The module is unloaded, after everything that was done with it.
#![forbid(unsafe_code)]

use std::ffi::CString;
use std::path::Path;

use backend_kernel_abi as abi;

use crate::debug;

// After all that ran since the guest's start the module can be unloaded, and leaves nothing: no
// mapping of any device that it had, no misuse of the DMA API counted, no node.
#[test]
#[ignore = "unloads the module: for guests"]
fn module_leaves_nothing_behind() {
    let name = CString::new(abi::DRIVER).unwrap();
    rustix::system::delete_module(&name, 0o4000).unwrap();
    assert!(!Path::new("/sys/module").join(abi::DRIVER).exists(), "it is still there");
    let nodes = std::fs::read_dir(abi::NODES).map_or(0, Iterator::count);
    assert_eq!(nodes, 0, "nodes in {}", abi::NODES);
    match debug::nothing_of_ours_is_left() {
        Some(others) => println!("no misuse of the DMA API, no mapping left; {others} of others"),
        None => println!("this kernel does not check the use of the DMA API"),
    }
}
