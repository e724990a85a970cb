//! The card's place on the bus: configuration space, BAR 0, bus mastering.

use core::ptr::NonNull;

use dma_core::{DomainId, Mmio};
use pci_types::{Bar, CommandRegister, ConfigRegionAccess, EndpointHeader, PciAddress, PciHeader};

/// Configuration space of bus 0, a page a function.
const CONFIGURATION: usize = 0x3f00_0000;
/// Where BAR 0 is put: the start of what the bridge forwards.
const WINDOW: usize = 0x1000_0000;

/// The card's ids.
pub(crate) const VENDOR: u16 = 0x1234;
pub(crate) const DEVICE: u16 = 0x11e8;

/// Configuration space, memory-mapped.
struct Ecam;

impl Ecam {
    /// A register; `None` on another bus than the first one.
    fn place(address: PciAddress, offset: u16) -> Option<NonNull<u32>> {
        if address.bus() != 0 {
            return None;
        }
        let function = usize::from(address.device()) << 3 | usize::from(address.function());
        let place = CONFIGURATION + (function << 12) + usize::from(offset & 0xffc);
        NonNull::new(core::ptr::with_exposed_provenance_mut(place))
    }
}

impl ConfigRegionAccess for Ecam {
    unsafe fn read(&self, address: PciAddress, offset: u16) -> u32 {
        // SAFETY: the machine has the functions of bus 0 there, a page each; where there is no
        // function it answers with ones.
        Self::place(address, offset).map_or(u32::MAX, |place| unsafe { place.read_volatile() })
    }

    unsafe fn write(&self, address: PciAddress, offset: u16, value: u32) {
        if let Some(place) = Self::place(address, offset) {
            // SAFETY: as above; the caller answers for what it does.
            unsafe { place.write_volatile(value) };
        }
    }
}

/// The card, placed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Card {
    address: PciAddress,
    /// Bytes of BAR 0.
    size: usize,
}

impl Card {
    /// Looks for the card on bus 0 and puts its BAR 0 into place; bus mastering stays off.
    pub(crate) fn find() -> Option<Self> {
        let address = (0..32)
            .map(|device| PciAddress::new(0, 0, device, 0))
            .find(|&address| PciHeader::new(address).id(Ecam) == (VENDOR, DEVICE))?;
        let mut header = EndpointHeader::from_header(PciHeader::new(address), Ecam)?;
        header.update_command(Ecam, |command| {
            command - CommandRegister::MEMORY_ENABLE - CommandRegister::BUS_MASTER_ENABLE
        });
        let Some(Bar::Memory32 { size, .. }) = header.bar(0, Ecam) else { return None };
        // SAFETY: the bridge forwards this window, whose start is a multiple of the BAR's size, and
        // no other device has a part of it.
        unsafe { header.write_bar(0, Ecam, WINDOW) }.ok()?;
        header.update_command(Ecam, |command| command | CommandRegister::MEMORY_ENABLE);
        Some(Self { address, size: usize::try_from(size).ok()? })
    }

    /// The registers of BAR 0.
    pub(crate) fn registers(self) -> Option<Mmio> {
        let base = NonNull::new(core::ptr::with_exposed_provenance_mut(WINDOW))?;
        // SAFETY: `find` put the BAR there, where it stays; without an IOMMU the card masters the
        // bus with physical addresses.
        Some(unsafe { Mmio::new(base, self.size, DomainId::PHYSICAL, ()) })
    }

    /// Lets the card master the bus, or forbids it.
    pub(crate) fn set_bus_mastering(self, on: bool) {
        PciHeader::new(self.address).update_command(Ecam, |mut command| {
            command.set(CommandRegister::BUS_MASTER_ENABLE, on);
            command
        });
    }

    /// The number of its interrupt among those that the machine has for the bus: pins of
    /// neighbouring slots are wired to neighbouring lines.
    pub(crate) fn line(self) -> u32 {
        let header = EndpointHeader::from_header(PciHeader::new(self.address), Ecam);
        // Pins count from 1; 0 is none.
        let pin = header.map_or(1, |header| header.interrupt(Ecam).0);
        (u32::from(self.address.device()) + u32::from(pin) + 3) % 4
    }
}
