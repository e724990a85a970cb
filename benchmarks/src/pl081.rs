//! A PL081 of the simulated machine, with an engine.

use backend_mock::{Machine, MockDevice, MockRegion, MockSignal, MockSpace, Pl081Card};
use channels::pl081::{Pl081, Pl081Channel};
use dma_core::{AddressMask, Allocate, Backend, Buffer, Engine, Error, Request};

use crate::transfers::{LARGEST, LENGTH, Transfers};

/// Segments of the list: more than the largest batch.
const DEPTH: usize = 64;

/// Transfers on a simulated PL081 with its linked list.
pub type OnPl081 = Transfers<Pl081Channel<MockSpace, MockRegion>, MockSignal, Buffer<MockRegion>>;

/// Plugs one in.
///
/// # Errors
///
/// As the machine and the channel.
pub fn transfers() -> Result<(MockDevice, OnPl081), Error> {
    let device = Machine::new().plug(Pl081Card::new());
    device.set_bus_mastering(true)?;
    let lend = |length| {
        let request = Request::bytes(length).within(AddressMask::bits(28));
        device.memory().allocate(request)
    };
    // SAFETY: the device was made above, and this is the only driver of it.
    let controller = unsafe { Pl081::new(device.region(0)?) };
    let (part, _) = controller.map_err(|refused| refused.error)?.split();
    let ring = Pl081Channel::<MockSpace, MockRegion>::ring_request(DEPTH);
    let ring = device.memory().allocate(ring)?;
    let channel = part.open(ring, lend(32 * 1024)?).map_err(|refused| refused.error)?;
    let engine = Engine::<_, _, _, LARGEST>::new(channel, device.signal(0)?);
    let engine = engine.map_err(|refused| refused.error)?;
    let buffers: Vec<_> = (0..LARGEST).map(|_| lend(LENGTH)).collect::<Result<_, _>>()?;
    Ok((device, Transfers::new(engine, buffers)))
}
