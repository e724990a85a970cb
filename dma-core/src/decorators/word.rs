//! The words that registers are made of, as one number.
#![forbid(unsafe_code)]

mod sealed {
    pub trait Sealed {}
}

/// A register's word: `u8`, `u16`, `u32` or `u64`.
///
/// Decorators show every width as a `u64`. The trait is sealed.
pub trait Word: Copy + sealed::Sealed {
    /// The value, with zeros above.
    fn widen(self) -> u64;

    /// The low bits of `value`.
    fn cut(value: u64) -> Self;
}

macro_rules! words {
    ($($word:ty),*) => { $(
        impl sealed::Sealed for $word {}

        impl Word for $word {
            #[inline]
            fn widen(self) -> u64 {
                u64::from(self)
            }

            #[inline]
            #[expect(clippy::cast_possible_truncation, reason = "the low bits are what is asked for")]
            fn cut(value: u64) -> Self {
                value as Self
            }
        }
    )* };
}

words!(u8, u16, u32);

impl sealed::Sealed for u64 {}

impl Word for u64 {
    #[inline]
    fn widen(self) -> u64 {
        self
    }

    #[inline]
    fn cut(value: u64) -> Self {
        value
    }
}
