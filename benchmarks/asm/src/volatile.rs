//! As one writes it by hand: a base pointer, offsets, volatile accesses.

use crate::arch::barrier;

/// Registers at a pointer, beside what else [`Mmio`](dma_core::Mmio) holds.
#[derive(Debug)]
pub struct Registers {
    base: *mut u8,
    _size: usize,
    _domain: u32,
}

impl Registers {
    /// Loads from `OFFSET`.
    ///
    /// # Safety
    ///
    /// There is a register `T`.
    #[inline(always)]
    pub(crate) unsafe fn load<T, const OFFSET: usize>(&self) -> T {
        // SAFETY: the caller says that there is a register.
        let register = unsafe { self.base.add(OFFSET) }.cast::<T>();
        // SAFETY: as above.
        unsafe { register.read_volatile() }
    }

    /// Stores to `OFFSET`.
    ///
    /// # Safety
    ///
    /// There is a register `T`.
    #[inline(always)]
    pub(crate) unsafe fn store<T, const OFFSET: usize>(&self, value: T) {
        // SAFETY: the caller says that there is a register.
        let register = unsafe { self.base.add(OFFSET) }.cast::<T>();
        // SAFETY: as above.
        unsafe { register.write_volatile(value) };
    }

    /// Register `index` of a row that begins at `OFFSET`.
    ///
    /// # Safety
    ///
    /// There is such a row, with such an item.
    #[inline(always)]
    unsafe fn item<T, const OFFSET: usize>(&self, index: usize) -> *mut T {
        // SAFETY: the caller says that there is a register.
        unsafe { self.base.add(OFFSET + size_of::<T>() * index) }.cast::<T>()
    }
}

macro_rules! volatile {
    ($(
        #[doc = $doc:literal]
        fn $name:ident($registers:ident $(, $argument:ident: $type:ty)*) $(-> $answer:ty)?
        $body:block
    )*) => { $(
        #[doc = $doc]
        ///
        /// # Safety
        ///
        /// The registers are there.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name($registers: &$crate::volatile::Registers $(, $argument: $type)*) $(-> $answer)? {
            $body
        }
    )* };
}

volatile! {
    /// Reads 8 bits.
    fn volatile_read_u8(registers) -> u8 {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.load::<u8, 0x1>() }
    }

    /// Writes 8 bits.
    fn volatile_write_u8(registers, value: u8) {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u8, 0x1>(value) };
    }

    /// Reads 16 bits.
    fn volatile_read_u16(registers) -> u16 {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.load::<u16, 0x2>() }
    }

    /// Writes 16 bits.
    fn volatile_write_u16(registers, value: u16) {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u16, 0x2>(value) };
    }

    /// Reads 32 bits.
    fn volatile_read_u32(registers) -> u32 {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.load::<u32, 0x10>() }
    }

    /// Writes 32 bits.
    fn volatile_write_u32(registers, value: u32) {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x14>(value) };
    }

    /// Reads a field.
    fn volatile_read_field(registers) -> u32 {
        // SAFETY: the caller says that the registers are there.
        let value = unsafe { registers.load::<u32, 0x14>() };
        (value >> 4) & 0xf
    }

    /// Clears what is pending.
    fn volatile_clear(registers, bits: u32) {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x18>(bits) };
    }

    /// Reads, and writes what it read with one field changed.
    fn volatile_modify(registers) {
        // SAFETY: the caller says that the registers are there.
        let value = unsafe { registers.load::<u32, 0x14>() };
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x14>((value & !0xf0) | 0x50) };
    }

    /// Reads a register at an index that is known to be right.
    fn volatile_read_element(registers, index: usize) -> u32 {
        // SAFETY: the caller says that the registers are there.
        let register = unsafe { registers.item::<u32, 0x50>(index) };
        // SAFETY: as above.
        unsafe { register.read_volatile() }
    }

    /// Writes a register at an index that is known to be right.
    fn volatile_write_element(registers, index: usize, value: u32) {
        // SAFETY: the caller says that the registers are there.
        let register = unsafe { registers.item::<u32, 0x50>(index) };
        // SAFETY: as above.
        unsafe { register.write_volatile(value) };
    }

    /// Writes a constant.
    fn volatile_write_constant(registers) {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x14>(7) };
    }

    /// Reads a register of a channel.
    fn volatile_read_cluster(registers) -> u32 {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.load::<u32, 0x8>() }
    }

    /// Writes a register of a channel.
    fn volatile_write_cluster(registers, value: u32) {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x8>(value) };
    }

    /// Reads beyond the reach of some processors' instructions.
    fn volatile_read_far(registers) -> u32 {
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.load::<u32, 0x8004>() }
    }

    /// Reads an address back, low half first.
    fn volatile_read_pair(registers) -> u64 {
        // SAFETY: the caller says that the registers are there.
        let low = unsafe { registers.load::<u32, 0x38>() };
        // SAFETY: the caller says that the registers are there.
        let high = unsafe { registers.load::<u32, 0x3c>() };
        u64::from(low) | u64::from(high) << 32
    }

    /// Gives an address to two registers, low half first.
    fn volatile_steer_pair(registers, iova: u64) {
        let [low, high] = halves(iova);
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x38>(low) };
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x3c>(high) };
    }

    /// Gives an address to two registers, high half first.
    fn volatile_steer_pair_high_first(registers, iova: u64) {
        let [low, high] = halves(iova);
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x44>(high) };
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x40>(low) };
    }

    /// Gives an address that may be too long to a 32-bit register.
    fn volatile_steer_u32(registers, iova: u64) -> bool {
        let Ok(short) = u32::try_from(iova) else {
            return false;
        };
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x24>(short) };
        true
    }

    /// Rings the doorbell, with everything before it in memory.
    fn volatile_ring(registers, value: u32) {
        barrier();
        // SAFETY: the caller says that the registers are there.
        unsafe { registers.store::<u32, 0x1c>(value) };
    }
}

/// The low and the high half.
#[expect(clippy::cast_possible_truncation, reason = "the upper bits go into the other half")]
const fn halves(value: u64) -> [u32; 2] {
    [value as u32, (value >> 32) as u32]
}
