//! The card's driver on the simulated card: a first transfer, then the whole suite.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod model;
mod rig;

use backend_mock::{Machine, MockSpace};
use courier::CourierChannel;
use dma_core::{Allocate as _, Backend as _, Channel, DeviceAddress, Direction, Engine, Timeout};

use model::CourierCard;

// Bytes go to the card and come back, through the engine that every card shares.
#[test]
fn bytes_go_there_and_back() {
    let device = Machine::new().plug(CourierCard::new());
    // SAFETY: the device was made a line ago, and nobody else drives it.
    let channel = unsafe { CourierChannel::new(device.region(0).unwrap()) }.unwrap();
    let request = channel.limits().request(40_000);
    let mut engine = Engine::<_, _, _, 4>::new(channel, device.signal(0).unwrap()).unwrap();
    device.set_bus_mastering(true).unwrap();

    let mut buffer = device.memory().allocate(request).unwrap();
    buffer.bytes_mut().fill(7);
    let at = DeviceAddress::new(16);
    let ticket = engine.submit(buffer, at, Direction::ToDevice).unwrap();
    let mut buffer = engine.wait(ticket, Timeout::secs(1)).unwrap();

    buffer.bytes_mut().fill(0);
    let ticket = engine.submit(buffer, at, Direction::FromDevice).unwrap();
    let buffer = engine.wait(ticket, Timeout::secs(1)).unwrap();
    assert!(buffer.bytes().iter().all(|byte| *byte == 7));
}

// Registers of another card are refused, and come back.
#[test]
fn another_card_is_refused() {
    let device = backend_mock::pl081();
    // SAFETY: the device was made a line ago, and nobody else drives it.
    let refused = unsafe { CourierChannel::<MockSpace>::new(device.region(0).unwrap()) };
    assert_eq!(refused.unwrap_err().error.kind(), dma_core::ErrorKind::Unsupported);
}

// The driver keeps every promise that the engine relies on.
#[test]
fn courier_conforms() {
    rig::conforms();
}
