//! The client of our own Linux kernel module: a device by the kernel's DMA API.
//!
//! The module (`module/` beside this crate) does for a program what a driver in the kernel does for
//! itself: it says the card's true mask, allocates coherent memory, maps it as the device's
//! coherency needs, pins the program's own memory, and gives out *handles*, which are the only
//! addresses that its interface knows. When the program dies, it stops the card before memory is
//! freed.
//!
//! ```text
//!   KernelDevice ──► Mmio (BARs, mapped)          FileSignal ◄── eventfd ◄── MSI-X, MSI, INTx
//!        │
//!        └──► KernelMemory ──► /dev/anydma/0000:01:00.0 ──► dma_alloc_coherent, dma_map_sg
//! ```
//!
//! # What the host needs
//!
//! 1. A kernel with Rust, and the module built for it: `sudo dkms install backend-kernel`.
//! 2. The device bound to it: `driverctl set-override 0000:01:00.0 anydma`.
//! 3. The right to open the node; where nothing translates, `CAP_SYS_RAWIO` besides.
//!
//! Whatever of this is missing, [`KernelDevice::open`] says which, and what to type.
//!
//! Source of the interface: [`backend_kernel_abi`].

mod device;
mod error;
mod interrupts;
mod mask;
mod open;
mod options;
mod sys;

pub use device::{KernelDevice, KernelSignal};
pub use error::{OpenError, OpenErrorKind};
pub use host_linux::{InterruptKind, Mapping, MappingState, Mappings, MemoryError, Registers};
pub use options::Options;
pub use sys::{KernelMemory, KernelRegion};
