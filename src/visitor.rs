//! A device as a type parameter: no enum on the transfer path.
#![forbid(unsafe_code)]

use dma_core::{Backend, Map};

use crate::card::CardSpace;
use crate::device::Road;
use crate::{OpenError, forward};

/// What to do with a device, for each backend the compiler's own copy.
///
/// # Examples
///
/// ```
/// use anydma::{CardSpace, DeviceVisitor, Duplex, prelude::*};
///
/// /// How much memory the card has.
/// struct CardMemory;
///
/// impl DeviceVisitor for CardMemory {
///     type Output = Result<u64, OpenError>;
///
///     fn visit<B>(self, device: B) -> Self::Output
///     where
///         B: Backend<Space: CardSpace, Lender: Map>,
///     {
///         let card: Duplex<B> = Duplex::open(&device)?;
///         Ok(card.window().length)
///     }
/// }
///
/// assert_eq!(with_device("mock:edu", CardMemory)??, 4096);
/// # Ok::<(), anydma::OpenError>(())
/// ```
pub trait DeviceVisitor {
    /// What comes out.
    type Output;

    /// Is called with the device, as the backend's own type.
    fn visit<B>(self, device: B) -> Self::Output
    where
        B: Backend<Space: CardSpace, Lender: Map>;
}

/// Opens the device that a [`Uri`](crate::Uri) names and visits it.
///
/// # Errors
///
/// As [`Device::open`](crate::Device::open).
pub fn with_device<V: DeviceVisitor>(uri: &str, visitor: V) -> Result<V::Output, OpenError> {
    Ok(Road::open(uri)?.visit(visitor))
}

impl Road {
    pub(crate) fn visit<V: DeviceVisitor>(self, visitor: V) -> V::Output {
        forward::each!(self, device => visitor.visit(device))
    }
}
