//! The registers of a made-up card, with one of each kind.

#![expect(dead_code, reason = "each program uses a part of it")]

use register_map::rights::{
    Doorbell, OneToClear, ReadEffect, ReadOnly, ReadWrite, Steering, WriteOnly,
};
use register_map::{Array, Block, Cluster, Def, Pair, register_bitfields};

#[derive(Debug)]
pub struct Card(());

impl Block for Card {
    const NAME: &'static str = "CARD";
    const SIZE: usize = 0x100;
    const ALIGNMENT: usize = 8;
}

#[derive(Debug)]
pub struct Channel(());

impl Block for Channel {
    const NAME: &'static str = "CHANNEL";
    const SIZE: usize = 0x10;
    const ALIGNMENT: usize = 4;
}

register_bitfields! { u32,
    pub STATUS_FIELDS [ BUSY OFFSET(0) NUMBITS(1) [] ],
    pub CONTROL_FIELDS [ ENABLE OFFSET(0) NUMBITS(1) [] ]
}

type Status = STATUS_FIELDS::Register;
type Control = CONTROL_FIELDS::Register;

pub const STATUS: Def<Card, u32, ReadOnly, Status, 0x00> = Def::new(&Card(()));
pub const CONTROL: Def<Card, u32, ReadWrite, Control, 0x04> = Def::new(&Card(()));
pub const INTERRUPT: Def<Card, u32, OneToClear, Status, 0x08> = Def::new(&Card(()));
pub const TAKEN: Def<Card, u32, ReadEffect, Status, 0x0c> = Def::new(&Card(()));
pub const RESET: Def<Card, u32, WriteOnly, (), 0x10> = Def::new(&Card(()));
pub const COMMAND: Def<Card, u32, Doorbell, Control, 0x14> = Def::new(&Card(()));
pub const ADDRESS: Def<Card, u64, Steering, (), 0x18> = Def::new(&Card(()));
pub const SHORT_ADDRESS: Def<Card, u32, Steering, (), 0x20> = Def::new(&Card(()));
pub const SOURCE: Pair<Card, Steering, 0x28, 0x2c, false> = Pair::new(&Card(()));
pub const SOURCE_LOW: Def<Card, u32, Steering, (), 0x28> = Def::new(&Card(()));
pub const VECTORS: Array<Card, u32, ReadWrite, (), 0x40, 4, 8> = Array::new(&Card(()));
pub const CHANNELS: Cluster<Card, Channel, 0x80, 0x10, 4> = Cluster::new(&Card(()));

pub const OUTSIDE: Def<Card, u32, ReadWrite, (), 0x100> = Def::new(&Card(()));
pub const MISALIGNED: Def<Card, u32, ReadWrite, (), 0x06> = Def::new(&Card(()));
pub const ROW_OUTSIDE: Array<Card, u32, ReadWrite, (), 0xf8, 4, 3> = Array::new(&Card(()));
pub const SHIFTED: Cluster<Card, Channel, 0x82, 0x10, 1> = Cluster::new(&Card(()));

pub const LENGTH: Def<Channel, u32, ReadWrite, (), 0xc> = Def::new(&Channel(()));
