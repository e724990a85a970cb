// SPDX-License-Identifier: GPL-2.0-only

//! The interrupts of a device: vectors, who is told, and a line's mask.

use kernel::{
    irq::{
        Flags,
        Handler,
        IrqReturn,
        Registration, //
    },
    pci::{
        IrqType,
        IrqTypes,
        IrqVectorRegistration, //
    },
    prelude::*,
    sync::Arc, //
};

use crate::{
    file::Told,
    raw::{
        event::Event,
        pci::PciFunction, //
    },
    uapi::interrupt, //
};

/// A kind of interrupt that is switched on.
pub(crate) struct Interrupts {
    /// Before the vectors: they are used by these.
    handlers: KVVec<Option<Pin<KBox<Registration<'static, Teller>>>>>,
    vectors: KBox<IrqVectorRegistration<'static>>,
    function: PciFunction,
    line: bool,
}

/// What a vector does.
struct Teller {
    told: Arc<Told>,
    event: Option<Event>,
    /// Whose line is to be masked; none for messages.
    line: Option<PciFunction>,
}

impl Teller {
    fn tell(&self) {
        self.told.fire();
        if let Some(event) = &self.event {
            event.signal();
        }
    }
}

impl Handler for Teller {
    fn handle(&self) -> IrqReturn {
        // A line may be another's. It is masked in the function, until a program lets it through:
        // only the program knows how to make the card let go of it.
        if self
            .line
            .as_ref()
            .is_some_and(|function| !function.check_and_mask_intx())
        {
            return IrqReturn::None;
        }
        self.tell();
        IrqReturn::Handled
    }
}

impl Interrupts {
    /// Switches a kind on, with as many vectors as there are of those wanted.
    ///
    /// # Safety
    ///
    /// The driver stays bound while the result lives, and it is not leaked.
    pub(crate) unsafe fn new(function: &PciFunction, kind: u32, wanted: u32) -> Result<Self> {
        let (kind, there) = match kind {
            interrupt::INTX => (IrqType::Intx, u32::from(function.has_intx())),
            interrupt::MSI => (IrqType::Msi, function.msi_vectors()),
            interrupt::MSIX => (IrqType::MsiX, function.msix_vectors()),
            _ => return Err(EINVAL),
        };
        if wanted == 0 {
            return Err(EINVAL);
        }
        if there == 0 {
            return Err(EOPNOTSUPP);
        }
        // SAFETY: the caller keeps the contract.
        let device = unsafe { function.bound() };
        let types = IrqTypes::default().with(kind);
        let vectors = device.alloc_irq_vectors(1, wanted.min(there), types)?;
        let vectors = KBox::new(vectors, GFP_KERNEL)?;
        let mut handlers = KVVec::with_capacity(vectors.len(), GFP_KERNEL)?;
        for _ in 0..vectors.len() {
            handlers.push(None, GFP_KERNEL)?;
        }
        Ok(Self {
            handlers,
            vectors,
            function: function.clone(),
            line: matches!(kind, IrqType::Intx),
        })
    }

    /// How many vectors there are.
    pub(crate) fn len(&self) -> usize {
        self.handlers.len()
    }

    /// Nobody is told of a vector any more.
    pub(crate) fn off(&mut self, vector: u32) -> Result {
        *self.handlers.get_mut(vector as usize).ok_or(ENOENT)? = None;
        Ok(())
    }

    /// From now on this file is told of a vector, and this eventfd.
    pub(crate) fn on(&mut self, vector: u32, told: Arc<Told>, event: Option<Event>) -> Result {
        self.off(vector)?;
        let vectors: &IrqVectorRegistration<'static> = &self.vectors;
        // SAFETY: boxed, never exchanged, and dropped after the handlers.
        let vectors = unsafe { &*core::ptr::from_ref(vectors) };
        let request = vectors.index(vector as usize)?.into();
        let flags = if self.line {
            Flags::SHARED
        } else {
            Flags::TRIGGER_NONE
        };
        let line = self.line.then(|| self.function.clone());
        let teller = Teller { told, event, line };
        // SAFETY: `Interrupts` is not leaked, as `new` demands.
        let registration = unsafe { Registration::new(request, flags, c"anydma", Ok(teller)) };
        let registration = KBox::pin_init(registration, GFP_KERNEL)?;
        let place = self.handlers.get_mut(vector as usize).ok_or(ENOENT)?;
        *place = Some(registration);
        Ok(())
    }

    fn teller(&self, vector: u32) -> Result<&Teller> {
        if !self.line {
            return Err(EOPNOTSUPP);
        }
        let handler = self.handlers.get(vector as usize).and_then(Option::as_ref);
        handler.map(|handler| handler.handler()).ok_or(ENOENT)
    }

    /// Lets a line through again.
    pub(crate) fn rearm(&self, vector: u32) -> Result {
        let teller = self.teller(vector)?;
        // It pulls its line already: that stays masked, and is told at once.
        if !self.function.check_and_unmask_intx() {
            teller.tell();
        }
        Ok(())
    }

    /// Holds a line back.
    pub(crate) fn mask(&self, vector: u32) -> Result {
        self.teller(vector)?;
        self.function.set_intx(false);
        Ok(())
    }
}

impl Drop for Interrupts {
    fn drop(&mut self) {
        self.handlers.clear();
        if self.line {
            self.function.set_intx(false);
        }
    }
}
