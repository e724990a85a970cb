//! The one file that names tock-registers; its next release looks different.
//!
//! Its bit fields, its macro for them and its `Readable` and `Writeable` traits are used, over
//! our own accesses; its register types are not, since they go through references.
#![forbid(unsafe_code)]

use dma_core::Access;

use crate::register::{Place, Register};
use crate::rights::{Rights, read, write};
use fields::{RegisterLongName, UIntLike};

pub use tock_registers::interfaces::{ReadWriteable, Readable, Writeable};
pub use tock_registers::register_bitfields;

/// Bit fields: a [`Field`](fields::Field) is where it is, a [`FieldValue`](fields::FieldValue)
/// what it holds, a [`LocalRegisterCopy`](fields::LocalRegisterCopy) a value that was read.
///
/// # Examples
///
/// ```
/// use register_map::{fields::LocalRegisterCopy, register_bitfields};
/// register_bitfields! { u32,
///     STATUS [ BUSY OFFSET(0) NUMBITS(1) [], CODE OFFSET(4) NUMBITS(3) [ Fine = 0, Broken = 5 ] ]
/// }
/// let seen = LocalRegisterCopy::<u32, STATUS::Register>::new(0x51);
/// assert!(seen.is_set(STATUS::BUSY));
/// assert!(seen.matches_all(STATUS::CODE::Broken));
/// ```
pub mod fields {
    pub use tock_registers::fields::{Field, FieldValue, TryFromValue};
    pub use tock_registers::{LocalRegisterCopy, RegisterLongName, UIntLike};
}

impl<S, T, W, L, P> Readable for Register<'_, S, T, Rights<read::Plain, W>, L, P>
where
    S: Access<T>,
    T: UIntLike,
    L: RegisterLongName,
    P: Place,
{
    type T = T;
    type R = L;

    #[inline(always)]
    fn get(&self) -> T {
        self.load()
    }
}

impl<S, T, R, L, P> Writeable for Register<'_, S, T, Rights<R, write::Plain>, L, P>
where
    S: Access<T>,
    T: UIntLike,
    L: RegisterLongName,
    P: Place,
{
    type T = T;
    type R = L;

    #[inline(always)]
    fn set(&self, value: T) {
        self.store(value);
    }
}
