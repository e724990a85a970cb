//! Loads and stores in the BARs of a device.

use std::collections::BTreeMap;

use anydma::dma_core::{Access, Backend as _, RegisterSpace as _};
use anydma::{Device, Space};

use crate::failure::Failure;
use crate::registers::Place;

/// A device with its regions, each mapped when it is first needed.
#[derive(Debug)]
pub(super) struct Bus {
    device: Device,
    spaces: BTreeMap<usize, Space>,
}

impl Bus {
    /// Bus mastering is off when a device is opened, and stays off.
    pub(super) const fn new(device: Device) -> Self {
        Self { device, spaces: BTreeMap::new() }
    }

    /// What a register holds. The caller has asked the description whether reading changes
    /// anything.
    pub(super) fn load(&mut self, place: Place) -> Result<u64, Failure> {
        let (space, offset) = self.space(place, "read")?;
        // SAFETY: `space` has checked that the access is aligned and inside the region; effects of
        // a load were asked for by whoever gave the command.
        Ok(unsafe { load(space, offset, place.bits) })
    }

    /// Gives a register a value. The caller has asked the description what that may do.
    pub(super) fn store(&mut self, place: Place, value: u64) -> Result<(), Failure> {
        let (space, offset) = self.space(place, "write")?;
        // SAFETY: `space` has checked that the access is aligned and inside the region; the device
        // may not master the bus, and what it does once it may was asked for.
        unsafe { store(space, offset, place.bits, value) };
        Ok(())
    }

    /// The region, and the offset in it, of an access that fits.
    fn space(&mut self, place: Place, verb: &str) -> Result<(&Space, usize), Failure> {
        let tried = || {
            format!("{verb} {} bits at {:#x} of region {}", place.bits, place.offset, place.region)
        };
        let space = match self.spaces.entry(place.region) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let space = self.device.region(place.region).map_err(|error| {
                    Failure::because(tried(), error)
                        .hint("the description may name a BAR that this device has not")
                })?;
                entry.insert(space)
            }
        };
        let bytes = place.bits as usize / 8;
        let offset = usize::try_from(place.offset).unwrap_or(usize::MAX);
        let inside = offset.checked_add(bytes).is_some_and(|end| end <= space.size());
        if !inside {
            return Err(Failure::because(
                tried(),
                format!("the region has {} bytes", space.size()),
            )
            .hint("the description is one of another card, or of another version of it"));
        }
        if !offset.is_multiple_of(bytes) || !space.alignment().is_multiple_of(bytes) {
            return Err(Failure::because(tried(), "that is not aligned")
                .hint("mend the description: a register lies at a multiple of its width"));
        }
        Ok((space, offset))
    }
}

/// One load of this width.
///
/// # Safety
///
/// As [`Access::load`].
unsafe fn load(space: &Space, offset: usize, bits: u32) -> u64 {
    match bits {
        // SAFETY: the caller keeps the contract, which is the same.
        8 => u64::from(unsafe { Access::<u8>::load(space, offset) }),
        // SAFETY: as above.
        16 => u64::from(unsafe { Access::<u16>::load(space, offset) }),
        // SAFETY: as above.
        32 => u64::from(unsafe { Access::<u32>::load(space, offset) }),
        // SAFETY: as above.
        _ => unsafe { Access::<u64>::load(space, offset) },
    }
}

/// One store of this width; bits beyond it are cut off.
///
/// # Safety
///
/// As [`Access::store`].
unsafe fn store(space: &Space, offset: usize, bits: u32, value: u64) {
    let [a, b, c, d, ..] = value.to_le_bytes();
    match bits {
        // SAFETY: the caller keeps the contract, which is the same.
        8 => unsafe { Access::<u8>::store(space, offset, a) },
        // SAFETY: as above.
        16 => unsafe { Access::<u16>::store(space, offset, u16::from_le_bytes([a, b])) },
        // SAFETY: as above.
        32 => unsafe { Access::<u32>::store(space, offset, u32::from_le_bytes([a, b, c, d])) },
        // SAFETY: as above.
        _ => unsafe { Access::<u64>::store(space, offset, value) },
    }
}
