//! An NVM Express controller with one disk, and queues that end in any order.
//!
//! It fetches commands when a doorbell was rung, and takes a time for each that one chooses, in
//! turn: so commands overtake one another. Data moves, and a completion is written, when a
//! command's time has come.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use dma_core::Identity;
use register_map::Block as _;
use register_map::nvme::{
    self as map, completion_entry as done_map, submission_entry as command_map,
};

use super::low;
use crate::card::{Board, Bus, BusFault, Card, Place};

const COMMAND: usize = command_map::SubmissionEntry::SIZE;
const COMPLETION: usize = done_map::CompletionEntry::SIZE;
const REGION: usize = 16 * 1024;
const DOORBELLS: usize = 0x1000;
const VECTORS: usize = 16;
/// Entries of a queue, at most.
const DEEPEST: u32 = 1024;
const PAGE_BYTES: usize = 4096;
const PAGE: u64 = PAGE_BYTES as u64;
/// Bytes of a block.
const BLOCK: usize = 512;
/// How long a look at a queue takes, in nanoseconds.
const FETCH: u64 = 100;

/// Mass storage, non-volatile memory, NVM Express.
const CLASS: u32 = 0x01_0802;

const ENABLED: u32 = 1 << 0;
const READY: u32 = 1 << 0;

/// Status: kind in the bits from 8 on, code below.
const INVALID_OPCODE: u32 = 0x01;
const INVALID_FIELD: u32 = 0x02;
const TRANSFER_ERROR: u32 = 0x04;
const OUT_OF_RANGE: u32 = 0x80;
const INVALID_QUEUE: u32 = 0x101;
const UNRECOVERED_READ: u32 = 0x281;

/// A submission queue, as far as it was read.
#[derive(Debug)]
struct Submission {
    base: u64,
    entries: u32,
    head: u32,
    tail: u32,
    completion: u32,
}

/// A completion queue, as far as it was written.
#[derive(Debug)]
struct Completion {
    base: u64,
    entries: u32,
    head: u32,
    tail: u32,
    phase: bool,
    vector: Option<u32>,
}

/// A command that was fetched.
#[derive(Clone, Copy, Debug)]
struct Fetched {
    queue: u32,
    head: u32,
    words: [u32; 16],
}

/// What planned work is.
enum Work {
    Fetch(u32),
    End(u32),
}

/// The card. It answers to 1b36:0010, has one region of 16 KiB, and one disk of blocks of 512
/// bytes.
#[derive(Debug)]
pub struct NvmeCard {
    configuration: u32,
    status: u32,
    admin: u32,
    admin_bases: [u64; 2],
    submissions: BTreeMap<u32, Submission>,
    completions: BTreeMap<u32, Completion>,
    fetched: BTreeMap<u32, Fetched>,
    numbers: u32,
    disk: Vec<u8>,
    /// How long commands of disks take, in turn, in nanoseconds.
    delays: Vec<u64>,
    turn: usize,
    /// Blocks that cannot be read.
    broken: Option<u64>,
    stride: u32,
    /// Tells plans of before a reset.
    life: u64,
}

impl NvmeCard {
    /// A card with a disk of so many blocks, all zero; ten microseconds a command.
    #[must_use]
    pub fn new(blocks: usize) -> Self {
        Self {
            configuration: 0,
            status: 0,
            admin: 0,
            admin_bases: [0; 2],
            submissions: BTreeMap::new(),
            completions: BTreeMap::new(),
            fetched: BTreeMap::new(),
            numbers: 0,
            disk: vec![0; blocks * BLOCK],
            delays: vec![10_000],
            turn: 0,
            broken: None,
            stride: 0,
            life: 0,
        }
    }

    /// With commands that take these times, in turn, in nanoseconds.
    #[must_use]
    pub fn delays(mut self, nanoseconds: &[u64]) -> Self {
        self.delays = nanoseconds.to_vec();
        self
    }

    /// With doorbells that are 4 bytes apart, shifted left by `stride`.
    #[must_use]
    pub fn stride(mut self, stride: u32) -> Self {
        self.stride = stride & 0xf;
        self
    }

    /// Makes a block unreadable, or all readable again.
    pub fn break_block(&mut self, block: Option<u64>) {
        self.broken = block;
    }

    /// What is on the disk.
    #[must_use]
    pub fn disk(&self) -> &[u8] {
        &self.disk
    }

    /// What is on the disk, to change.
    #[must_use]
    pub fn disk_mut(&mut self) -> &mut [u8] {
        &mut self.disk
    }

    fn token(&self, work: &Work) -> u64 {
        let (kind, number) = match work {
            Work::Fetch(number) => (0, number),
            Work::End(number) => (1, number),
        };
        self.life << 33 | kind << 32 | u64::from(*number)
    }

    /// As after a reset of the controller: queues are forgotten, the disk is not.
    fn forget(&mut self) {
        self.submissions.clear();
        self.completions.clear();
        self.fetched.clear();
        (self.configuration, self.status) = (0, 0);
        self.life += 1;
    }

    fn configure(&mut self, board: &mut dyn Board, value: u32) {
        let was = self.configuration & ENABLED;
        if value & ENABLED == 0 {
            if was != 0 {
                self.forget();
            }
            self.configuration = value;
            return;
        }
        self.configuration = value;
        if was != 0 {
            return;
        }
        if value >> 16 & 0xff != 0x46 {
            board.complain("enabled with entries of other lengths than 64 and 16 bytes");
        }
        let [submission, completion] = self.admin_bases;
        let entries = (self.admin & 0xfff) + 1;
        let queue = Submission { base: submission, entries, head: 0, tail: 0, completion: 0 };
        self.submissions.insert(0, queue);
        let entries = (self.admin >> 16 & 0xfff) + 1;
        let vector = Some(0);
        let queue = Completion { base: completion, entries, head: 0, tail: 0, phase: true, vector };
        self.completions.insert(0, queue);
        self.status = READY;
    }

    fn ring(&mut self, board: &mut dyn Board, offset: usize, value: u32) {
        let number = low(((offset - DOORBELLS) >> (2 + self.stride)) as u64);
        let queue = number / 2;
        let known = if number.is_multiple_of(2) {
            let queue = self.submissions.get_mut(&queue).filter(|known| value < known.entries);
            queue.map(|known| known.tail = value)
        } else {
            let queue = self.completions.get_mut(&queue).filter(|known| value < known.entries);
            queue.map(|known| known.head = value)
        };
        match known {
            None => board.complain(&format!("doorbell {number} rung with {value}: no such queue")),
            Some(()) if number.is_multiple_of(2) => {
                board.after(FETCH, self.token(&Work::Fetch(queue)));
            }
            Some(()) => {}
        }
    }

    /// Fetches what the driver put into a queue.
    fn fetch(&mut self, bus: &mut dyn Bus, number: u32) {
        while let Some(queue) = self.submissions.get_mut(&number)
            && queue.head != queue.tail
        {
            let mut bytes = [0; COMMAND];
            let address = queue.base + u64::from(queue.head) * COMMAND as u64;
            if bus.read(address, &mut bytes).is_err() {
                // The controller has failed.
                self.status |= 1 << 1;
                return;
            }
            queue.head = (queue.head + 1) % queue.entries;
            let head = queue.head;
            let mut words = [0; 16];
            for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
                *word = u32::from_le_bytes(*bytes);
            }
            let fetched = Fetched { queue: number, head, words };
            if number == 0 {
                let (status, result) = self.administer(bus, &words);
                self.end(bus, fetched, status, result);
                continue;
            }
            self.numbers = self.numbers.wrapping_add(1);
            self.fetched.insert(self.numbers, fetched);
            let delay = self.delays.get(self.turn % self.delays.len().max(1)).copied();
            self.turn += 1;
            bus.after(delay.unwrap_or(0), self.token(&Work::End(self.numbers)));
        }
    }

    /// A command of the admin queue: its status and result.
    fn administer(&mut self, bus: &mut dyn Bus, words: &[u32; 16]) -> (u32, u32) {
        let (number, entries) = (words[10] & 0xffff, (words[10] >> 16) + 1);
        let base = u64::from(words[7]) << 32 | u64::from(words[6]);
        let sensible = number != 0 && (2..=DEEPEST).contains(&entries) && base % PAGE == 0;
        let status = match words[0] & 0xff {
            0x06 => self.identify(bus, words),
            0x05 if !sensible || self.completions.contains_key(&number) => INVALID_QUEUE,
            0x05 => {
                let vector = (words[11] & 2 != 0).then_some(words[11] >> 16);
                let queue = Completion { base, entries, head: 0, tail: 0, phase: true, vector };
                self.completions.insert(number, queue);
                0
            }
            0x01 if !sensible || self.submissions.contains_key(&number) => INVALID_QUEUE,
            0x01 => {
                let completion = words[11] >> 16;
                if self.completions.contains_key(&completion) {
                    let queue = Submission { base, entries, head: 0, tail: 0, completion };
                    self.submissions.insert(number, queue);
                    0
                } else {
                    INVALID_QUEUE
                }
            }
            0x00 => {
                self.fetched.retain(|_, fetched| fetched.queue != number);
                if self.submissions.remove(&number).is_some() { 0 } else { INVALID_QUEUE }
            }
            0x04 => {
                let used = self.submissions.values().any(|queue| queue.completion == number);
                let gone = !used && self.completions.remove(&number).is_some();
                if gone { 0 } else { INVALID_QUEUE }
            }
            _ => INVALID_OPCODE,
        };
        (status, 0)
    }

    fn identify(&self, bus: &mut dyn Bus, words: &[u32; 16]) -> u32 {
        let mut data = [0; PAGE_BYTES];
        match (words[10] & 0xff, words[1]) {
            (1, _) => {
                data[4..24].copy_from_slice(b"simulated           ");
                data[24..32].copy_from_slice(b"anydma  ");
                data[32..64].fill(b' ');
                // The longest transfer: 2 to the 7th pages.
                data[77] = 7;
                data[516] = 1;
            }
            (0, 1) => {
                let blocks = (self.disk.len() / BLOCK) as u64;
                for at in [0, 8, 16] {
                    data[at..at + 8].copy_from_slice(&blocks.to_le_bytes());
                }
                data[130] = 9;
            }
            _ => return INVALID_FIELD,
        }
        let Ok(pieces) = pieces(bus, words, data.len()) else { return TRANSFER_ERROR };
        let mut at = 0;
        for (address, length) in pieces {
            if bus.write(address, &data[at..at + length]).is_err() {
                return TRANSFER_ERROR;
            }
            at += length;
        }
        0
    }

    /// A command of the disk, when its time has come: its status.
    fn serve(&mut self, bus: &mut dyn Bus, words: &[u32; 16]) -> u32 {
        let opcode = words[0] & 0xff;
        if opcode == 0 {
            return 0;
        }
        if opcode > 2 {
            return INVALID_OPCODE;
        }
        let block = u64::from(words[11]) << 32 | u64::from(words[10]);
        let count = u64::from(words[12] & 0xffff) + 1;
        let whole = (self.disk.len() / BLOCK) as u64;
        if words[1] != 1 || block.checked_add(count).is_none_or(|end| end > whole) {
            return OUT_OF_RANGE;
        }
        if opcode == 2 && self.broken.is_some_and(|at| (block..block + count).contains(&at)) {
            return UNRECOVERED_READ;
        }
        let at = usize::try_from(block).unwrap_or(0) * BLOCK;
        let length = usize::try_from(count).unwrap_or(0) * BLOCK;
        let Ok(pieces) = pieces(bus, words, length) else { return TRANSFER_ERROR };
        let mut at = at;
        for (address, length) in pieces {
            let bytes = &mut self.disk[at..at + length];
            let moved =
                if opcode == 2 { bus.write(address, bytes) } else { bus.read(address, bytes) };
            if moved.is_err() {
                return TRANSFER_ERROR;
            }
            at += length;
        }
        0
    }

    /// Writes the completion of a command, and interrupts.
    fn end(&mut self, bus: &mut dyn Bus, fetched: Fetched, status: u32, result: u32) {
        let Some(submission) = self.submissions.get(&fetched.queue) else { return };
        let Some(queue) = self.completions.get_mut(&submission.completion) else { return };
        if (queue.tail + 1) % queue.entries == queue.head {
            bus.complain("a completion queue overflows: its head is not told");
        }
        let id = fetched.words[0] >> 16;
        let (kind, code) = (status >> 8, status & 0xff);
        let last = id | u32::from(queue.phase) << 16 | code << 17 | kind << 25;
        let mut bytes = [0; COMPLETION];
        bytes[0..4].copy_from_slice(&result.to_le_bytes());
        bytes[8..12].copy_from_slice(&(fetched.head | fetched.queue << 16).to_le_bytes());
        bytes[12..16].copy_from_slice(&last.to_le_bytes());
        let address = queue.base + u64::from(queue.tail) * COMPLETION as u64;
        queue.tail = (queue.tail + 1) % queue.entries;
        if queue.tail == 0 {
            queue.phase = !queue.phase;
        }
        let vector = queue.vector;
        if bus.write(address, &bytes).is_err() {
            self.status |= 1 << 1;
            return;
        }
        if let Some(vector) = vector {
            bus.raise(vector as usize);
            bus.lower(vector as usize);
        }
    }
}

/// Where the data of a command is, page by page.
fn pieces(
    bus: &mut dyn Bus,
    words: &[u32; 16],
    length: usize,
) -> Result<Vec<(u64, usize)>, BusFault> {
    let pair = |at: usize| u64::from(words[at + 1]) << 32 | u64::from(words[at]);
    let (first, second) = (pair(6), pair(8));
    let room = |address: u64| usize::try_from(PAGE - address % PAGE).unwrap_or(0);
    let mut pieces = vec![(first, room(first).min(length))];
    let mut left = length - pieces[0].1;
    if left == 0 {
        return Ok(pieces);
    }
    if left <= room(second) && left <= PAGE_BYTES {
        pieces.push((second, left));
        return Ok(pieces);
    }
    let mut entry = second;
    while left > 0 {
        let mut bytes = [0; 8];
        bus.read(entry, &mut bytes)?;
        entry += 8;
        let address = u64::from_le_bytes(bytes);
        let piece = left.min(PAGE_BYTES);
        pieces.push((address, piece));
        left -= piece;
    }
    Ok(pieces)
}

impl Card for NvmeCard {
    fn identity(&self) -> Identity {
        map::DEVICE.identities[0]
    }

    fn class(&self) -> Option<u32> {
        Some(CLASS)
    }

    fn regions(&self) -> &[usize] {
        &[REGION]
    }

    fn vectors(&self) -> usize {
        VECTORS
    }

    fn load(&mut self, _: &mut dyn Board, place: Place) -> u64 {
        let bases = self.admin_bases;
        let value = match place.offset {
            // Queues of so many entries, contiguous; ready within half a second; the stride.
            0x00 => u64::from(DEEPEST - 1) | 1 << 16 | 1 << 24,
            0x04 => u64::from(self.stride) | 1 << 5,
            0x08 => 0x0001_0400,
            0x14 => self.configuration.into(),
            0x1c => self.status.into(),
            0x24 => self.admin.into(),
            0x28 | 0x30 => bases[(place.offset - 0x28) / 8],
            0x2c | 0x34 => bases[(place.offset - 0x28) / 8] >> 32,
            _ => 0,
        };
        if place.width == 8 { value } else { low(value).into() }
    }

    fn store(&mut self, board: &mut dyn Board, place: Place, value: u64) {
        if place.width != 4 {
            board.complain(&format!("{}-byte store at {:#x} ignored", place.width, place.offset));
            return;
        }
        let value = low(value);
        match place.offset {
            0x14 => self.configure(board, value),
            0x0c | 0x10 => {}
            0x24 => self.admin = value,
            0x28..=0x34 => {
                let base = &mut self.admin_bases[(place.offset - 0x28) / 8];
                *base = match place.offset & 4 {
                    0 => *base & !0xffff_ffff | u64::from(value & !0xfff),
                    _ => *base & 0xffff_ffff | u64::from(value) << 32,
                };
            }
            DOORBELLS.. => self.ring(board, place.offset, value),
            offset => board.complain(&format!("store at {offset:#x} ignored")),
        }
    }

    fn run(&mut self, bus: &mut dyn Bus, token: u64) {
        if token >> 33 != self.life {
            return;
        }
        let number = low(token);
        if token >> 32 & 1 == 0 {
            self.fetch(bus, number);
        } else if let Some(fetched) = self.fetched.remove(&number) {
            let status = self.serve(bus, &fetched.words);
            self.end(bus, fetched, status, 0);
        }
    }

    fn reset(&mut self) -> bool {
        self.forget();
        (self.admin, self.admin_bases) = (0, [0; 2]);
        true
    }
}
