// SPDX-License-Identifier: GPL-2.0-only

//! A function's device node, with `poll(2)` and a name of its own.

use core::cell::UnsafeCell;

use kernel::{
    alloc::KBox,
    bindings,
    error::to_result,
    fs::File,
    miscdevice::{
        MiscDevice,
        MiscDeviceOptions,
        MiscDeviceRegistration, //
    },
    prelude::*,
    str::CString,
    sync::{
        atomic::{
            AtomicFlag,
            Full, //
        },
        poll::PollTable,
        Arc, //
    },
    types::ForeignOwnable, //
};

use crate::{
    file::OpenFile,
    function::Function, //
};

/// A registered node.
#[repr(C)]
pub(crate) struct Node {
    /// First: the kernel gives a pointer to it to whoever opens the node.
    device: UnsafeCell<bindings::miscdevice>,
    function: Arc<Function>,
    registered: AtomicFlag,
    _name: CString,
    _path: CString,
}

// SAFETY: the registration is looked at by the kernel alone, which locks it.
unsafe impl Send for Node {}
// SAFETY: as `Send`.
unsafe impl Sync for Node {}

/// What the kernel crate makes of [`OpenFile`].
const RAW: bindings::miscdevice = MiscDeviceOptions { name: c"anydma" }.into_raw::<OpenFile>();

/// A table of functions, which nobody changes.
struct Operations(bindings::file_operations);

// SAFETY: constant, as its functions are, and the module that it names.
unsafe impl Sync for Operations {}

/// The same with `poll(2)`. It outlives every open file, as it is a part of the module.
static OPERATIONS: Operations = Operations(bindings::file_operations {
    poll: Some(poll),
    // SAFETY: the kernel crate's table is a constant.
    ..unsafe { *RAW.fops }
});

impl Node {
    /// Makes the node.
    pub(crate) fn register(function: &Arc<Function>) -> Result<Pin<KBox<Self>>> {
        let place = function.pci().device().name();
        let name = CString::try_from_fmt(fmt!("anydma-{}", place))?;
        let path = CString::try_from_fmt(fmt!("anydma/{}", place))?;
        let node = KBox::pin(
            Self {
                device: UnsafeCell::new(RAW),
                function: function.clone(),
                registered: AtomicFlag::new(true),
                _name: name,
                _path: path,
            },
            GFP_KERNEL,
        )?;
        let device = node.device.get();
        // SAFETY: nobody else has it yet.
        let raw = unsafe { &mut *device };
        raw.fops = &OPERATIONS.0;
        raw.name = node._name.as_char_ptr();
        raw.nodename = node._path.as_char_ptr();
        raw.parent = function.pci().device_ptr();
        // SAFETY: filled in; it stays where it is until it is deregistered.
        let registered = to_result(unsafe { bindings::misc_register(device) });
        if registered.is_err() {
            node.registered.store(false, kernel::sync::atomic::Relaxed);
        }
        registered.map(|()| node)
    }

    /// The function whose node is being opened.
    pub(crate) fn function(misc: &MiscDeviceRegistration<OpenFile>) -> &Arc<Function> {
        // SAFETY: only nodes are registered with these operations, and the registration is a
        // node's first field; it is there as long as it can be opened.
        let node = unsafe { &*core::ptr::from_ref(misc).cast::<Self>() };
        &node.function
    }

    /// Takes the node away: nobody opens it any more as this returns.
    pub(crate) fn deregister(&self) {
        if self.registered.xchg(false, Full) {
            // SAFETY: registered, and deregistered this once.
            unsafe { bindings::misc_deregister(self.device.get()) };
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.deregister();
    }
}

/// # Safety
///
/// The kernel calls it for an open file of a node.
unsafe extern "C" fn poll(
    file: *mut bindings::file,
    table: *mut bindings::poll_table_struct,
) -> bindings::__poll_t {
    // SAFETY: an open file of ours, set by the kernel crate's `open`.
    let private = unsafe { (*file).private_data };
    // SAFETY: as above; it is there until `release`.
    let open = unsafe { <<OpenFile as MiscDevice>::Ptr as ForeignOwnable>::borrow(private) };
    // SAFETY: valid for this call, and nobody holds its position.
    let file = unsafe { File::from_raw_file(file) };
    // SAFETY: valid for this call, or null.
    let table = unsafe { PollTable::from_raw(table) };
    open.poll(file, &table)
}
