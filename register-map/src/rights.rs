//! What may be done with a register, as types.
//!
//! [`Rights`] pairs one marker of [`read`] with one of [`write`](mod@write). The markers decide which
//! functions a [`Register`](crate::Register) has:
//!
//! | Marker | What it gives |
//! |---|---|
//! | [`read::Plain`] | tock's `Readable`: `get`, `read`, `is_set`, … |
//! | [`read::Effect`] | [`Window::take`](crate::Window::take), by `&mut` |
//! | [`write::Plain`] | tock's `Writeable`: `set`, `write`; with `read::Plain` also `modify` |
//! | [`write::OneToClear`], [`write::ZeroToClear`] | `clear`, `clear_bits` |
//! | [`write::OneToSet`], [`write::ZeroToSet`] | `raise`, `raise_bits` |
//! | [`write::OneToToggle`], [`write::ZeroToToggle`] | `toggle`, `toggle_bits` |
//! | [`write::AnyClears`] | `clear_all` |
//! | [`write::AnySets`] | `raise_all` |
//! | [`write::Steers`] | `unsafe steer`, of an [`Iova`](dma_core::Iova) or a card's address only |
//! | [`write::Rings`] | `unsafe ring`, `unsafe ring_raw` |
//!
//! Registers whose bits act when they are written have no `modify`: what it reads it would
//! write back, and so clear interrupts that nobody has seen.
#![forbid(unsafe_code)]

use core::marker::PhantomData;

/// What may be done with a register: `R` from [`read`], `W` from [`write`](mod@write).
#[derive(Debug)]
pub struct Rights<R, W>(PhantomData<(R, W)>);

/// Read at will.
pub type ReadOnly = Rights<read::Plain, write::Never>;
/// Written at will; what it reads as has no meaning.
pub type WriteOnly = Rights<read::Never, write::Plain>;
/// Read, written and modified at will.
pub type ReadWrite = Rights<read::Plain, write::Plain>;
/// Neither: known to be there, and better left alone.
pub type Reserved = Rights<read::Never, write::Never>;
/// Read only, and every read changes the device.
pub type ReadEffect = Rights<read::Effect, write::Never>;
/// A status that is read, and cleared by writing ones.
pub type OneToClear = Rights<read::Plain, write::OneToClear>;
/// An address that the device masters the bus with; can be read back.
pub type Steering = Rights<read::Plain, write::Steers>;
/// A command register: a write may start the device; can be read back.
pub type Doorbell = Rights<read::Plain, write::Rings>;

/// How a register is read.
pub mod read {
    /// Not at all.
    #[derive(Debug)]
    pub enum Never {}
    /// Without side effects.
    #[derive(Debug)]
    pub enum Plain {}
    /// With side effects: a status that clears itself, a queue that loses its head.
    #[derive(Debug)]
    pub enum Effect {}
}

/// How a register is written.
pub mod write {
    use crate::fields::UIntLike;

    /// Not at all.
    #[derive(Debug)]
    pub enum Never {}
    /// It holds what is written.
    #[derive(Debug)]
    pub enum Plain {}
    /// A one clears its bit.
    #[derive(Debug)]
    pub enum OneToClear {}
    /// A one sets its bit.
    #[derive(Debug)]
    pub enum OneToSet {}
    /// A one turns its bit over.
    #[derive(Debug)]
    pub enum OneToToggle {}
    /// A zero clears its bit.
    #[derive(Debug)]
    pub enum ZeroToClear {}
    /// A zero sets its bit.
    #[derive(Debug)]
    pub enum ZeroToSet {}
    /// A zero turns its bit over.
    #[derive(Debug)]
    pub enum ZeroToToggle {}
    /// Any write clears all bits.
    #[derive(Debug)]
    pub enum AnyClears {}
    /// Any write sets all bits.
    #[derive(Debug)]
    pub enum AnySets {}
    /// An address that the device masters the bus with.
    #[derive(Debug)]
    pub enum Steers {}
    /// A command: a write may start the device, or decide what an address means.
    #[derive(Debug)]
    pub enum Rings {}

    /// Writes that act on the bits that they name, and on no others.
    pub trait Acts {
        /// What to write to act on the bits that are one in `bits`.
        fn pattern<T: UIntLike>(bits: T) -> T;
    }

    /// Writes that clear the bits that they name.
    pub trait Clears: Acts {}
    /// Writes that set the bits that they name.
    pub trait Raises: Acts {}
    /// Writes that turn over the bits that they name.
    pub trait Toggles: Acts {}

    macro_rules! acts {
        ($($marker:ident: $kind:ident, $bits:ident => $pattern:expr;)*) => { $(
            impl Acts for $marker {
                #[inline(always)]
                fn pattern<T: UIntLike>($bits: T) -> T {
                    $pattern
                }
            }
            impl $kind for $marker {}
        )* };
    }

    acts! {
        OneToClear: Clears, bits => bits;
        ZeroToClear: Clears, bits => !bits;
        OneToSet: Raises, bits => bits;
        ZeroToSet: Raises, bits => !bits;
        OneToToggle: Toggles, bits => bits;
        ZeroToToggle: Toggles, bits => !bits;
    }
}
