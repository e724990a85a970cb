//! What a card sees of the machine: [`Board`] and [`Bus`] over its slot.
#![forbid(unsafe_code)]

use super::journal::Happened;
use super::world::World;
use crate::card::{Board, Bus, BusFault};
use crate::clock::What;
use crate::injection::use_up;
use crate::iommu::{Cause, Denied, Fault, PAGE, READ, Reason, WRITE};
use crate::ram::{NothingThere, PAGE_BYTES};
use crate::shortcuts::{BLOCK, Reach};

/// A slot while its card acts.
pub(crate) struct Port<'a> {
    pub(crate) world: &'a mut World,
    pub(crate) slot: usize,
}

impl Board for Port<'_> {
    fn now(&self) -> u64 {
        self.world.now
    }

    fn after(&mut self, nanoseconds: u64, token: u64) {
        let slow = self.world.slots[self.slot].pending.slow_work.unwrap_or(1);
        let time = self.world.now.saturating_add(nanoseconds.saturating_mul(u64::from(slow)));
        self.world.events.plan(time, self.slot, What::Work(token));
    }

    fn raise(&mut self, vector: usize) {
        self.world.raise(self.slot, vector);
    }

    fn lower(&mut self, vector: usize) {
        if let Some(line) = self.world.slots[self.slot].vectors.get_mut(vector) {
            line.lower();
        }
    }

    fn complain(&mut self, complaint: &str) {
        self.world.complain(self.slot, complaint.to_owned());
    }
}

impl Bus for Port<'_> {
    fn read(&mut self, address: u64, bytes: &mut [u8]) -> Result<(), BusFault> {
        self.world.read(self.slot, address, bytes)
    }

    fn write(&mut self, address: u64, bytes: &[u8]) -> Result<(), BusFault> {
        self.world.write(self.slot, address, bytes)
    }
}

/// What became of an access before it met the IOMMU.
enum Admitted {
    /// It goes on with so many bytes.
    Bytes(usize),
    /// It ends here.
    Not(BusFault),
}

impl World {
    /// Memory as the device in `slot` reads it.
    #[inline]
    pub(crate) fn read(
        &mut self,
        slot: usize,
        address: u64,
        bytes: &mut [u8],
    ) -> Result<(), BusFault> {
        // Most accesses go a way that was learnt recently, and nobody watches.
        let port = &mut self.slots[slot];
        if port.plain && self.journal.is_none() {
            let reach = Reach { domain: port.domain, address, right: READ };
            if let Some(way) = self.ram.recent_way(reach)
                && way.length() >= bytes.len()
            {
                port.counters.reads += 1;
                port.counters.read_bytes += bytes.len() as u64;
                way.read(bytes);
                return Ok(());
            }
        }
        self.read_carefully(slot, address, bytes)
    }

    #[inline(never)]
    fn read_carefully(
        &mut self,
        slot: usize,
        address: u64,
        bytes: &mut [u8],
    ) -> Result<(), BusFault> {
        let length = match self.admit(slot, bytes.len()) {
            Admitted::Bytes(length) => length,
            Admitted::Not(fault) => return Err(fault),
        };
        let counters = &mut self.slots[slot].counters;
        counters.reads += 1;
        counters.read_bytes += length as u64;
        let result = self.read_pages(slot, address, &mut bytes[..length]);
        if self.journal.is_some() {
            let done = result.is_ok();
            self.note(slot, Happened::Memory { address, length, write: false, done });
        }
        result.map_err(|(at, denied)| self.deny(slot, at, false, denied))
    }

    /// Memory as the device in `slot` writes it.
    #[inline]
    pub(crate) fn write(
        &mut self,
        slot: usize,
        address: u64,
        bytes: &[u8],
    ) -> Result<(), BusFault> {
        // Most accesses go a way that was learnt recently, and nobody watches.
        let port = &mut self.slots[slot];
        if port.plain && self.journal.is_none() {
            let reach = Reach { domain: port.domain, address, right: WRITE };
            if let Some(way) = self.ram.recent_way(reach)
                && way.length() >= bytes.len()
            {
                port.counters.writes += 1;
                port.counters.written_bytes += bytes.len() as u64;
                way.write(bytes);
                return Ok(());
            }
        }
        self.write_carefully(slot, address, bytes)
    }

    #[inline(never)]
    fn write_carefully(&mut self, slot: usize, address: u64, bytes: &[u8]) -> Result<(), BusFault> {
        let length = match self.admit(slot, bytes.len()) {
            Admitted::Bytes(length) => length,
            Admitted::Not(fault) => return Err(fault),
        };
        let counters = &mut self.slots[slot].counters;
        counters.writes += 1;
        counters.written_bytes += length as u64;
        let result = self.write_pages(slot, address, &bytes[..length]);
        if self.journal.is_some() {
            let done = result.is_ok();
            self.note(slot, Happened::Memory { address, length, write: true, done });
        }
        result.map_err(|(at, denied)| self.deny(slot, at, true, denied))
    }

    fn admit(&mut self, slot: usize, length: usize) -> Admitted {
        if self.slots[slot].plain {
            Admitted::Bytes(length)
        } else {
            self.look_closer(slot, length)
        }
    }

    #[cold]
    fn look_closer(&mut self, slot: usize, length: usize) -> Admitted {
        let slot = &mut self.slots[slot];
        if slot.gone {
            return Admitted::Not(BusFault::Failed);
        }
        if !slot.mastering {
            slot.counters.dropped += 1;
            return Admitted::Not(BusFault::MasteringOff);
        }
        let fails = use_up(&mut slot.pending.fail_accesses);
        let short = if fails { None } else { slot.pending.short.take() };
        slot.refresh();
        slot.counters.failed_accesses += u64::from(fails);
        slot.counters.short_transfers += u64::from(short.is_some_and(|bytes| bytes < length));
        if fails {
            return Admitted::Not(BusFault::Failed);
        }
        Admitted::Bytes(short.map_or(length, |bytes| bytes.min(length)))
    }

    fn read_pages(
        &mut self,
        slot: usize,
        mut address: u64,
        mut bytes: &mut [u8],
    ) -> Result<(), (u64, Denied)> {
        let domain = self.slots[slot].domain;
        while !bytes.is_empty() {
            let reach = Reach { domain, address, right: READ };
            let mut done = self.ram.short_way(reach).map_or(0, |way| way.read(bytes));
            if done == 0 {
                self.learn(reach, bytes.len());
                done = self.ram.short_way(reach).map_or(0, |way| way.read(bytes));
            }
            if done == 0 {
                done = left_in_page(address).min(bytes.len());
                let physical = self.translate(domain, address, READ)?;
                let read = self.ram.read(physical, &mut bytes[..done]);
                read.map_err(|NothingThere(at)| nothing(address, physical, at))?;
            }
            address = address.wrapping_add(done as u64);
            bytes = &mut bytes[done..];
        }
        Ok(())
    }

    fn write_pages(
        &mut self,
        slot: usize,
        mut address: u64,
        mut bytes: &[u8],
    ) -> Result<(), (u64, Denied)> {
        let domain = self.slots[slot].domain;
        while !bytes.is_empty() {
            let reach = Reach { domain, address, right: WRITE };
            let mut done = self.ram.short_way(reach).map_or(0, |way| way.write(bytes));
            if done == 0 {
                self.learn(reach, bytes.len());
                done = self.ram.short_way(reach).map_or(0, |way| way.write(bytes));
            }
            if done == 0 {
                done = left_in_page(address).min(bytes.len());
                let physical = self.translate(domain, address, WRITE)?;
                match self.ram.write(physical, &bytes[..done]) {
                    Ok(()) => {}
                    Err(NothingThere(at)) if self.ram.has(at) => self.swallow(slot, address),
                    Err(NothingThere(at)) => return Err(nothing(address, physical, at)),
                }
            }
            address = address.wrapping_add(done as u64);
            bytes = &bytes[done..];
        }
        Ok(())
    }

    /// Remembers where the pages of an access lead, and the others of its blocks, as far as they
    /// lie side by side.
    #[cold]
    fn learn(&mut self, reach: Reach, length: usize) {
        let Some(Some(state)) = self.domains.get(reach.domain) else { return };
        let first = reach.address / PAGE;
        let last = reach.address.saturating_add(length.saturating_sub(1) as u64) / BLOCK;
        let (start, last) = (reach.address / BLOCK, last);
        let of_block = |block: u64| block * (BLOCK / PAGE);
        let leads = |page: u64| state.translate(page * PAGE, reach.right).ok();
        let before = (of_block(start)..first).rev().map_while(leads);
        let from = (first..=of_block(last) + (BLOCK / PAGE - 1)).map_while(leads);
        self.ram.remember(reach, before, from);
    }

    /// Where an address of the device leads.
    fn translate(&self, domain: usize, address: u64, right: u64) -> Result<u64, (u64, Denied)> {
        match self.domains.get(domain) {
            Some(Some(domain)) => domain.translate(address, right).map_err(|why| (address, why)),
            _ => Err((address, Denied { reason: Reason::NotMapped, level: 0 })),
        }
    }

    /// A write to memory that was mapped for reading, with no IOMMU to refuse it. It may be
    /// read-only for the whole process, so it is left alone; the card learns nothing, as with ROM.
    #[cold]
    fn swallow(&mut self, slot: usize, address: u64) {
        let what = format!("write to {address:#x} ignored: that memory was mapped for reading");
        self.complain(slot, what);
    }

    /// Writes a fault down, with what is known of the address.
    #[cold]
    fn deny(&mut self, slot: usize, iova: u64, write: bool, denied: Denied) -> BusFault {
        let port = &mut self.slots[slot];
        port.counters.faults += 1;
        let (requester, number) = (port.requester, port.domain);
        let Some(Some(domain)) = self.domains.get(number) else {
            return BusFault::Denied;
        };
        let others = self.domains.iter().enumerate().map(|(other, domain)| {
            other != number
                && domain.as_ref().is_some_and(|domain| {
                    domain.is_translating() && domain.translate(iova, READ | WRITE).is_ok()
                })
        });
        let cause = Cause::find(iova, denied.reason, domain, others, &self.ram);
        self.keep_fault(Fault {
            time: self.now,
            requester,
            iova,
            write,
            reason: denied.reason,
            cause,
            domain: number,
            missing: denied.level,
        });
        if denied.reason == Reason::NoMemory { BusFault::NoMemory } else { BusFault::Denied }
    }
}

/// Bytes from an address on to the end of its page.
fn left_in_page(address: u64) -> usize {
    usize::try_from(PAGE - address % PAGE).unwrap_or(PAGE_BYTES)
}

/// No memory answered at `at`, somewhere on from `physical`, where `address` leads.
#[cold]
fn nothing(address: u64, physical: u64, at: u64) -> (u64, Denied) {
    (address + (at - physical), Denied { reason: Reason::NoMemory, level: 0 })
}
