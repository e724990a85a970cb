//! An NVMe controller by hand: one queue, reads of 4 KiB.
//!
//! Source: NVM Express Base Specification 1.4, sections 3.1, 4.2 and 4.6.
#![forbid(unsafe_code)]

use std::io;

use super::vfio::{Device, IOVA};

/// Entries of the queue.
const ENTRIES: u32 = 64;
/// Where things are in the mapped memory.
const ADMIN: u32 = 0;
const ADMIN_DONE: u32 = 0x1000;
const QUEUE: u32 = 0x2000;
const DONE: u32 = 0x3000;
const DATA: u32 = 0x1_0000;

const PAGE: u32 = 4096;
/// Blocks of 512 bytes in one read, less one.
const BLOCKS: u32 = 7;

/// A controller with one queue.
#[derive(Debug)]
pub struct Nvme {
    device: Device,
    tail: u32,
    head: u32,
    phase: u32,
}

impl Nvme {
    /// Switches the controller on and makes one queue, with an interrupt or without.
    ///
    /// # Errors
    ///
    /// The kernel's; `Other` if the controller refuses something.
    pub fn open(place: &str, interrupt: bool) -> io::Result<Self> {
        let device = Device::open(place)?;
        device.store(0x14, 0);
        while device.load(0x1c) & 1 != 0 {
            std::hint::spin_loop();
        }
        // Admin queues of 16 entries.
        device.store(0x24, 15 << 16 | 15);
        for (register, at) in [(0x28, ADMIN), (0x30, ADMIN_DONE)] {
            device.store(register, low(at));
            device.store(register + 4, 0);
        }
        device.store(0x14, 4 << 20 | 6 << 16 | 1);
        while device.load(0x1c) & 1 == 0 {
            std::hint::spin_loop();
        }
        let size = (ENTRIES - 1) << 16 | 1;
        let interrupt = u32::from(interrupt) << 1;
        for (number, opcode, ring, how) in [(0, 5, DONE, interrupt | 1), (1, 1, QUEUE, 1 << 16 | 1)]
        {
            command(&device, ADMIN + number * 64, [opcode, 0, low(ring), size, how, 0]);
            device.store(0x1000, number + 1);
            while device.read(ADMIN_DONE + number * 16 + 12) >> 16 & 1 == 0 {
                std::hint::spin_loop();
            }
            if device.read(ADMIN_DONE + number * 16 + 12) >> 17 != 0 {
                return Err(io::Error::other("the controller refuses a queue"));
            }
            device.store(0x1004, number + 1);
        }
        Ok(Self { device, tail: 0, head: 0, phase: 1 })
    }

    /// Writes a read of 4 KiB into slot `slot` of the data, without a doorbell.
    pub fn read(&mut self, slot: u32, block: u32) {
        let data = low(DATA + slot * PAGE);
        command(&self.device, QUEUE + self.tail * 64, [slot << 16 | 2, 1, data, block, 0, BLOCKS]);
        self.tail = (self.tail + 1) % ENTRIES;
    }

    /// Rings the doorbell.
    pub fn kick(&mut self) {
        self.device.store(0x1008, self.tail);
    }

    /// The slot of the next read that has ended, if one has.
    pub fn next_ended(&mut self) -> Option<u32> {
        let word = self.device.read(DONE + self.head * 16 + 12);
        if word >> 16 & 1 != self.phase {
            return None;
        }
        self.head = (self.head + 1) % ENTRIES;
        if self.head == 0 {
            self.phase ^= 1;
        }
        Some(word & 0xffff)
    }

    /// Tells how far completions were looked at.
    pub fn give_back(&self) {
        self.device.store(0x100c, self.head);
    }

    /// Sleeps until the interrupt.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn sleep(&self) -> io::Result<()> {
        self.device.sleep()
    }
}

/// Where the device finds a place of the memory: it is below 4 GiB.
const fn low(at: u32) -> u32 {
    IOVA + at
}

/// The words of a command that are not zero: head, namespace, first address, and three more.
fn command(device: &Device, at: u32, [head, namespace, data, ten, eleven, twelve]: [u32; 6]) {
    for word in 0..16 {
        let value = match word {
            0 => head,
            1 => namespace,
            6 => data,
            10 => ten,
            11 => eleven,
            12 => twelve,
            _ => 0,
        };
        device.write(at + word * 4, value);
    }
}
