// SPDX-License-Identifier: GPL-2.0-only

//! A PCI driver that lends any DMA card to programs.
//!
//! It knows nothing of the card. It takes the functions that it is told to take (`driver_override`,
//! or `new_id`), gives each a device node, and does there for a program in user space what a
//! driver in the kernel does with the DMA API: the card's true mask, coherent memory, the caller's
//! own memory, interrupts, bus mastering, reset. What goes into the card's address registers are
//! handles of the DMA API and nothing else.
//!
//! ```text
//!   probe ──► Function ──► Node (/dev/anydma/0000:01:00.0) ──► OpenFile: memory, interrupts
//!   unbind: no new opens, tell those that are open, wait for the last to close
//! ```
//!
//! What has no safe abstraction in the kernel crate is in `raw`, what C offers as a macro in `glue.c`.

use kernel::{
    device::Core,
    pci,
    prelude::*,
    sync::Arc, //
};

mod commands;
mod file;
mod function;
mod interrupts;
mod memory;
mod raw;
#[path = "../abi/src/uapi.rs"]
#[expect(dead_code, unreachable_pub, reason = "the whole of it is the clients'")]
mod uapi;

use function::Function;
use raw::node::Node;

struct AnydmaDriver;

/// What a bound function has.
struct Bound {
    function: Arc<Function>,
    node: Pin<KBox<Node>>,
}

// Which functions to take is said at run time.
kernel::pci_device_table!(PCI_TABLE, <AnydmaDriver as pci::Driver>::IdInfo, []);

impl pci::Driver for AnydmaDriver {
    type IdInfo = ();
    type Data<'bound> = Bound;
    const ID_TABLE: pci::IdTable<Self::IdInfo> = &PCI_TABLE;

    fn probe<'bound>(
        pdev: &'bound pci::Device<Core<'_>>,
        _info: Option<&'bound Self::IdInfo>,
    ) -> impl PinInit<Self::Data<'bound>, Error> + 'bound {
        Function::probe(pdev).and_then(|function| {
            let node = Node::register(&function)?;
            Ok(Bound { function, node })
        })
    }

    fn unbind<'bound>(_pdev: &'bound pci::Device<Core<'_>>, this: Pin<&Self::Data<'bound>>) {
        this.node.deregister();
        this.function.take_back();
    }
}

kernel::module_pci_driver! {
    type: AnydmaDriver,
    name: "anydma",
    authors: ["The anydma developers"],
    description: "Lends DMA cards to programs: memory by the DMA API, interrupts, reset",
    license: "GPL v2",
    params: {
        coherent_mib: u32 {
            default: 256,
            description: "How many MiB of coherent memory an open file may have",
        },
        pieces: u32 {
            default: 4096,
            description: "How many pieces of memory, allocated or mapped, an open file may have",
        },
    },
}
