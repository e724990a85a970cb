//! Random commands, mappings and closes, with arguments that try to do harm.
#![forbid(unsafe_code)]

use std::fs::File;
use std::sync::atomic::AtomicU8;

use backend_kernel_abi as abi;
use rustix::mm::{MapFlags, ProtFlags};

use crate::random::Random;
use crate::raw::{self, View, Words};
use crate::{debug, device, processes};

/// Steps, if the environment names no other number in `HOSTILE_STEPS`.
const STEPS: u64 = 5_000;

/// So often it is said how far the steps are: silence would look like a kernel that hangs.
const SAID: u64 = 10;

/// Set for a program that is not the only one.
const BESIDE: &str = "HOSTILE_BESIDE";

const COMMANDS: [u32; 14] = [
    abi::GET_VERSION,
    abi::GET_INFO,
    abi::SET_MASK,
    abi::ALLOCATE,
    abi::FREE,
    abi::MAP,
    abi::GET_RUNS,
    abi::SYNC,
    abi::SET_INTERRUPTS,
    abi::SET_EVENT,
    abi::REARM,
    abi::SET_MASTER,
    abi::RESET,
    abi::SET_SHARED,
];

/// Numbers at which things break: nothing, little, pages, ends of ranges, all ones.
const EDGES: [u64; 22] = [
    0,
    1,
    2,
    3,
    4,
    7,
    24,
    32,
    64,
    0xfff,
    0x1000,
    0x2000,
    0x1_0000,
    0x40_0000,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    1 << 32,
    (1 << 32) - 4096,
    1 << 56,
    1 << 63,
    u64::MAX,
];

/// Words as a structure: mostly edges, two to a word, sometimes memory of this process.
fn words(random: &mut Random, room: &[AtomicU8]) -> Words {
    let mut words = [0; 64];
    let used = random.below(9) as usize;
    for word in &mut words[..used] {
        *word = match random.below(8) {
            0 => random.next(),
            1 => room.as_ptr().addr() as u64 & !0xfff,
            2 => random.one_of(&EDGES) << 32 | (random.one_of(&EDGES) & 0xffff_ffff),
            3 | 4 => random.below(4) << 32 | random.below(4),
            5 => (random.below(4) + 1) << 12,
            _ => random.one_of(&EDGES),
        };
    }
    words
}

fn offset(random: &mut Random) -> u64 {
    let start = match random.below(4) {
        0 => random.next(),
        1 => abi::BAR_OFFSET + (random.below(8) << abi::BAR_SHIFT),
        2 => (random.below(6) + 1) << abi::OFFSET_SHIFT,
        _ => random.one_of(&EDGES),
    };
    (start.wrapping_add(random.below(3) << 12)) & !0xfff & (u64::MAX >> 1)
}

/// One step; the answer does not matter, as long as there is one.
fn step(random: &mut Random, files: &mut Vec<File>, views: &mut Vec<View>, room: &[AtomicU8]) {
    let Some(file) = (!files.is_empty()).then(|| random.below(files.len() as u64) as usize) else {
        files.extend(raw::open());
        return;
    };
    match random.below(16) {
        0 => files.extend(raw::open()),
        1 => drop(files.swap_remove(file)),
        2 | 3 => {
            let length = random.one_of(&[1, 0x1000, 0x2000, 0x10_0000, 0x40_0000]) as usize;
            let access = ProtFlags::from_bits_retain(random.below(8) as u32);
            let flags = if random.below(4) == 0 { MapFlags::PRIVATE } else { MapFlags::SHARED };
            views.extend(View::map(&files[file], offset(random), length, access, flags));
        }
        4 if !views.is_empty() => {
            let view = random.below(views.len() as u64) as usize;
            drop(views.swap_remove(view));
        }
        5 => {
            let number = COMMANDS[random.below(14) as usize];
            let _ = raw::command_nowhere(&files[file], number);
        }
        6 => {
            // Numbers that are none: another length, direction, or number.
            let number = COMMANDS[random.below(14) as usize] ^ (1 << random.below(24));
            // Not longer than the words are.
            let number = number & !(0x3e00 << 16);
            let _ = raw::command(&files[file], number, &mut words(random, room));
        }
        _ => {
            let number = COMMANDS[random.below(14) as usize];
            // A reset takes a tenth of a second and more.
            if number != abi::RESET || random.below(50) == 0 {
                let _ = raw::command(&files[file], number, &mut words(random, room));
            }
        }
    }
    if views.len() > 40 {
        views.drain(..20);
    }
}

/// Steps by chance from a seed.
fn steps(steps: u64, seed: u64) {
    let mut random = Random(seed);
    // What the kernel may write to, if a command is taken for one that names it.
    let room: Vec<AtomicU8> = std::iter::repeat_with(AtomicU8::default).take(1 << 20).collect();
    let (mut files, mut views) = (Vec::new(), Vec::new());
    for made in 1..=steps {
        step(&mut random, &mut files, &mut views, &room);
        if made % steps.div_ceil(SAID) == 0 {
            println!("made {made} of {steps} steps");
        }
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

// Nonsense is answered, whatever it is and in whatever order it comes, and harms nobody: the kernel
// does not complain, nothing stays mapped, and the card does an honest transfer afterwards.
#[test]
#[ignore = "gives the kernel nonsense: for guests"]
fn nonsense_is_answered() {
    let (count, seed) = (number("HOSTILE_STEPS", STEPS), number("HOSTILE_SEED", 1));
    steps(count, seed);
    if std::env::var_os(BESIDE).is_some() {
        // Another program is at it, too, and what it has is there still.
        return;
    }
    debug::nothing_is_left();
    device::carries(0x5eed ^ seed);
    println!("{count} steps from seed {seed}");
}

// Two programs at once that do so harm neither the kernel nor each other: both come to their end.
#[test]
#[ignore = "gives the kernel nonsense: for guests"]
fn nonsense_of_two_programs_is_answered() {
    let (count, seed) = (number("HOSTILE_STEPS", STEPS), number("HOSTILE_SEED", 1));
    let start = |which: u64| {
        let mut program = processes::again("hostile::nonsense_is_answered");
        program.env("HOSTILE_STEPS", (count / 2).to_string());
        program.env("HOSTILE_SEED", (seed + which).to_string());
        program.env(BESIDE, "").spawn().unwrap()
    };
    for mut program in [start(1), start(2)] {
        assert!(program.wait().unwrap().success());
    }
    debug::nothing_is_left();
    device::carries(0x2_5eed ^ seed);
    println!("{count} steps of two programs from seeds {} and {}", seed + 1, seed + 2);
}
