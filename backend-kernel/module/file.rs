// SPDX-License-Identifier: GPL-2.0-only

//! One open file: its memory, its interrupts, and in which order they end.

use kernel::{
    bindings,
    fs::{
        File,
        Kiocb, //
    },
    iov::IovIterDest,
    miscdevice::{
        MiscDevice,
        MiscDeviceRegistration, //
    },
    mm::virt::VmaNew,
    new_mutex,
    prelude::*,
    sync::{
        atomic::{
            Acquire,
            Atomic,
            AtomicFlag,
            Relaxed,
            Release, //
        },
        poll::{
            PollCondVarBox,
            PollTable, //
        },
        Arc,
        Mutex, //
    }, //
};

use crate::{
    commands,
    function::Function,
    interrupts::Interrupts,
    memory::Memory,
    raw::{
        event::Event,
        map::Area,
        node::Node, //
    },
    uapi, //
};

/// An open file.
#[pin_data]
pub(crate) struct OpenFile {
    pub(crate) function: Arc<Function>,
    pub(crate) told: Arc<Told>,
    /// Also locked by `mmap(2)`, so nothing of the caller's memory is touched meanwhile.
    #[pin]
    pub(crate) memory: Mutex<Memory>,
    #[pin]
    pub(crate) interrupts: Mutex<Option<Interrupts>>,
}

/// What a file is told, from interrupt handlers and from who takes the device back.
#[pin_data]
pub(crate) struct Told {
    /// Interrupts that were not read yet.
    fired: Atomic<u64>,
    wanted_back: AtomicFlag,
    changed: PollCondVarBox,
    #[pin]
    request: Mutex<Option<Event>>,
}

impl Told {
    fn new() -> Result<Arc<Self>> {
        let name = c"anydma::Told::changed";
        let changed = PollCondVarBox::new(name, kernel::static_lock_class!())?;
        Arc::pin_init(
            pin_init!(Self {
                fired: Atomic::new(0),
                wanted_back: AtomicFlag::new(false),
                changed,
                request <- new_mutex!(None, "anydma::Told::request"),
            }),
            GFP_KERNEL,
        )
    }

    /// An interrupt; in any context.
    pub(crate) fn fire(&self) {
        self.fired.fetch_add(1, Release);
        self.changed.notify_all();
    }

    /// Asks for the device.
    pub(crate) fn ask_back(&self) {
        let request = self.request.lock();
        self.wanted_back.store(true, Release);
        if let Some(event) = request.as_ref() {
            event.signal();
        }
        drop(request);
        self.changed.notify_all();
    }

    /// Says how the file is asked for the device.
    pub(crate) fn set_request(&self, event: Option<Event>) {
        let mut request = self.request.lock();
        if let (Some(event), true) = (event.as_ref(), self.wanted_back.load(Acquire)) {
            event.signal();
        }
        *request = event;
    }
}

impl OpenFile {
    /// What `poll(2)` answers.
    pub(crate) fn poll(&self, file: &File, table: &PollTable<'_>) -> bindings::__poll_t {
        table.register_wait(file, &self.told.changed);
        let mut answer = 0;
        if self.told.fired.load(Acquire) > 0 {
            answer |= bindings::POLLIN | bindings::POLLRDNORM;
        }
        if self.told.wanted_back.load(Acquire) {
            answer |= bindings::POLLHUP;
        }
        answer
    }
}

#[vtable]
impl MiscDevice for OpenFile {
    type Ptr = Pin<KBox<Self>>;

    fn open(_file: &File, misc: &MiscDeviceRegistration<Self>) -> Result<Self::Ptr> {
        let function = Node::function(misc).clone();
        // SAFETY: it takes a number.
        let privileged = || unsafe { bindings::capable(bindings::CAP_SYS_RAWIO as c_int) };
        // Without an IOMMU whoever drives the card owns the machine.
        if !function.protection().is_whole() && !privileged() {
            return Err(EPERM);
        }
        let told = Told::new()?;
        let (own_function, own_told) = (function.clone(), told.clone());
        let open = KBox::try_pin_init(
            try_pin_init!(Self {
                function: own_function,
                told: own_told,
                memory <- new_mutex!(Memory::new()?, "anydma::OpenFile::memory"),
                interrupts <- new_mutex!(None, "anydma::OpenFile::interrupts"),
            }),
            GFP_KERNEL,
        )?;
        function.enter(told)?;
        Ok(open)
    }

    /// The order is what this driver is for: no interrupts, no bus mastering, no memory.
    fn release(open: Self::Ptr, _file: &File) {
        open.interrupts.lock().take();
        let has_memory = !open.memory.lock().is_empty();
        open.function.quiesce(&open.told, has_memory);
        let memory = open.memory.lock().take();
        drop(memory);
        open.function.leave(&open.told);
    }

    fn ioctl(
        open: <Self::Ptr as kernel::types::ForeignOwnable>::Borrowed<'_>,
        _file: &File,
        command: u32,
        argument: usize,
    ) -> Result<isize> {
        commands::run(&open, command, UserPtr::from_addr(argument))
    }

    fn mmap(
        open: <Self::Ptr as kernel::types::ForeignOwnable>::Borrowed<'_>,
        _file: &File,
        vma: &VmaNew,
    ) -> Result {
        let area = Area::new(vma)?;
        let offset = area.offset();
        if offset >= uapi::BAR_OFFSET {
            let inside = offset - uapi::BAR_OFFSET;
            let bar = usize::try_from(inside >> uapi::BAR_SHIFT)?;
            let inside = inside & ((1 << uapi::BAR_SHIFT) - 1);
            let (first, length) = open.function.mappable(bar)?;
            return area.registers(first, length, inside);
        }
        let id = (offset >> uapi::OFFSET_SHIFT)
            .checked_sub(1)
            .ok_or(EINVAL)?;
        let inside = offset & ((1 << uapi::OFFSET_SHIFT) - 1);
        open.memory.lock().map(u32::try_from(id)?, area, inside)
    }

    /// How many interrupts there were since it was read last; `EAGAIN` if none.
    fn read_iter(kiocb: Kiocb<'_, Self::Ptr>, iov: &mut IovIterDest<'_>) -> Result<usize> {
        let open = kiocb.file();
        if iov.len() < size_of::<u64>() {
            return Err(EINVAL);
        }
        match open.told.fired.xchg(0, kernel::sync::atomic::Full) {
            0 if open.told.wanted_back.load(Relaxed) => Err(ENODEV),
            0 => Err(EAGAIN),
            fired => match iov.copy_to_iter(&fired.to_ne_bytes()) {
                8 => Ok(8),
                _ => Err(EFAULT),
            },
        }
    }
}
