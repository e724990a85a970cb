//! The registers of a made-up card, with one of each kind.

#![expect(dead_code, reason = "each program uses a part of it")]

use register_map::rights::{
    Doorbell, OneToClear, ReadEffect, ReadOnly, ReadWrite, Steering, WriteOnly,
};
use register_map::{Array, Block, Cluster, Def, Pair, register_bitfields};

#[derive(Debug)]
pub struct TestCard(());

impl Block for TestCard {
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

pub const STATUS: Def<TestCard, u32, ReadOnly, Status, 0x00> = Def::new(&TestCard(()));
pub const CONTROL: Def<TestCard, u32, ReadWrite, Control, 0x04> = Def::new(&TestCard(()));
pub const INTERRUPT: Def<TestCard, u32, OneToClear, Status, 0x08> = Def::new(&TestCard(()));
pub const TAKEN: Def<TestCard, u32, ReadEffect, Status, 0x0c> = Def::new(&TestCard(()));
pub const RESET: Def<TestCard, u32, WriteOnly, (), 0x10> = Def::new(&TestCard(()));
pub const COMMAND: Def<TestCard, u32, Doorbell, Control, 0x14> = Def::new(&TestCard(()));
pub const ADDRESS: Def<TestCard, u64, Steering, (), 0x18> = Def::new(&TestCard(()));
pub const SHORT_ADDRESS: Def<TestCard, u32, Steering, (), 0x20> = Def::new(&TestCard(()));
pub const SOURCE: Pair<TestCard, Steering, 0x28, 0x2c, false> = Pair::new(&TestCard(()));
pub const SOURCE_LOW: Def<TestCard, u32, Steering, (), 0x28> = Def::new(&TestCard(()));
pub const VECTORS: Array<TestCard, u32, ReadWrite, (), 0x40, 4, 8> = Array::new(&TestCard(()));
pub const CHANNELS: Cluster<TestCard, Channel, 0x80, 0x10, 4> = Cluster::new(&TestCard(()));

pub const OUTSIDE: Def<TestCard, u32, ReadWrite, (), 0x100> = Def::new(&TestCard(()));
pub const MISALIGNED: Def<TestCard, u32, ReadWrite, (), 0x06> = Def::new(&TestCard(()));
pub const ROW_OUTSIDE: Array<TestCard, u32, ReadWrite, (), 0xf8, 4, 3> = Array::new(&TestCard(()));
pub const SHIFTED: Cluster<TestCard, Channel, 0x82, 0x10, 1> = Cluster::new(&TestCard(()));

pub const LENGTH: Def<Channel, u32, ReadWrite, (), 0xc> = Def::new(&Channel(()));
