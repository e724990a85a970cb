// SPDX-License-Identifier: GPL-2.0-only

//! A PCI function beyond the kernel crate: switched off, reset, INTx.

use core::ptr::addr_of_mut;

use kernel::{
    bindings,
    device::{
        self,
        Bound, //
    },
    error::to_result,
    pci,
    prelude::*,
    sync::aref::ARef, //
};

/// A function that a reference is held to.
#[derive(Clone)]
pub(crate) struct PciFunction(ARef<pci::Device>);

impl PciFunction {
    pub(crate) fn new(device: &pci::Device) -> Self {
        Self(device.into())
    }

    /// The kernel crate's view of it.
    pub(crate) fn pci(&self) -> &pci::Device {
        &self.0
    }

    /// As the generic device.
    pub(crate) fn device(&self) -> &device::Device {
        self.0.as_ref()
    }

    fn as_ptr(&self) -> *mut bindings::pci_dev {
        // `pci::Device` is a transparent wrapper of an `Opaque<pci_dev>`.
        let device: &pci::Device = &self.0;
        core::ptr::from_ref(device).cast_mut().cast()
    }

    pub(super) fn device_ptr(&self) -> *mut bindings::device {
        // SAFETY: the function is valid while a reference is held.
        unsafe { addr_of_mut!((*self.as_ptr()).dev) }
    }

    /// As one that the driver is bound to.
    ///
    /// # Safety
    ///
    /// The driver stays bound as long as the result, and what is made with it, is used. An open
    /// file sees to that: unbinding waits for the last one to be closed.
    pub(crate) unsafe fn bound(&self) -> &'static pci::Device<Bound> {
        // SAFETY: the same transparent wrapper, bound as the caller says.
        unsafe { &*self.as_ptr().cast::<pci::Device<Bound>>() }
    }

    /// Claims its BARs.
    pub(crate) fn claim(&self) -> Result {
        // SAFETY: a valid function; the name lives for ever.
        to_result(unsafe { bindings::pci_request_regions(self.as_ptr(), c"anydma".as_char_ptr()) })
    }

    /// Gives the BARs back, and switches the function off.
    pub(crate) fn unclaim(&self) {
        // SAFETY: claimed by `claim`.
        unsafe { bindings::pci_release_regions(self.as_ptr()) };
        // SAFETY: enabled as it was taken.
        unsafe { bindings::pci_disable_device(self.as_ptr()) };
    }

    /// Whether it is a bridge or a CardBus controller, and no endpoint.
    pub(crate) fn is_endpoint(&self) -> bool {
        // SAFETY: a valid function; the field never changes.
        let kind = unsafe { (*self.as_ptr()).hdr_type };
        u32::from(kind) == bindings::PCI_HEADER_TYPE_NORMAL
    }

    /// Flags of a BAR, of `linux/ioport.h`.
    pub(crate) fn bar_flags(&self, bar: usize) -> u64 {
        // SAFETY: a valid function; the fields change only when no driver is bound.
        let resources = unsafe { &(*self.as_ptr()).resource };
        resources
            .get(bar)
            .map_or(0, |resource| resource.flags as u64)
    }

    /// Switches bus mastering.
    pub(crate) fn set_master(&self, on: bool) {
        if on {
            // SAFETY: a valid function that is enabled.
            unsafe { bindings::pci_set_master(self.as_ptr()) };
            return;
        }
        // SAFETY: as above.
        unsafe { bindings::pci_clear_master(self.as_ptr()) };
        let mut status = 0;
        // What it wrote before arrives before this answer does: reads do not overtake writes.
        // SAFETY: as above; the place is a variable of ours.
        unsafe {
            bindings::pci_read_config_word(
                self.as_ptr(),
                bindings::PCI_STATUS as c_int,
                &mut status,
            )
        };
        // What it asked for and has not got yet: its answers have nowhere to go afterwards.
        // SAFETY: as above.
        unsafe { bindings::pci_wait_for_pending_transaction(self.as_ptr()) };
    }

    pub(crate) fn is_resettable(&self) -> bool {
        // SAFETY: a valid function; the list is made as it is found.
        unsafe { (*self.as_ptr()).reset_methods[0] != 0 }
    }

    /// Whether it answers; one that was pulled out does not.
    pub(crate) fn is_present(&self) -> bool {
        // SAFETY: a valid function; its configuration space may be read at any time.
        unsafe { bindings::pci_device_is_present(self.as_ptr()) }
    }

    /// Resets it, unless somebody else is configuring it just now.
    pub(crate) fn try_reset(&self) -> Result {
        // SAFETY: a valid function; the kernel locks it, saves and restores its configuration.
        to_result(unsafe { bindings::pci_try_reset_function(self.as_ptr()) })
    }

    /// The same for who has the device's lock.
    ///
    /// # Safety
    ///
    /// The caller holds it: this is called while the driver core unbinds.
    pub(crate) unsafe fn reset_locked(&self) -> Result {
        // SAFETY: a valid function, locked as the caller says.
        to_result(unsafe { bindings::pci_reset_function_locked(self.as_ptr()) })
    }

    /// How many MSI-X vectors it has.
    pub(crate) fn msix_vectors(&self) -> u32 {
        // SAFETY: a valid function.
        let count = unsafe { bindings::pci_msix_vec_count(self.as_ptr()) };
        u32::try_from(count).unwrap_or(0)
    }

    /// How many MSI vectors it has.
    pub(crate) fn msi_vectors(&self) -> u32 {
        // SAFETY: a valid function.
        let count = unsafe { bindings::pci_msi_vec_count(self.as_ptr()) };
        u32::try_from(count).unwrap_or(0)
    }

    /// Whether it has a line that can be masked in the function itself, as every one has since PCI
    /// 2.3; others would have to mask the line for all who share it.
    pub(crate) fn has_intx(&self) -> bool {
        // SAFETY: a valid function; the fields are set as it is found.
        let function = unsafe { &*self.as_ptr() };
        function.pin != 0 && function.irq != 0 && function.broken_intx_masking() == 0
    }

    /// Lets its line through or holds it back.
    pub(crate) fn set_intx(&self, on: bool) {
        // SAFETY: a valid function.
        unsafe { bindings::pci_intx(self.as_ptr(), on.into()) }
    }

    /// If it pulls its line: holds that back, and says so. For interrupt handlers.
    pub(crate) fn check_and_mask_intx(&self) -> bool {
        // SAFETY: a valid function; may be called in any context.
        unsafe { bindings::pci_check_and_mask_intx(self.as_ptr()) }
    }

    /// Lets its line through, unless it pulls it already: then `false`.
    pub(crate) fn check_and_unmask_intx(&self) -> bool {
        // SAFETY: a valid function; may be called in any context.
        unsafe { bindings::pci_check_and_unmask_intx(self.as_ptr()) }
    }

    /// Says how many address bits it has.
    ///
    /// # Safety
    ///
    /// Nobody maps or allocates for it meanwhile.
    pub(crate) unsafe fn set_mask(&self, mask: u64) -> Result {
        // SAFETY: a valid device; the caller keeps the rest.
        to_result(unsafe { bindings::dma_set_mask_and_coherent(self.device_ptr(), mask) })
    }
}
