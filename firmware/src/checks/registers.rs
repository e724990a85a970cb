//! The controller's registers are those of its description.

use conformance::{Halt, Value};
use dma_core::{Access, Allocate, Error, Narrow, Signal};
use register_map::description::{BlockDescription, Described, ReadKind};
use register_map::pl081::{self as map, Pl081, channel as channel_map};
use register_map::{ReadWriteable, Readable, Window, Writeable};

use super::bench::{Bench, equal, failed};

/// How many registers of the controller may be read, those of rows and channels each.
const READABLE: usize = 30;

/// Every register that may be read holds its reset value, in the bits that have one.
pub(super) fn reset_values<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Allocate<Error = Error>,
    G: Signal,
{
    equal(block(bench.space(), 0, Pl081::DESCRIPTION)?, READABLE, "registers that may be read")
}

fn block(
    space: &impl Access<u32>,
    start: usize,
    block: &'static BlockDescription,
) -> Result<usize, Halt> {
    let mut checked = 0;
    for register in block.registers.iter().filter(|each| each.read == ReadKind::Plain) {
        for index in 0..register.length {
            let offset = start + register.offset + index * register.stride;
            // SAFETY: the description's offsets lie in the block and are multiples of 4; a plain
            // read has no side effects.
            let value = u64::from(unsafe { space.load(offset) });
            let (seen, reset) =
                (value & register.reset_mask, register.reset_value & register.reset_mask);
            if seen != reset {
                let (seen, reset) = (Value::Hexadecimal(seen), Value::Hexadecimal(reset));
                return Err(Halt::failed(register.name, reset, seen));
            }
            checked += 1;
        }
    }
    for cluster in block.clusters {
        for index in 0..cluster.length {
            let start = start + cluster.offset + index * cluster.stride;
            checked += self::block(space, start, cluster.block)?;
        }
    }
    Ok(checked)
}

/// Fields of the typed registers stand where the controller has them.
pub(super) fn fields<S, L, G>(bench: &mut Bench<S, L, G>) -> Result<(), Halt>
where
    S: Access<u32> + Narrow + Clone,
    L: Allocate<Error = Error>,
    G: Signal,
{
    use channel_map::CONTROL;
    // The controller is enabled and its channels are off, by this.
    drop(bench.parts()?);
    // SAFETY: a PL081, as the bench was promised.
    let window = unsafe { Window::<S, Pl081>::new(bench.space().clone()) };
    let window = window.map_err(|refused| failed("a window on the block", refused.error))?;
    equal(window.reg(map::CONFIGURATION).is_set(map::CONFIGURATION::E), true, "enabled")?;
    let big = window.reg(map::CONFIGURATION).is_set(map::CONFIGURATION::M);
    equal(big, false, "big-endian")?;
    equal(window.reg(map::ENBLD_CHNS).get(), 0, "channels that are enabled")?;

    let Some(channel) = window.cluster_at(map::CHANNEL, 1) else {
        return Err(Halt::failed("channel 1", "something", "nothing"));
    };
    let control = channel.reg(channel_map::CONTROL);
    let before = control.get();
    control.write(
        CONTROL::TRANSFER_SIZE.val(0x5a5)
            + CONTROL::S_WIDTH::HalfWord
            + CONTROL::D_WIDTH::Word
            + CONTROL::SI::SET,
    );
    let seen = control.extract();
    equal(seen.read(CONTROL::TRANSFER_SIZE), 0x5a5, "the transfer size")?;
    equal(seen.matches_all(CONTROL::S_WIDTH::HalfWord), true, "the source's width")?;
    equal(seen.matches_all(CONTROL::D_WIDTH::Word), true, "the destination's width")?;
    equal(seen.is_set(CONTROL::SI), true, "the source's increment")?;
    equal(seen.is_set(CONTROL::DI), false, "the destination's increment")?;
    // As the reference manual numbers the bits.
    equal(seen.get(), 0x5a5 | 1 << 18 | 2 << 21 | 1 << 26, "the whole register")?;
    control.modify(CONTROL::DI::SET);
    equal(control.is_set(CONTROL::DI), true, "the destination's increment, modified")?;
    equal(control.read(CONTROL::TRANSFER_SIZE), 0x5a5, "the size, left alone")?;
    control.set(before);
    Ok(())
}
