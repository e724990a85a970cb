//! NVM Express controller, as its base specification has it: registers, doorbells, entries of
//! queues.
//!
//! Generated from `nvme.svd` by register-gen, as structures of volatile cells; changes belong
//! there.

use core::mem::offset_of;

use volatile_register::{RO, RW, WO};

/// Registers of the controller; registers of 64 bits are taken by halves.
#[repr(C)]
pub struct Nvme {
    /// Capabilities, bits `31:0`.
    pub cap_low: RO<u32>,
    /// Capabilities, bits `63:32`.
    pub cap_high: RO<u32>,
    /// Version of the specification that the controller keeps to.
    pub vs: RO<u32>,
    /// Masks the interrupts whose bits are written as 1; not with MSI-X.
    ///
    /// A one sets its bit.
    pub intms: RW<u32>,
    /// Lets the interrupts through whose bits are written as 1; not with MSI-X.
    ///
    /// A one clears its bit, so `modify` clears what it reads.
    pub intmc: RW<u32>,
    /// Configuration. It decides what addresses in entries mean, and lets the controller go.
    ///
    /// A write may start the device.
    pub cc: RW<u32>,
    _reserved0: [u8; 0x04],
    /// Status.
    pub csts: RO<u32>,
    _reserved1: [u8; 0x04],
    /// Entries of the admin queues.
    pub aqa: RW<u32>,
    /// Where the admin submission queue is, bits `31:0`.
    ///
    /// One half of the pair `ASQ`, through which it is written.
    pub asq_low: RW<u32>,
    /// Where the admin submission queue is, bits `63:32`.
    ///
    /// One half of the pair `ASQ`, through which it is written.
    pub asq_high: RW<u32>,
    /// Where the admin completion queue is, bits `31:0`.
    ///
    /// One half of the pair `ACQ`, through which it is written.
    pub acq_low: RW<u32>,
    /// Where the admin completion queue is, bits `63:32`.
    ///
    /// One half of the pair `ACQ`, through which it is written.
    pub acq_high: RW<u32>,
    _reserved2: [u8; 0xfc8],
    /// Doorbells, as far apart as CAP says: of queue n, twice n the new tail of its submission
    /// queue, and the one after it the new head of its completion queue.
    ///
    /// A write may start the device.
    pub doorbell: [WO<u32>; 64],
}

const _: () = {
    assert!(size_of::<Nvme>() == 0x1100);
    assert!(offset_of!(Nvme, cap_low) == 0x00);
    assert!(offset_of!(Nvme, cap_high) == 0x04);
    assert!(offset_of!(Nvme, vs) == 0x08);
    assert!(offset_of!(Nvme, intms) == 0x0c);
    assert!(offset_of!(Nvme, intmc) == 0x10);
    assert!(offset_of!(Nvme, cc) == 0x14);
    assert!(offset_of!(Nvme, csts) == 0x1c);
    assert!(offset_of!(Nvme, aqa) == 0x24);
    assert!(offset_of!(Nvme, asq_low) == 0x28);
    assert!(offset_of!(Nvme, asq_high) == 0x2c);
    assert!(offset_of!(Nvme, acq_low) == 0x30);
    assert!(offset_of!(Nvme, acq_high) == 0x34);
    assert!(offset_of!(Nvme, doorbell) == 0x1000);
};

/// One entry of a submission queue, 64 bytes in memory, little-endian.
///
/// `SubmissionEntry`, in memory.
pub mod submission_entry {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// One entry of a submission queue, 64 bytes in memory, little-endian.
    #[repr(C, align(64))]
    pub struct SubmissionEntry {
        /// What to do.
        pub command: RW<u32>,
        /// Namespace.
        pub nsid: RW<u32>,
        /// Depends on the command.
        pub dw2: RW<u32>,
        /// Depends on the command.
        pub dw3: RW<u32>,
        /// Where the metadata is, bits `31:0`.
        ///
        /// One half of the pair `METADATA`, through which it is written.
        pub metadata_low: RW<u32>,
        /// Where the metadata is, bits `63:32`.
        ///
        /// One half of the pair `METADATA`, through which it is written.
        pub metadata_high: RW<u32>,
        /// Where the data begins, bits `31:0`.
        ///
        /// One half of the pair `PRP1`, through which it is written.
        pub prp1_low: RW<u32>,
        /// Where the data begins, bits `63:32`.
        ///
        /// One half of the pair `PRP1`, through which it is written.
        pub prp1_high: RW<u32>,
        /// Where the second page of the data is, or a list of all but the first, bits `31:0`.
        ///
        /// One half of the pair `PRP2`, through which it is written.
        pub prp2_low: RW<u32>,
        /// Where the second page of the data is, or a list of all but the first, bits `63:32`.
        ///
        /// One half of the pair `PRP2`, through which it is written.
        pub prp2_high: RW<u32>,
        /// Depends on the command.
        pub dw10: RW<u32>,
        /// Depends on the command.
        pub dw11: RW<u32>,
        /// Depends on the command.
        pub dw12: RW<u32>,
        /// Depends on the command.
        pub dw13: RW<u32>,
        /// Depends on the command.
        pub dw14: RW<u32>,
        /// Depends on the command.
        pub dw15: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<SubmissionEntry>() == 0x40);
        assert!(offset_of!(SubmissionEntry, command) == 0x00);
        assert!(offset_of!(SubmissionEntry, nsid) == 0x04);
        assert!(offset_of!(SubmissionEntry, dw2) == 0x08);
        assert!(offset_of!(SubmissionEntry, dw3) == 0x0c);
        assert!(offset_of!(SubmissionEntry, metadata_low) == 0x10);
        assert!(offset_of!(SubmissionEntry, metadata_high) == 0x14);
        assert!(offset_of!(SubmissionEntry, prp1_low) == 0x18);
        assert!(offset_of!(SubmissionEntry, prp1_high) == 0x1c);
        assert!(offset_of!(SubmissionEntry, prp2_low) == 0x20);
        assert!(offset_of!(SubmissionEntry, prp2_high) == 0x24);
        assert!(offset_of!(SubmissionEntry, dw10) == 0x28);
        assert!(offset_of!(SubmissionEntry, dw11) == 0x2c);
        assert!(offset_of!(SubmissionEntry, dw12) == 0x30);
        assert!(offset_of!(SubmissionEntry, dw13) == 0x34);
        assert!(offset_of!(SubmissionEntry, dw14) == 0x38);
        assert!(offset_of!(SubmissionEntry, dw15) == 0x3c);
    };
}

/// One entry of a completion queue, 16 bytes in memory, little-endian.
///
/// `CompletionEntry`, in memory.
pub mod completion_entry {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// One entry of a completion queue, 16 bytes in memory, little-endian.
    #[repr(C, align(16))]
    pub struct CompletionEntry {
        /// Depends on the command.
        pub result: RW<u32>,
        /// Reserved.
        pub dw1: RW<u32>,
        /// How far the submission queue was read.
        pub queue: RW<u32>,
        /// Which command ended, and how.
        pub status: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<CompletionEntry>() == 0x10);
        assert!(offset_of!(CompletionEntry, result) == 0x00);
        assert!(offset_of!(CompletionEntry, dw1) == 0x04);
        assert!(offset_of!(CompletionEntry, queue) == 0x08);
        assert!(offset_of!(CompletionEntry, status) == 0x0c);
    };
}

/// One entry of a list of pages, little-endian.
///
/// `PrpEntry`, in memory.
pub mod prp_entry {
    use core::mem::offset_of;

    use volatile_register::RW;

    /// One entry of a list of pages, little-endian.
    #[repr(C, align(8))]
    pub struct PrpEntry {
        /// Where a page is, bits `31:0`.
        ///
        /// One half of the pair `PAGE`, through which it is written.
        pub page_low: RW<u32>,
        /// Where a page is, bits `63:32`.
        ///
        /// One half of the pair `PAGE`, through which it is written.
        pub page_high: RW<u32>,
    }

    const _: () = {
        assert!(size_of::<PrpEntry>() == 0x08);
        assert!(offset_of!(PrpEntry, page_low) == 0x00);
        assert!(offset_of!(PrpEntry, page_high) == 0x04);
    };
}
