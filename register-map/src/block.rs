//! A block of registers, as a type.
//!
//! Constants of one block do not fit a window of another: the block is part of their type.
#![forbid(unsafe_code)]

/// The layout of a group of registers, a device's or a cluster's.
///
/// Implemented by generated marker types. They have a private field, so that only the module that
/// describes the block makes values of them, and with those its definitions ([`Def::new`](crate::Def::new)).
///
/// # Examples
///
/// ```
/// use register_map::Block;
/// pub struct Timer(());
/// impl Block for Timer {
///     const NAME: &'static str = "TIMER";
///     const SIZE: usize = 0x10;
///     const ALIGNMENT: usize = 4;
/// }
/// assert_eq!(Timer::SIZE, 16);
/// ```
pub trait Block {
    /// Its name in the description.
    const NAME: &'static str;
    /// Bytes from its start to the end of its last register.
    const SIZE: usize;
    /// What its start is a multiple of, in bytes: a power of two, at least the width of its
    /// widest register.
    const ALIGNMENT: usize;
}
