//! Waiting that polls first and sleeps then: what it does on a real road, counted.
//!
//! A transfer of the card takes a tenth of a second: longer than any sensible polling, and shorter
//! than one of seconds. What is counted are the sleeps of the road's own signal below.
#![forbid(unsafe_code)]

use core::task::{Context as TaskContext, Poll};
use std::cell::Cell;
use std::rc::Rc;

use dma_core::{Epoch, Signal, SpinFirst, Timeout, Wake};
use guest_init::error::{Context, Error, Result};

use crate::card::Card;

/// What to try it on.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The device, an `edu`: a URI
    #[arg(long)]
    device: String,
    /// How many address bits the card has
    #[arg(long, default_value_t = 28)]
    bits: u32,
}

/// How often the signal below was asked to sleep, and how often that ended with an interrupt.
#[derive(Debug, Default)]
struct Counts {
    sleeps: Cell<u32>,
    fired: Cell<u32>,
}

/// A signal that counts.
#[derive(Debug)]
struct Counted<G> {
    inner: G,
    counts: Rc<Counts>,
}

impl<G: Signal> Signal for Counted<G> {
    fn now(&self) -> u64 {
        self.inner.now()
    }

    fn epoch(&self) -> Epoch {
        self.inner.epoch()
    }

    fn begin(&mut self) {
        self.inner.begin();
    }

    fn pause(&mut self) {
        self.inner.pause();
    }

    fn rearm(&mut self) -> core::result::Result<bool, dma_core::Error> {
        self.inner.rearm()
    }

    fn wait(&mut self, until: Option<u64>) -> core::result::Result<Wake, dma_core::Error> {
        let Counts { sleeps, fired } = &*self.counts;
        sleeps.set(sleeps.get() + 1);
        let wake = self.inner.wait(until)?;
        fired.set(fired.get() + u32::from(wake == Wake::Fired));
        Ok(wake)
    }

    fn poll_fired(
        &mut self,
        context: &mut TaskContext<'_>,
        until: Option<u64>,
    ) -> Poll<core::result::Result<Wake, dma_core::Error>> {
        self.inner.poll_fired(context, until)
    }
}

/// Polling that no transfer outlasts, and some that every one does.
const LONG: Timeout = Timeout::secs(60);
const SHORT: Timeout = Timeout::micros(50);
/// Turns of each kind: an interrupt that came amid polling is left over for the next one.
const ROUNDS: u8 = 2;

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    for (spin, sleeps) in [(LONG, false), (SHORT, true)] {
        let (asleep, fired) = there_and_back(arguments, spin)?;
        println!("{}: {asleep} sleeps, {fired} ended by an interrupt", arguments.device);
        if (asleep > 0) != sleeps || (fired > 0) != sleeps {
            let words = if sleeps { "sleeps, and is woken" } else { "never sleeps" };
            return Err(Error::new(format!("polling for {spin:?} first {words}: it does not")));
        }
    }
    Ok(())
}

/// Bytes to the card and back, each waited for; how often the signal below slept and was woken.
fn there_and_back(arguments: &Arguments, spin: Timeout) -> Result<(u32, u32)> {
    let counts = Rc::<Counts>::default();
    let mut card = Card::open_with(&arguments.device, arguments.bits, |inner| {
        SpinFirst::new(Counted { inner, counts: Rc::clone(&counts) }, spin)
    })?;
    for round in 0..ROUNDS {
        let sent = [round, 0x5a, !round, 0xa5];
        card.send(&sent).context("send")?;
        if card.receive(sent.len()).context("receive")? != sent {
            return Err(Error::new("what came back is not what was sent"));
        }
    }
    Ok((counts.sleeps.get(), counts.fired.get()))
}
