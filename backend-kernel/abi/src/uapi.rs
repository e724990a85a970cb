// SPDX-License-Identifier: MIT OR GPL-2.0

//! The interface between the kernel module and its clients.
//!
//! Both sides compile this one file. A program opens `/dev/anydma/0000:01:00.0`, asks with
//! [`GET_VERSION`] whether it speaks the module's version, and then gives commands by `ioctl(2)`:
//! each takes one structure of this file, or nothing.
//!
//! # Rules
//!
//! * The only address that a device may be given is a *handle*: [`Allocate::handle`] and
//!   [`Run::handle`]. Nothing else here is one, least of all [`Map::address`].
//! * A flag that the module does not know is an error (`EINVAL`), and so is a reserved field that
//!   is not zero. What is written by the module only is ignored on the way in.
//! * Structures have the same layout for programs of 32 and of 64 bits: every field lies at a
//!   multiple of its size, and every structure is a multiple of eight bytes long.
//! * Memory belongs to the open file. When the last descriptor and the last mapping of it are
//!   gone, the device's bus mastering is switched off, and only then is memory freed. The same
//!   happens when the process dies.
//!
//! # Errors that any command may have
//!
//! `EFAULT`: the structure is not there. `EINVAL`: a flag, a reserved field or a number that is not
//! possible. `ENODEV`: the device is wanted back, and nothing is given any more, but all can be given
//! back. `ENOTTY`: no such command.

/// The version of the interface. It goes up when something changes that older clients rely on;
/// what is added leaves it as it is, and shows in [`Info::features`].
pub const VERSION: u32 = 1;

/// The folder of the device nodes; each is named after the function, as "0000:01:00.0".
pub const NODES: &str = "/dev/anydma";

/// The name of the driver: what `driver_override` and `new_id` are for.
pub const DRIVER: &str = "anydma";

/// How many BARs a function has at most.
pub const BARS: usize = 6;

/// The longest memory that one [`Allocate`] or [`Map`] can be for, in bytes: what fits between
/// two offsets of `mmap(2)`.
pub const LONGEST: u64 = 1 << 32;

/// The fewest address bits that a device can have.
pub const FEWEST_BITS: u32 = 24;

/// What an offset of `mmap(2)` is shifted by to hold an id: memory `id` begins at
/// `(id + 1) << OFFSET_SHIFT`.
pub const OFFSET_SHIFT: u32 = 32;

/// Where BAR 0 begins in `mmap(2)`; BAR `n` is `n <<` [`BAR_SHIFT`] further.
pub const BAR_OFFSET: u64 = 1 << 56;

/// What the number of a BAR is shifted by.
pub const BAR_SHIFT: u32 = 52;

/// [`SetEvent::vector`] of the event "the device is wanted back": somebody unbinds or removes it
/// and waits for every file and mapping of it to be closed.
pub const VECTOR_REQUEST: u32 = u32::MAX;

/// What the module can do, in [`Info::features`].
pub mod feature {
    /// Everything of version 1.
    pub const BASE: u32 = 1 << 0;
}

/// What is true of the device, in [`Info::flags`].
pub mod info {
    /// The device sees what the CPU wrote, and the other way round, without [`SYNC`](super::SYNC).
    pub const COHERENT: u32 = 1 << 0;
    /// An IOMMU translates: the device reaches what was lent to it and nothing else.
    pub const TRANSLATED: u32 = 1 << 1;
    /// What is freed is out of the device's reach at once, not some milliseconds later.
    pub const STRICT: u32 = 1 << 2;
    /// No other device shares its translation, and its messages can raise no other's interrupt.
    pub const ISOLATED: u32 = 1 << 3;
    /// The function can be reset.
    pub const RESETTABLE: u32 = 1 << 4;
    /// It has a line interrupt that can be masked.
    pub const INTX: u32 = 1 << 5;
    /// Its bus mastering is on.
    pub const MASTER: u32 = 1 << 6;
    /// Other programs may open it too.
    pub const SHARED: u32 = 1 << 7;
}

/// What a BAR is, in [`Bar::flags`].
pub mod bar {
    /// It can be mapped.
    pub const MAPPABLE: u32 = 1 << 0;
    /// It has no side effects on reading.
    pub const PREFETCHABLE: u32 = 1 << 1;
}

/// Which way data goes, in [`Map::flags`]; at least one.
pub mod map {
    /// The device reads.
    pub const TO_DEVICE: u32 = 1 << 0;
    /// The device writes.
    pub const FROM_DEVICE: u32 = 1 << 1;
    /// Written by the module: handing over needs [`SYNC`](super::SYNC), because the device does not
    /// see into the caches or because the memory was out of its reach and is copied.
    pub const NEEDS_SYNC: u32 = 1 << 8;
}

/// Who is to see what, in [`Sync::flags`]; exactly one.
pub mod sync {
    /// The device is to see what the CPU wrote.
    pub const TO_DEVICE: u32 = 1 << 0;
    /// The CPU is to see what the device wrote.
    pub const TO_CPU: u32 = 1 << 1;
}

/// [`Interrupts::kind`].
pub mod interrupt {
    /// None.
    pub const OFF: u32 = 0;
    /// A line, which is masked as it fires, until [`REARM`](super::REARM).
    pub const INTX: u32 = 1;
    /// Messages.
    pub const MSI: u32 = 2;
    /// Messages with a table of vectors.
    pub const MSIX: u32 = 3;
}

/// [`SetEvent::flags`].
pub mod event {
    /// The vector is delivered; without it, no longer.
    pub const ON: u32 = 1 << 0;
}

/// [`Rearm::flags`].
pub mod rearm {
    /// Holds the line back instead of letting it through.
    pub const MASK: u32 = 1 << 0;
}

/// A BAR.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Bar {
    /// Length in bytes; 0 if there is no such BAR.
    pub size: u64,
    /// Where it begins in `mmap(2)`.
    pub offset: u64,
    /// See [`bar`].
    pub flags: u32,
    /// Zero.
    pub reserved: u32,
}

/// What there is to know about a device, written by [`GET_INFO`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Info {
    /// [`VERSION`] of the module.
    pub version: u32,
    /// See [`feature`].
    pub features: u32,
    /// See [`info`].
    pub flags: u32,
    /// Who made it.
    pub vendor: u16,
    /// Which it is.
    pub device: u16,
    /// Whose card it is on.
    pub subsystem_vendor: u16,
    /// Which card that is.
    pub subsystem_device: u16,
    /// Class, subclass and interface, as 0x010802 for NVMe.
    pub class: u32,
    /// The DMA mask: how many address bits the device has, see [`SET_MASK`].
    pub mask_bits: u32,
    /// Length of a page in bytes; lengths and offsets of memory are multiples of it.
    pub page: u32,
    /// Length of a cache line in bytes: what must not be shared where [`SYNC`] is needed.
    pub cache_line: u32,
    /// How many MSI-X vectors it has.
    pub msix_vectors: u32,
    /// How many MSI vectors it has.
    pub msi_vectors: u32,
    /// How often it was reset since the module took it.
    pub resets: u32,
    /// How often its bus mastering was switched off since the module took it.
    pub stops: u32,
    /// How many bytes this file may allocate.
    pub quota_bytes: u64,
    /// How many bytes it has allocated.
    pub used_bytes: u64,
    /// How many pieces of memory, allocated or mapped, it may have.
    pub quota_pieces: u32,
    /// How many it has.
    pub used_pieces: u32,
    /// Its BARs.
    pub bars: [Bar; BARS],
}

/// For [`SET_MASK`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct SetMask {
    /// How many address bits the device decodes: [`FEWEST_BITS`] to 64.
    pub bits: u32,
    /// Zero.
    pub flags: u32,
}

/// For [`ALLOCATE`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Allocate {
    /// How many bytes: a multiple of the page, at most [`LONGEST`].
    pub length: u64,
    /// Zero.
    pub flags: u32,
    /// Written: what names the memory in this file.
    pub id: u32,
    /// Written: what the device calls its first byte; the others follow.
    pub handle: u64,
    /// Written: where it begins in `mmap(2)`.
    pub offset: u64,
}

/// For [`FREE`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Free {
    /// Memory of this file, allocated or mapped.
    pub id: u32,
    /// Zero.
    pub flags: u32,
}

/// A piece of memory that is in one piece for the device.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Run {
    /// What the device calls its first byte.
    pub handle: u64,
    /// Length in bytes.
    pub length: u64,
}

/// For [`MAP`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Map {
    /// Where the caller has the memory: its own address, a multiple of the page. Nothing for a device.
    pub address: u64,
    /// How many bytes: a multiple of the page, at most [`LONGEST`].
    pub length: u64,
    /// See [`map`].
    pub flags: u32,
    /// Written: what names the memory in this file.
    pub id: u32,
    /// Written: how many runs it has.
    pub runs: u32,
    /// Zero.
    pub reserved: u32,
    /// Written: the first of them.
    pub first: Run,
}

/// For [`GET_RUNS`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct GetRuns {
    /// Memory of this file, allocated or mapped.
    pub id: u32,
    /// The first run that is wanted.
    pub first: u32,
    /// How many [`Run`]s there is room for; written: how many were filled in.
    pub count: u32,
    /// Zero.
    pub flags: u32,
    /// Where the room is in the caller's memory.
    pub room: u64,
}

/// For [`SYNC`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Sync {
    /// Memory of this file, allocated or mapped.
    pub id: u32,
    /// See [`sync`].
    pub flags: u32,
    /// From which byte of it.
    pub offset: u64,
    /// How many bytes.
    pub length: u64,
}

/// For [`SET_INTERRUPTS`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Interrupts {
    /// See [`interrupt`].
    pub kind: u32,
    /// How many vectors are wanted at most; written: how many there are.
    pub count: u32,
    /// Zero.
    pub flags: u32,
    /// Zero.
    pub reserved: u32,
}

/// For [`SET_EVENT`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct SetEvent {
    /// Which vector, or [`VECTOR_REQUEST`].
    pub vector: u32,
    /// An eventfd that is to count; -1 to be told by `poll(2)` and `read(2)` alone.
    pub fd: i32,
    /// See [`event`].
    pub flags: u32,
    /// Zero.
    pub reserved: u32,
}

/// For [`REARM`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Rearm {
    /// Which vector; a line has only 0.
    pub vector: u32,
    /// See [`rearm`].
    pub flags: u32,
}

/// For [`SET_MASTER`] and [`SET_SHARED`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Switch {
    /// 1 is on, 0 off.
    pub on: u32,
    /// Zero.
    pub flags: u32,
}

/// For [`RESET`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(C)]
pub struct Reset {
    /// Zero.
    pub flags: u32,
    /// Written: how often it was reset since the module took it.
    pub resets: u32,
}

/// What commands begin with.
const MAGIC: u32 = 0xda;
const WRITE: u32 = 1;
const READ: u32 = 2;

/// A command as `asm-generic/ioctl.h` makes it of direction, number and length.
const fn command<T>(direction: u32, number: u32) -> u32 {
    // CAST: structures of this file are shorter than 2^14 bytes.
    (direction << 30) | ((size_of::<T>() as u32) << 16) | (MAGIC << 8) | number
}

/// Writes the module's [`VERSION`], for ever in this form.
pub const GET_VERSION: u32 = command::<u32>(READ, 0);

/// Writes an [`Info`].
pub const GET_INFO: u32 = command::<Info>(READ, 1);

/// Takes a [`SetMask`]: how many address bits the device decodes. 32 until it is called, and again
/// when the last file is closed.
///
/// `EBUSY`: memory is lent already. `EIO`: the host has no memory in reach of such a device.
pub const SET_MASK: u32 = command::<SetMask>(WRITE, 2);

/// Takes an [`Allocate`]: zeroed memory that CPU and device see alike, to be mapped by `mmap(2)`.
///
/// `ENOMEM`: there is no memory within the mask. `EDQUOT`: the file has its share.
pub const ALLOCATE: u32 = command::<Allocate>(READ | WRITE, 3);

/// Takes a [`Free`]: takes memory away from the device, then frees or unpins it.
///
/// `ENOENT`: the file has no such memory. `EBUSY`: it is still mapped by `mmap(2)`.
pub const FREE: u32 = command::<Free>(WRITE, 4);

/// Takes a [`Map`]: pins memory of the caller and lets the device reach it.
///
/// `EFAULT`: the memory is not there or may not be written. `ENOMEM`: it would exceed what the process
/// may lock (`RLIMIT_MEMLOCK`), or there are no addresses. `EDQUOT`: the file has its share.
pub const MAP: u32 = command::<Map>(READ | WRITE, 5);

/// Takes a [`GetRuns`]: writes where the device finds memory, run by run, in order.
///
/// `ENOENT`: the file has no such memory.
pub const GET_RUNS: u32 = command::<GetRuns>(READ | WRITE, 6);

/// Takes a [`Sync`]: hands bytes over between CPU and device.
///
/// `ENOENT`: the file has no such memory. `ERANGE`: it ends before.
pub const SYNC: u32 = command::<Sync>(WRITE, 7);

/// Takes an [`Interrupts`]: switches a kind of interrupt on, and what was on before off.
///
/// `EOPNOTSUPP`: the device or the host has no such. `EBUSY`: another file has them.
pub const SET_INTERRUPTS: u32 = command::<Interrupts>(READ | WRITE, 8);

/// Takes a [`SetEvent`]: says how a vector is told.
///
/// `EBADF`, `EINVAL`: the number is not of an eventfd. `ENOENT`: there is no such vector.
pub const SET_EVENT: u32 = command::<SetEvent>(WRITE, 9);

/// Takes a [`Rearm`]: lets a line through again, or holds it back.
///
/// `ENOENT`: there is no such vector. `EOPNOTSUPP`: messages cannot be held back.
pub const REARM: u32 = command::<Rearm>(WRITE, 10);

/// Takes a [`Switch`]: bus mastering.
pub const SET_MASTER: u32 = command::<Switch>(WRITE, 11);

/// Takes a [`Reset`]: switches bus mastering off, and resets the function. It stays off.
///
/// `EOPNOTSUPP`: it cannot be reset. `EAGAIN`: somebody else is configuring the device. `ENODEV`: it
/// does not answer; it was pulled out.
pub const RESET: u32 = command::<Reset>(READ | WRITE, 12);

/// Takes a [`Switch`]: whether other programs may open the device too.
pub const SET_SHARED: u32 = command::<Switch>(WRITE, 13);
