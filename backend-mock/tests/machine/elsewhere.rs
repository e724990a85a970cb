//! Card models on another machine than ours: they know nothing of it.
//!
//! The whole of what a model sees is [`Board`] and [`Bus`]. So one can be served to an emulator, as
//! a real PCI device that a real kernel and a real IOMMU meet; here the other machine is a few
//! lines of this test.
#![forbid(unsafe_code)]

use std::collections::VecDeque;

use backend_mock::card::{Board, Bus, BusFault, Card, Place};
use backend_mock::{EduCard, Pl081Card, XdmaCard};

/// A machine whose memory is a vector, from address 0x1000 on.
#[derive(Default)]
struct Elsewhere {
    now: u64,
    planned: VecDeque<(u64, u64)>,
    memory: Vec<u8>,
    raised: Vec<usize>,
    complaints: Vec<String>,
    /// Accesses that are still to fail.
    failing: u32,
    /// Accesses of memory so far.
    accesses: u32,
}

const BASE: u64 = 0x1000;

impl Elsewhere {
    fn part(&mut self, address: u64, length: usize) -> Result<&mut [u8], BusFault> {
        self.accesses += 1;
        if self.failing > 0 {
            self.failing -= 1;
            return Err(BusFault::Failed);
        }
        let at = usize::try_from(address.wrapping_sub(BASE)).unwrap_or(usize::MAX);
        let end = at.checked_add(length).ok_or(BusFault::NoMemory)?;
        self.memory.get_mut(at..end).ok_or(BusFault::NoMemory)
    }

    /// Everything that a card planned, in its order.
    fn run(&mut self, card: &mut impl Card) {
        while let Some(first) = self.planned.iter().copied().min() {
            self.planned.retain(|planned| *planned != first);
            self.now = self.now.max(first.0);
            card.run(self, first.1);
        }
    }
}

impl Board for Elsewhere {
    fn now(&self) -> u64 {
        self.now
    }

    fn after(&mut self, nanoseconds: u64, token: u64) {
        self.planned.push_back((self.now + nanoseconds, token));
    }

    fn raise(&mut self, vector: usize) {
        self.raised.push(vector);
    }

    fn lower(&mut self, _: usize) {}

    fn complain(&mut self, complaint: &str) {
        self.complaints.push(complaint.to_owned());
    }
}

impl Bus for Elsewhere {
    fn read(&mut self, address: u64, bytes: &mut [u8]) -> Result<(), BusFault> {
        bytes.copy_from_slice(self.part(address, bytes.len())?);
        Ok(())
    }

    fn write(&mut self, address: u64, bytes: &[u8]) -> Result<(), BusFault> {
        self.part(address, bytes.len())?.copy_from_slice(bytes);
        Ok(())
    }
}

fn store(card: &mut impl Card, machine: &mut Elsewhere, registers: &[(usize, u64)], width: usize) {
    for &(offset, value) in registers {
        card.store(machine, Place { region: 0, offset, width }, value);
    }
}

// A transfer each way: nothing moves inside a register access, all of it when its time has come.
#[test]
fn edu_works_on_another_machine() {
    let mut machine = Elsewhere { memory: (0..64).collect(), ..Elsewhere::default() };
    let mut card = EduCard::new();
    let (there, back) = (BASE, BASE + 32);
    store(&mut card, &mut machine, &[(0x80, there), (0x88, 0x4_0000), (0x90, 32), (0x98, 5)], 8);
    assert_eq!((machine.accesses, machine.planned.len()), (0, 1));
    machine.run(&mut card);
    assert_eq!(machine.raised, [0]);
    store(&mut card, &mut machine, &[(0x80, 0x4_0000), (0x88, back), (0x90, 32), (0x98, 3)], 8);
    machine.run(&mut card);
    assert_eq!(machine.memory[32..], (0..32).collect::<Vec<u8>>());
    assert_eq!(machine.complaints, [""; 0]);
}

// A copy from memory to memory; a bus that fails is an error that the controller reports.
#[test]
fn pl081_works_on_another_machine() {
    let mut machine = Elsewhere { memory: (0..64).collect(), ..Elsewhere::default() };
    let mut card = Pl081Card::new();
    // Sixteen words, both addresses counting up, and an interrupt at the end.
    let control = 1 << 31 | 1 << 27 | 1 << 26 | 2 << 21 | 2 << 18 | 8;
    let copy = [
        (0x030, 1),
        (0x100, BASE),
        (0x104, BASE + 32),
        (0x108, 0),
        (0x10c, control),
        (0x110, 0xc001),
    ];
    store(&mut card, &mut machine, &copy, 4);
    assert_eq!(machine.accesses, 0);
    machine.run(&mut card);
    assert_eq!(machine.memory[32..], (0..32).collect::<Vec<u8>>());
    let status = |card: &mut Pl081Card, machine: &mut Elsewhere, offset| {
        card.load(machine, Place { region: 0, offset, width: 4 })
    };
    assert_eq!(status(&mut card, &mut machine, 0x004), 1);
    store(&mut card, &mut machine, &[(0x008, 1)], 4);
    machine.failing = 1;
    store(&mut card, &mut machine, &copy, 4);
    machine.run(&mut card);
    assert_eq!(status(&mut card, &mut machine, 0x00c), 1);
}

// A descriptor is fetched from the other machine's memory, and so are the bytes that it names.
#[test]
fn xdma_works_on_another_machine() {
    let mut machine = Elsewhere { memory: vec![0; 256], ..Elsewhere::default() };
    let bytes: Vec<u8> = (100..164).collect();
    machine.memory[64..128].copy_from_slice(&bytes);
    let descriptor = [0xad4b_0013_u32, 64, 0x1040, 0, 0x20, 0, 0, 0];
    for (word, place) in descriptor.iter().zip(machine.memory.as_chunks_mut().0) {
        *place = word.to_le_bytes();
    }
    let mut card = XdmaCard::new().memory_size(4096);
    let start = [(0x4080, BASE), (0x4084, 0), (0x4088, 0), (0x0004, 7)];
    store(&mut card, &mut machine, &start, 4);
    assert_eq!(machine.accesses, 0);
    machine.run(&mut card);
    assert_eq!(card.memory()[0x20..0x60], bytes);
    let completed = Place { region: 0, offset: 0x48, width: 4 };
    assert_eq!(card.load(&mut machine, completed), 1);
    assert_eq!(machine.complaints, [""; 0]);
}
