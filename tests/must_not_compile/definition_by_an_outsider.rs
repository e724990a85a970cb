//! Only the module that describes a block gives its registers their rights.

#[path = "support/card.rs"]
mod card;

use card::TestCard;
use register_map::Def;
use register_map::rights::ReadWrite;

const ADDRESS: Def<TestCard, u64, ReadWrite, (), 0x18> = Def::new(&TestCard(()));

fn attempt() -> usize {
    ADDRESS.offset()
}

fn main() {
    let _: fn() -> usize = attempt;
}
