//! The registers of a made-up card, as the generator would write them.
#![forbid(unsafe_code)]

use register_map::rights::{
    Doorbell, OneToClear, ReadOnly, ReadWrite, Rights, Steering, read, write,
};
use register_map::{Array, Block, Cluster, Def, Pair};

/// The card.
#[derive(Debug)]
pub struct Card(());

impl Block for Card {
    const NAME: &'static str = "CARD";
    const SIZE: usize = 0x1_0000;
    const ALIGNMENT: usize = 8;
}

/// One channel of the card.
#[derive(Debug)]
pub struct Channel(());

impl Block for Channel {
    const NAME: &'static str = "CHANNEL";
    const SIZE: usize = 0x20;
    const ALIGNMENT: usize = 8;
}

/// Field of [`CONTROL`]: four bits from bit 4 up.
pub const MODE: register_map::fields::Field<u32, ()> = register_map::fields::Field::new(0xf, 4);

/// One byte.
pub const REVISION: Def<Card, u8, ReadWrite, (), 0x1> = Def::new(&Card(()));
/// Two bytes.
pub const STEPPING: Def<Card, u16, ReadWrite, (), 0x2> = Def::new(&Card(()));
/// Read only.
pub const STATUS: Def<Card, u32, ReadOnly, (), 0x10> = Def::new(&Card(()));
/// Read and written.
pub const CONTROL: Def<Card, u32, ReadWrite, (), 0x14> = Def::new(&Card(()));
/// Cleared by writing ones.
pub const INTERRUPT: Def<Card, u32, OneToClear, (), 0x18> = Def::new(&Card(()));
/// Starts the card.
pub const COMMAND: Def<Card, u32, Doorbell, (), 0x1c> = Def::new(&Card(()));
/// A 32-bit address.
pub const SHORT_ADDRESS: Def<Card, u32, Steering, (), 0x24> = Def::new(&Card(()));
/// 64 bits.
pub const COUNTER: Def<Card, u64, ReadWrite, (), 0x28> = Def::new(&Card(()));
/// A 64-bit address in one register.
pub const ADDRESS: Def<Card, u64, Steering, (), 0x30> = Def::new(&Card(()));
/// A 64-bit address in two registers, the low one first.
pub const SOURCE: Pair<Card, Steering, 0x38, 0x3c, false> = Pair::new(&Card(()));
/// The same, the high one first.
pub const TARGET: Pair<Card, Rights<read::Plain, write::Steers>, 0x40, 0x44, true> =
    Pair::new(&Card(()));
/// Registers in a row.
pub const VECTORS: Array<Card, u32, ReadWrite, (), 0x50, 4, 8> = Array::new(&Card(()));
/// The one special channel.
pub const MAIN: Cluster<Card, Channel, 0x100, 0x20, 1> = Cluster::new(&Card(()));
/// Farther away than an instruction of some processors reaches.
pub const FAR: Def<Card, u32, ReadWrite, (), 0x8004> = Def::new(&Card(()));

/// In a channel.
pub const LENGTH: Def<Channel, u32, ReadWrite, (), 0x8> = Def::new(&Channel(()));
