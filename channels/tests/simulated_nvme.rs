//! NVM Express against the simulated controller: queues, lists of pages, ends.
#![deny(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::cast_possible_truncation, reason = "small numbers that fill bytes")]

#[expect(unsafe_code, reason = "takes the simulated controller over")]
mod nvme;

use core::task::{Context, Poll};

use channels::nvme::{IoQueue, PAGE};
use dma_core::{
    Backend, DmaBuffer, Epoch, Error, ErrorKind, Failed, Signal, SpinFirst, Timeout, Wake,
};

use backend_mock::{MockRegion, MockSpace, NvmeCard};
use nvme::{Buffer, Queue, SECOND, Stand};

// Both ways, from one block to the longest transfer: by one page, by two, and by lists; also from
// the middle of a page.
#[test]
fn blocks_come_back_as_they_were_written() {
    let mut stand = Stand::new(NvmeCard::new(4096));
    let mut queue: Queue<4> = stand.queue(None);
    let longest = queue.namespace().longest;
    assert_eq!(longest, 128 * PAGE);
    for length in [512, 4096, 4608, 8192, 8704, 3 * PAGE, longest] {
        for offset in [0, 512] {
            let block = (length + offset) as u64 % 97;
            let written = stand.buffer(length, offset, 7);
            let written = stand.run(&mut queue, |queue| queue.write(written, block)).unwrap();
            let at = block as usize * 512;
            stand.device.with_card(|card: &mut NvmeCard| {
                assert_eq!(&card.disk()[at..at + length], written.bytes());
            });
            let read = stand.buffer(length, offset, 0);
            let read = stand.run(&mut queue, |queue| queue.read(read, block)).unwrap();
            assert_eq!(read.bytes(), written.bytes(), "{length} bytes at {offset}");
        }
    }
    stand.end(queue);
}

// Memory whose pages lie apart for the device: every page is named.
#[test]
fn scattered_buffers_are_named_page_by_page() {
    let mut stand = Stand::new(NvmeCard::new(4096));
    stand.device.memory().set_pieces(Some(PAGE));
    let mut queue: Queue<4> = stand.queue(None);
    let written = stand.buffer(20 * PAGE, 0, 3);
    assert_eq!(written.run(0, 20 * PAGE).1, PAGE, "the pages lie apart");
    let written = stand.run(&mut queue, |queue| queue.write(written, 5)).unwrap();
    let read = stand.buffer(20 * PAGE, 0, 0);
    let read = stand.run(&mut queue, |queue| queue.read(read, 5)).unwrap();
    assert_eq!(read.bytes(), written.bytes());
    drop((read, written));
    stand.end(queue);
}

// Commands overtake one another, and each ticket gets its own buffer, whichever is asked for.
#[test]
fn commands_end_in_any_order() {
    let card = NvmeCard::new(64).delays(&[40_000, 10_000, 30_000, 20_000]);
    let mut stand = Stand::new(card);
    stand.fill();
    let mut queue: Queue<4> = stand.queue(None);
    let tickets: Vec<_> =
        (0..4).map(|block| queue.read(stand.buffer(512, 0, 0), block).unwrap()).collect();
    queue.kick();
    let mut order = Vec::new();
    while order.len() < 4 {
        stand.clock.pause();
        queue.poll().unwrap();
        while let Some(ticket) = queue.next_ended() {
            let buffer = queue.try_take(ticket).unwrap().unwrap();
            let number = tickets.iter().position(|known| *known == ticket).unwrap();
            assert_eq!(buffer.bytes(), [number as u8 + 1; 512]);
            order.push(number);
        }
    }
    assert_eq!(order, [1, 3, 2, 0]);
    let Some(Err(Failed::NoSuchJob(error))) = queue.try_take(tickets[0]) else { panic!("taken") };
    assert_eq!(error.kind(), ErrorKind::UnknownTicket);
    stand.end(queue);
}

// Whatever is taken in between, the list of those that have ended stays whole and in its order.
#[test]
fn list_of_ended_commands_survives_any_order_of_taking() {
    let card = NvmeCard::new(64).delays(&[10_000, 20_000, 30_000, 40_000]);
    let mut stand = Stand::new(card);
    let mut queue: Queue<4> = stand.queue(None);
    let mut orders = Vec::new();
    for first in 0..4 {
        for second in (0..4).filter(|second| *second != first) {
            orders.push([first, second]);
        }
    }
    for [first, second] in orders {
        let tickets: Vec<_> =
            (0..4).map(|block| queue.read(stand.buffer(512, 0, 0), block).unwrap()).collect();
        queue.kick();
        stand.device.machine().advance(1_000_000);
        assert_eq!(queue.poll(), Ok(4));
        for taken in [first, second] {
            assert!(queue.try_take(tickets[taken]).unwrap().is_ok());
        }
        let left: Vec<_> = (0..4).filter(|it| ![first, second].contains(it)).collect();
        for expected in left {
            assert_eq!(queue.next_ended(), Some(tickets[expected]));
            assert!(queue.try_take(tickets[expected]).unwrap().is_ok());
        }
        assert_eq!(queue.next_ended(), None);
    }
    stand.end(queue);
}

// Who waits for any gets the first that ended, by interrupt; with nothing under way, an error.
#[test]
fn the_first_that_ends_wakes_who_waits_for_any() {
    let mut stand = Stand::new(NvmeCard::new(64).delays(&[50_000, 20_000]));
    let mut queue: Queue<2> = stand.queue(Some(2));
    let mut signal = stand.device.signal(2).unwrap();
    let nothing = queue.wait_any(&mut signal, SECOND).unwrap_err();
    assert_eq!(nothing.kind(), ErrorKind::UnknownTicket);
    let slow = queue.read(stand.buffer(512, 0, 0), 0).unwrap();
    let quick = queue.read(stand.buffer(512, 0, 0), 1).unwrap();
    queue.kick();
    for expected in [quick, slow] {
        assert_eq!(queue.wait_any(&mut signal, SECOND), Ok(expected));
        queue.try_take(expected).unwrap().unwrap();
    }
    let late = queue.read(stand.buffer(512, 0, 0), 0).unwrap();
    let refused = queue.wait_any(&mut signal, Timeout::micros(1)).unwrap_err();
    assert_eq!((refused.kind(), queue.in_flight()), (ErrorKind::TimedOut, 1), "no doorbell yet");
    queue.kick();
    queue.wait(late, &mut signal, SECOND).unwrap();
    stand.end(queue);
}

/// A signal that counts what is asked of it.
struct Counted<S> {
    inner: S,
    pauses: u32,
    sleeps: u32,
}

impl<S: Signal> Signal for Counted<S> {
    fn now(&self) -> u64 {
        self.inner.now()
    }

    fn epoch(&self) -> Epoch {
        self.inner.epoch()
    }

    fn pause(&mut self) {
        self.pauses += 1;
        self.inner.pause();
    }

    fn rearm(&mut self) -> Result<bool, Error> {
        self.inner.rearm()
    }

    fn wait(&mut self, until: Option<u64>) -> Result<Wake, Error> {
        self.sleeps += 1;
        self.inner.wait(until)
    }

    fn poll_fired(
        &mut self,
        context: &mut Context<'_>,
        until: Option<u64>,
    ) -> Poll<Result<Wake, Error>> {
        self.inner.poll_fired(context, until)
    }
}

// A quick command is polled for and nobody sleeps; a slow one is slept for after a while.
#[test]
fn waiting_polls_for_a_while_and_then_sleeps() {
    let mut stand = Stand::new(NvmeCard::new(64).delays(&[3_000, 5_000_000]));
    let mut queue: Queue<2> = stand.queue(Some(1));
    let mut counted = Counted { inner: stand.device.signal(1).unwrap(), pauses: 0, sleeps: 0 };
    for slept in [false, true] {
        let (pauses, sleeps, start) = (counted.pauses, counted.sleeps, counted.now());
        let mut signal = SpinFirst::new(&mut counted, Timeout::micros(20));
        let ticket = queue.read(stand.buffer(512, 0, 0), 0).unwrap();
        queue.kick();
        queue.wait(ticket, &mut signal, SECOND).unwrap();
        assert!(counted.pauses > pauses, "it polled first");
        assert_eq!(counted.sleeps > sleeps, slept);
        assert_eq!(counted.now() - start >= 5_000_000, slept);
    }
    stand.end(queue);
}

// A batch costs one doorbell for its commands, and one for all completions that a look found.
#[test]
fn a_batch_costs_one_doorbell() {
    let mut stand = Stand::new(NvmeCard::new(64));
    let mut queue: Queue<8> = stand.queue(None);
    for block in 0..8 {
        let _ticket = queue.write(stand.buffer(512, 0, 1), block).unwrap();
    }
    let refused = queue.write(stand.buffer(512, 0, 1), 8).unwrap_err();
    assert_eq!((refused.error.kind(), refused.buffer.len()), (ErrorKind::Busy, 512));
    drop(refused);
    assert_eq!(stand.device.stores_to(0, 0x1008), 0);
    queue.kick();
    queue.kick();
    stand.device.machine().advance(1_000_000);
    assert_eq!(queue.poll(), Ok(8));
    assert_eq!(queue.poll(), Ok(0));
    assert_eq!(stand.device.stores_to(0, 0x1008), 1);
    assert_eq!(stand.device.stores_to(0, 0x100c), 1);
    stand.end(queue);
}

// The phase changes each time the queue is gone round; with doorbells further apart, too.
#[test]
fn queues_go_round() {
    for stride in [0, 2] {
        let mut stand = Stand::new(NvmeCard::new(64).stride(stride).delays(&[500, 100]));
        let mut queue: Queue<2> = stand.queue(None);
        let mut buffers = vec![stand.buffer(512, 0, 1), stand.buffer(512, 0, 2)];
        for round in 0..40 {
            let tickets: Vec<_> =
                buffers.drain(..).map(|buffer| queue.write(buffer, round).unwrap()).collect();
            queue.kick();
            for ticket in tickets {
                buffers.push(queue.spin(ticket, &mut stand.clock, SECOND).unwrap());
            }
        }
        drop(buffers);
        stand.end(queue);
    }
}

// A failed command gives its buffer back, with kind and code of its status; the others go on.
#[test]
fn a_failed_command_returns_its_buffer() {
    let mut stand = Stand::new(NvmeCard::new(64));
    stand.device.with_card(|card: &mut NvmeCard| card.break_block(Some(3)));
    let mut queue: Queue<4> = stand.queue(None);
    let bad = queue.read(stand.buffer(1024, 0, 0), 2).unwrap();
    let good = queue.read(stand.buffer(1024, 0, 0), 4).unwrap();
    let flushed = queue.flush().unwrap();
    queue.kick();
    let Err(Failed::Returned(refused)) = queue.spin(bad, &mut stand.clock, SECOND) else {
        panic!("returned")
    };
    assert_eq!((refused.error.kind(), refused.error.detail()), (ErrorKind::DeviceFault, 0x281));
    assert_eq!(refused.buffer.len(), 1024);
    drop(refused);
    queue.spin(good, &mut stand.clock, SECOND).unwrap();
    stand.device.machine().advance(1_000_000);
    assert_eq!(queue.flushed(flushed), Some(Ok(())));
    assert_eq!(queue.flushed(flushed).unwrap().unwrap_err().kind(), ErrorKind::UnknownTicket);
    stand.end(queue);
}

// What cannot be done is refused with the buffer, and the controller hears nothing of it.
#[test]
fn what_cannot_be_done_is_refused() {
    let mut stand = Stand::new(NvmeCard::new(4096));
    let other = Stand::new(NvmeCard::new(64));
    let mut queue: Queue<2> = stand.queue(None);
    let odd = stand.buffer(PAGE + 512, 2, 0);
    let (odd, _) = odd.split_at(1024).unwrap();
    for (buffer, block, kind) in [
        (other.buffer(512, 0, 0), 0, ErrorKind::OtherDomain),
        (stand.buffer(500, 0, 0), 0, ErrorKind::Misaligned),
        (odd, 0, ErrorKind::Misaligned),
        (stand.buffer(129 * PAGE, 0, 0), 0, ErrorKind::TooLong),
        (stand.buffer(1024, 0, 0), 4095, ErrorKind::OutOfReach),
        (stand.buffer(512, 0, 0), u64::MAX, ErrorKind::OutOfReach),
    ] {
        let refused = queue.read(buffer, block).unwrap_err();
        assert_eq!(refused.error.kind(), kind);
    }
    queue.kick();
    assert_eq!(stand.device.stores_to(0, 0x1008), 0);
    assert!(stand.controller.namespace(2, &mut stand.clock).is_err(), "there is one disk");
    stand.end(queue);
    drop(other);
}

// The controller's interrupt wakes who waits, on the vector that the queue was made with.
#[test]
fn an_interrupt_wakes_who_waits() {
    let mut stand = Stand::new(NvmeCard::new(64).delays(&[5_000_000]));
    let mut queue: Queue<2> = stand.queue(Some(3));
    let mut signal = stand.device.signal(3).unwrap();
    for _ in 0..5 {
        let ticket = queue.write(stand.buffer(512, 0, 9), 1).unwrap();
        queue.kick();
        let before = stand.device.counters().interrupts;
        queue.wait(ticket, &mut signal, SECOND).unwrap();
        assert_eq!(stand.device.counters().interrupts - before, 1);
    }
    stand.end(queue);
}

// After a time-out the buffer stays; switched off, the controller has let go, and it comes back.
#[test]
fn a_time_out_keeps_the_buffer_until_the_controller_is_off() {
    let mut stand = Stand::new(NvmeCard::new(64).delays(&[u64::MAX / 4, 100, 100]));
    let mut queue: Queue<4> = stand.queue(None);
    let slow = queue.read(stand.buffer(512, 0, 1), 0).unwrap();
    let _quick = queue.read(stand.buffer(512, 0, 2), 1).unwrap();
    queue.kick();
    let Err(Failed::Kept(error)) = queue.spin(slow, &mut stand.clock, Timeout::millis(1)) else {
        panic!("kept")
    };
    assert_eq!((error.kind(), queue.in_flight()), (ErrorKind::TimedOut, 1));
    let Stand { controller, clock, .. } = &mut stand;
    let refused = controller.close(queue, clock, |_| panic!("nothing comes back")).unwrap_err();
    assert_eq!(refused.error.kind(), ErrorKind::Busy);
    let mut queue = refused.buffer;
    controller.disable(clock).unwrap();
    assert!(queue.try_take(slow).is_none(), "it did not end by itself");
    let mut back = Vec::new();
    let each = |lap: Result<Buffer, dma_core::Refused<Buffer>>| match lap {
        Ok(buffer) => back.push((buffer.len(), None)),
        Err(refused) => back.push((refused.buffer.len(), Some(refused.error.kind()))),
    };
    controller.close(queue, clock, each).unwrap();
    assert_eq!(back, [(512, Some(ErrorKind::Aborted)), (512, None)]);
    stand.controller.enable(&mut stand.clock).unwrap();
    let mut queue: Queue<4> = stand.queue(None);
    let buffer = stand.buffer(512, 0, 4);
    stand.run(&mut queue, |queue| queue.write(buffer, 0)).unwrap();
    stand.end(queue);
}

// A reset of the device ends everything, and the controller starts over.
#[test]
fn a_reset_of_the_device_is_survived() {
    let mut stand = Stand::new(NvmeCard::new(64).delays(&[1_000_000]));
    let mut queue: Queue<4> = stand.queue(None);
    let _ticket = queue.write(stand.buffer(512, 0, 1), 0).unwrap();
    queue.kick();
    let quiet = stand.device.reset().unwrap();
    stand.controller.disable(&mut stand.clock).unwrap();
    let mut back = 0;
    stand.controller.close(queue, &mut stand.clock, |_| back += 1).unwrap();
    assert_eq!(back, 1);
    stand.device.resume(quiet).unwrap();
    stand.controller.enable(&mut stand.clock).unwrap();
    let mut queue: Queue<4> = stand.queue(None);
    let buffer = stand.buffer(512, 0, 4);
    stand.run(&mut queue, |queue| queue.write(buffer, 0)).unwrap();
    stand.end(queue);
}

// Several queues at once, each with its number, and numbers that come free are used again.
#[test]
fn queues_live_side_by_side() {
    let mut stand = Stand::new(NvmeCard::new(256));
    for _ in 0..3 {
        let mut queues: Vec<Queue<2>> = (0..10).map(|_| stand.queue(None)).collect();
        for (number, queue) in queues.iter_mut().enumerate() {
            let buffer = stand.buffer(512, 0, number as u8);
            stand.run(queue, |queue| queue.write(buffer, number as u64)).unwrap();
        }
        for queue in queues {
            stand.close(queue);
        }
    }
    stand.device.with_card(|card: &mut NvmeCard| {
        assert!((0..10).all(|block| card.disk()[block * 512] == block as u8));
    });
    let queue: Queue<2> = stand.queue(None);
    stand.end(queue);
}

// A queue that is dropped, and one longer than the controller's, do no harm.
#[test]
fn dropped_queues_leak_and_long_ones_are_refused() {
    let mut stand = Stand::new(NvmeCard::new(64));
    let mut queue: Queue<2> = stand.queue(None);
    let _ticket = queue.write(stand.buffer(512, 0, 1), 0).unwrap();
    queue.kick();
    drop(queue);
    stand.device.machine().advance(1_000_000);
    assert!(stand.device.faults().is_empty(), "its memory is still mapped");
    let disk = stand.controller.namespace(1, &mut stand.clock).unwrap();
    let long: Result<IoQueue<MockSpace, MockRegion, Buffer, 1024>, _> =
        stand.controller.create(disk, None, stand.device.memory(), &mut stand.clock);
    assert_eq!(long.unwrap_err().kind(), ErrorKind::TooLong);
}

// A controller that is gone is an error of its own, everywhere.
#[test]
fn removal_is_told() {
    let mut stand = Stand::new(NvmeCard::new(64));
    let mut queue: Queue<2> = stand.queue(None);
    let ticket = queue.write(stand.buffer(512, 0, 1), 0).unwrap();
    queue.kick();
    stand.device.inject(backend_mock::Injection::Removal);
    let Err(Failed::Kept(error)) = queue.spin(ticket, &mut stand.clock, Timeout::millis(1)) else {
        panic!("kept")
    };
    assert_eq!(error.kind(), ErrorKind::Gone);
    assert_eq!(stand.controller.disable(&mut stand.clock).unwrap_err().kind(), ErrorKind::Gone);
}

// What it says of itself.
#[test]
fn it_identifies_itself() {
    let mut stand = Stand::new(NvmeCard::new(100));
    let known = stand.controller.identification().unwrap();
    assert!(known.serial.starts_with(b"simulated") && known.model.starts_with(b"anydma"));
    let disk = stand.controller.namespace(1, &mut stand.clock).unwrap();
    assert_eq!((disk.number, disk.blocks, disk.block), (1, 100, 512));
    let Stand { device, controller, mut clock } = stand;
    let space = controller.shut_down(&mut clock).unwrap();
    drop((space, clock));
    assert!(device.mappings().is_empty(), "its memory came back");
}
