// SPDX-License-Identifier: GPL-2.0-only

//! One PCI function: who has it open, what is lent of it, and how it is given back.

use kernel::{
    device::Core,
    dma::{
        Device as _,
        DmaMask, //
    },
    new_condvar,
    new_mutex,
    page::PAGE_SIZE,
    pci,
    prelude::*,
    sync::{
        Arc,
        CondVar,
        CondVarTimeoutResult,
        Mutex, //
    },
    time::msecs_to_jiffies, //
};

use crate::{
    file::Told,
    raw::{
        glue::{
            self,
            Protection, //
        },
        pci::PciFunction, //
    },
    uapi::{
        self,
        Bar,
        Info,
        BARS, //
    }, //
};

/// How many address bits a device has, until somebody says otherwise.
const MASK_BITS: u32 = 32;

/// How often who waits for a program to close the device is told of it.
const REMINDER_MS: u32 = 10_000;

/// A function that the driver is bound to.
#[pin_data]
pub(crate) struct Function {
    pci: PciFunction,
    protection: Protection,
    coherent: bool,
    #[pin]
    state: Mutex<State>,
    #[pin]
    closed: CondVar,
}

/// What changes.
struct State {
    /// Those who have it open.
    files: KVec<Arc<Told>>,
    /// Whether more may.
    shared: bool,
    /// It is taken back: nobody may any more.
    leaving: bool,
    /// How many pieces of memory are lent, by all files.
    lent: u32,
    mask_bits: u32,
    master: bool,
    /// Bus mastering was on since it was reset last, so there may be something to reset.
    used: bool,
    resets: u32,
    stops: u32,
    /// Which file has the interrupts.
    interrupts: Option<usize>,
}

/// Something is lent, until this is dropped.
pub(crate) struct Lease(Arc<Function>);

impl Drop for Lease {
    fn drop(&mut self) {
        self.0.state.lock().lent -= 1;
    }
}

/// Which file, to compare.
fn name(told: &Arc<Told>) -> usize {
    Arc::as_ptr(told) as usize
}

impl Function {
    /// Takes a function: enabled, with bus mastering off.
    pub(crate) fn probe(device: &pci::Device<Core<'_>>) -> Result<Arc<Self>> {
        let pci = PciFunction::new(device);
        if !pci.is_endpoint() {
            return Err(ENODEV);
        }
        device.enable_device_mem()?;
        pci.set_master(false);
        pci.set_intx(false);
        pci.prepare();
        // SAFETY: nobody allocates or maps while it is probed.
        unsafe { device.dma_set_mask_and_coherent(DmaMask::new::<MASK_BITS>()) }?;
        pci.claim()?;
        let (protection, coherent) = (pci.protection(), pci.is_coherent());
        let state = State {
            files: KVec::new(),
            shared: false,
            leaving: false,
            lent: 0,
            mask_bits: MASK_BITS,
            master: false,
            used: false,
            resets: 0,
            stops: 0,
            interrupts: None,
        };
        let undo = pci.clone();
        let function = Arc::pin_init(
            pin_init!(Self {
                pci,
                protection,
                coherent,
                state <- new_mutex!(state, "anydma::Function::state"),
                closed <- new_condvar!("anydma::Function::closed"),
            }),
            GFP_KERNEL,
        );
        function.inspect_err(|_| undo.unclaim())
    }

    pub(crate) fn pci(&self) -> &PciFunction {
        &self.pci
    }

    /// Whether who has no privilege may open it.
    pub(crate) fn protection(&self) -> Protection {
        self.protection
    }

    /// Somebody opens it.
    pub(crate) fn enter(&self, told: Arc<Told>) -> Result {
        let mut state = self.state.lock();
        if state.leaving {
            return Err(ENODEV);
        }
        if !state.files.is_empty() && !state.shared {
            return Err(EBUSY);
        }
        state.files.push(told, GFP_KERNEL)?;
        Ok(())
    }

    /// Whether it is taken back.
    pub(crate) fn is_leaving(&self) -> bool {
        self.state.lock().leaving
    }

    /// Somebody closes it, who has no interrupts any more, but may have memory still. From here on
    /// the device does not touch that.
    pub(crate) fn quiesce(&self, told: &Arc<Told>, has_memory: bool) {
        let mut state = self.state.lock();
        let last = state.files.len() == 1;
        if last {
            // Nobody comes before it is reset.
            state.shared = false;
        }
        if state.interrupts == Some(name(told)) {
            state.interrupts = None;
        }
        if last || has_memory {
            self.stop(&mut state);
        }
        let reset = last && state.used && !state.leaving;
        drop(state);
        // Refused while somebody configures it: then it is quiet, but keeps what its registers say.
        if reset && self.can_be_reset() && self.pci.try_reset().is_ok() {
            self.was_reset();
        }
    }

    /// Somebody has closed it, and has no memory any more.
    pub(crate) fn leave(&self, told: &Arc<Told>) {
        let mut state = self.state.lock();
        state.files.retain(|other| !Arc::ptr_eq(other, told));
        if state.files.is_empty() && state.lent == 0 {
            // It was possible as the device was taken, and so it is now.
            let _ = self.put_mask(&mut state, MASK_BITS);
        }
        drop(state);
        self.closed.notify_all();
    }

    /// Takes it back from programs, and ends with it. For the driver core, which has its lock.
    pub(crate) fn take_back(&self) {
        let mut state = self.state.lock();
        state.leaving = true;
        for told in state.files.iter() {
            told.ask_back();
        }
        let mut patient = true;
        while !state.files.is_empty() {
            if !patient {
                // Who waits shall die, but what the device may write to must not go before it is
                // quiet.
                self.closed.wait(&mut state);
                continue;
            }
            let wait = msecs_to_jiffies(REMINDER_MS);
            match self.closed.wait_interruptible_timeout(&mut state, wait) {
                CondVarTimeoutResult::Timeout => {
                    let device = self.pci.device();
                    dev_notice!(device, "a program has it open; waiting for its end\n");
                }
                CondVarTimeoutResult::Signal { .. } => patient = false,
                CondVarTimeoutResult::Woken { .. } => {}
            }
        }
        self.stop(&mut state);
        let reset = state.used;
        drop(state);
        if reset && self.can_be_reset() {
            // SAFETY: the driver core unbinds, with the device's lock held.
            if let Err(error) = unsafe { self.pci.reset_locked() } {
                dev_warn!(
                    self.pci.device(),
                    "it is quiet, but was not reset: {:?}\n",
                    error
                );
            }
        }
        self.pci.unclaim();
    }

    fn stop(&self, state: &mut State) {
        self.pci.set_master(false);
        if core::mem::replace(&mut state.master, false) {
            state.stops = state.stops.wrapping_add(1);
        }
    }

    /// Whether there is something that can be reset: nobody waits for a card that was pulled out.
    fn can_be_reset(&self) -> bool {
        self.pci.is_resettable() && self.pci.is_present()
    }

    fn was_reset(&self) -> u32 {
        let mut state = self.state.lock();
        state.used = false;
        state.resets = state.resets.wrapping_add(1);
        state.resets
    }

    pub(crate) fn set_shared(&self, shared: bool) {
        self.state.lock().shared = shared;
    }

    /// Switches bus mastering; not on when it is taken back.
    pub(crate) fn set_master(&self, on: bool) -> Result {
        let mut state = self.state.lock();
        if on {
            if state.leaving {
                return Err(ENODEV);
            }
            self.pci.set_master(true);
            state.master = true;
            state.used = true;
        } else {
            self.stop(&mut state);
        }
        Ok(())
    }

    /// Switches bus mastering off and resets the function.
    pub(crate) fn reset(&self) -> Result<u32> {
        if !self.pci.is_resettable() {
            return Err(EOPNOTSUPP);
        }
        if !self.pci.is_present() {
            return Err(ENODEV);
        }
        let mut state = self.state.lock();
        self.stop(&mut state);
        // With the state locked, nobody switches it on meanwhile.
        self.pci.try_reset()?;
        drop(state);
        Ok(self.was_reset())
    }

    /// Something is to be lent.
    pub(crate) fn lease(self: &Arc<Self>) -> Result<Lease> {
        let mut state = self.state.lock();
        if state.leaving {
            return Err(ENODEV);
        }
        state.lent = state.lent.checked_add(1).ok_or(EDQUOT)?;
        Ok(Lease(self.clone()))
    }

    /// Says how many address bits the device has.
    pub(crate) fn set_mask(&self, bits: u32) -> Result {
        let mut state = self.state.lock();
        if state.lent > 0 {
            return Err(EBUSY);
        }
        self.put_mask(&mut state, bits)
    }

    /// The same where nothing is lent.
    fn put_mask(&self, state: &mut State, bits: u32) -> Result {
        let mask = DmaMask::try_new(bits)?;
        // SAFETY: nothing is lent, and nothing will be before the state is unlocked.
        unsafe { self.pci.set_mask(mask.value()) }?;
        state.mask_bits = bits;
        Ok(())
    }

    /// The interrupts are to be a file's own.
    pub(crate) fn claim_interrupts(&self, told: &Arc<Told>) -> Result {
        let mut state = self.state.lock();
        match state.interrupts {
            Some(other) if other != name(told) => Err(EBUSY),
            _ => {
                state.interrupts = Some(name(told));
                Ok(())
            }
        }
    }

    /// The interrupts are nobody's any more.
    pub(crate) fn release_interrupts(&self, told: &Arc<Told>) {
        let mut state = self.state.lock();
        if state.interrupts == Some(name(told)) {
            state.interrupts = None;
        }
    }

    /// First address and length of a BAR that can be mapped.
    pub(crate) fn mappable(&self, bar: usize) -> Result<(u64, u64)> {
        let index = u32::try_from(bar)?;
        let (first, length) = (
            self.pci.pci().resource_start(index)?,
            self.pci.pci().resource_len(index)?,
        );
        let memory = self.pci.bar_flags(bar) & u64::from(kernel::bindings::IORESOURCE_MEM) != 0;
        let page = PAGE_SIZE as u64;
        // What shares a page with something else is not mapped.
        if memory && length > 0 && first % page == 0 && length % page == 0 {
            Ok((first, length))
        } else {
            Err(ENXIO)
        }
    }

    fn bar(&self, index: usize) -> Bar {
        let size = u32::try_from(index)
            .map_err(Error::from)
            .and_then(|index| self.pci.pci().resource_len(index))
            .unwrap_or(0);
        let prefetch = u64::from(kernel::bindings::IORESOURCE_PREFETCH);
        let mut flags = 0;
        if self.mappable(index).is_ok() {
            flags |= uapi::bar::MAPPABLE;
        }
        if self.pci.bar_flags(index) & prefetch != 0 {
            flags |= uapi::bar::PREFETCHABLE;
        }
        Bar {
            size,
            offset: uapi::BAR_OFFSET + ((index as u64) << uapi::BAR_SHIFT),
            flags,
            reserved: 0,
        }
    }

    /// What there is to know, but for what a file has.
    pub(crate) fn info(&self) -> Info {
        let device = self.pci.pci();
        let mut bars = [Bar::default(); BARS];
        for (index, bar) in bars.iter_mut().enumerate() {
            *bar = self.bar(index);
        }
        let state = self.state.lock();
        let flag = |is: bool, flag: u32| if is { flag } else { 0 };
        Info {
            version: uapi::VERSION,
            features: uapi::feature::BASE,
            flags: flag(self.coherent, uapi::info::COHERENT)
                | flag(self.protection.is_translated(), uapi::info::TRANSLATED)
                | flag(self.protection.is_strict(), uapi::info::STRICT)
                | flag(self.protection.is_isolated(), uapi::info::ISOLATED)
                | flag(self.pci.is_resettable(), uapi::info::RESETTABLE)
                | flag(self.pci.has_intx(), uapi::info::INTX)
                | flag(state.master, uapi::info::MASTER)
                | flag(state.shared, uapi::info::SHARED),
            vendor: device.vendor_id().as_raw(),
            device: device.device_id(),
            subsystem_vendor: device.subsystem_vendor_id(),
            subsystem_device: device.subsystem_device_id(),
            class: device.pci_class().as_raw(),
            mask_bits: state.mask_bits,
            page: PAGE_SIZE as u32,
            cache_line: glue::cache_line(),
            msix_vectors: self.pci.msix_vectors(),
            msi_vectors: self.pci.msi_vectors(),
            resets: state.resets,
            stops: state.stops,
            bars,
            ..Info::default()
        }
    }
}
