//! Only the module that describes a block gives its registers their rights.

#[path = "support/card.rs"]
mod card;

use card::Card;
use register_map::Def;
use register_map::rights::ReadWrite;

const ADDRESS: Def<Card, u64, ReadWrite, (), 0x18> = Def::new(&Card(()));

fn attempt() -> usize {
    ADDRESS.offset()
}

fn main() {
    let _: fn() -> usize = attempt;
}
