//! Transfers, one after another, with their times.
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

use anydma::dma_core::{AddressMask, DmaBuffer, Signal as _};
use anydma::prelude::*;
use anydma::{BufferOf, CardSpace, ChannelOf, DeviceVisitor, RegionOf};
use serde::Serialize;

use super::plan::{Pages, Plan, Road, Source, Wait};
use crate::device::unopened;
use crate::failure::Failure;

/// Each point has at least so many transfers, so that there is a middle.
const FEWEST: usize = 3;
/// What a page is on every host.
const PAGE: usize = 64 << 10;

/// What was measured in one place.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Point {
    pub(super) bytes: usize,
    pub(super) to_card: bool,
    pub(super) pages: Pages,
    pub(super) translated: bool,
    pub(super) source: Source,
    pub(super) wait: Wait,
    pub(super) transfers: usize,
    /// The middle one, in nanoseconds.
    pub(super) median_ns: u64,
    pub(super) fastest_ns: u64,
    pub(super) mib_per_second: f64,
}

impl Point {
    /// What the device does when nothing disturbs: for the drawing.
    pub(super) fn fastest_mib_per_second(&self) -> f64 {
        rate(self.bytes, self.fastest_ns.max(1))
    }

    /// What it is, for the progress bar.
    pub(super) fn title(&self) -> String {
        let way = if self.to_card { "to the card" } else { "from the card" };
        format!("{} bytes {way}, {}, {}", self.bytes, self.source.name(), self.wait.name())
    }
}

/// Measures every point of a road.
pub(super) fn road(plan: &Plan, road: &Road, found: &mut dyn FnMut(Point)) -> Result<(), Failure> {
    let visited = plan.protection.visit(&road.uri, Visit { plan, road, found });
    visited.map_err(|error| unopened(&road.uri, &error))?
}

/// The transfers, for whatever backend the URI names.
struct Visit<'a> {
    plan: &'a Plan,
    road: &'a Road,
    found: &'a mut dyn FnMut(Point),
}

impl DeviceVisitor for Visit<'_> {
    type Output = Result<(), Failure>;

    fn visit<B>(mut self, device: B) -> Result<(), Failure>
    where
        B: Backend<Space: CardSpace, Lender: Map>,
    {
        for direction in [Direction::ToDevice, Direction::FromDevice] {
            let tried = || format!("open the card of {}", self.road.uri);
            let channel = || -> Result<ChannelOf<B>, Failure> {
                let card = Card::open(&device).map_err(|error| Failure::because(tried(), error))?;
                Ok(match (direction, card.incoming) {
                    (Direction::FromDevice, Some(incoming)) => incoming,
                    _ => card.outgoing,
                })
            };
            let engine = |channel| {
                let signal = device.signal(0).map_err(|error| Failure::because(tried(), error))?;
                Ok((channel, signal))
            };
            {
                let (channel, signal) = engine(channel()?)?;
                let pooled = Pooled { device: &device };
                self.points(direction, Engine::new(channel, signal), &device, pooled)?;
            }
            if !self.plan.maps(self.road) {
                continue;
            }
            let (channel, signal) = engine(channel()?)?;
            let mask = channel.limits().mask;
            let mapped = Mapping { device: &device, mask, spare: Vec::new() };
            self.points(direction, Engine::new(channel, signal), &device, mapped)?;
        }
        Ok(())
    }
}

type EngineWith<B, D> = Engine<ChannelOf<B>, <B as Backend>::Signal, D, 1>;
type Made<B, D> = Result<EngineWith<B, D>, Refused<(ChannelOf<B>, <B as Backend>::Signal)>>;

impl Visit<'_> {
    /// All lengths, waited for in both ways.
    fn points<B, M>(
        &mut self,
        direction: Direction,
        made: Made<B, M::Buffer>,
        device: &B,
        mut memory: M,
    ) -> Result<(), Failure>
    where
        B: Backend<Space: CardSpace, Lender: Map>,
        M: Lending,
    {
        let tried = || format!("measure {}", self.road.uri);
        let mut engine = made.map_err(|refused| Failure::because(tried(), refused.error))?;
        let on = device.set_bus_mastering(true);
        on.map_err(|error| Failure::because(tried(), error))?;
        let sizes = self.plan.sizes.iter().copied().filter(|bytes| memory.lends(*bytes));
        for bytes in sizes.collect::<Vec<_>>() {
            for wait in [Wait::Interrupt, Wait::Polling] {
                let times =
                    times::<B, M>(self.plan, &mut engine, direction, bytes, wait, &mut memory);
                let times = times.map_err(|error| {
                    Failure::because(format!("move {bytes} bytes on {}", self.road.uri), error)
                })?;
                let point = self.point(direction, bytes, wait, M::SOURCE, times);
                (self.found)(point);
            }
        }
        Ok(())
    }

    fn point(
        &self,
        direction: Direction,
        bytes: usize,
        wait: Wait,
        source: Source,
        mut times: Vec<u64>,
    ) -> Point {
        times.sort_unstable();
        let median_ns = times.get(times.len() / 2).copied().unwrap_or(0).max(1);
        Point {
            bytes,
            to_card: direction == Direction::ToDevice,
            pages: self.road.pages,
            translated: self.road.translated,
            source,
            wait,
            transfers: times.len(),
            median_ns,
            fastest_ns: times.first().copied().unwrap_or(0),
            mib_per_second: rate(bytes, median_ns),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
fn rate(bytes: usize, nanoseconds: u64) -> f64 {
    bytes as f64 / 1_048_576.0 * 1e9 / nanoseconds as f64
}

/// Nanoseconds of each transfer, what it takes to get the memory and to give it back included.
fn times<B, M>(
    plan: &Plan,
    engine: &mut EngineWith<B, M::Buffer>,
    direction: Direction,
    bytes: usize,
    wait: Wait,
    memory: &mut M,
) -> Result<Vec<u64>, Error>
where
    B: Backend<Space: CardSpace, Lender: Map>,
    M: Lending,
{
    let at = engine.limits().device_window.start;
    let budget = Duration::from_millis(plan.budget_ms);
    let begun = Instant::now();
    let mut times = Vec::new();
    // One before counting: caches, and what is done at first use.
    let mut kept = memory.prepare(&engine.limits(), bytes, direction)?;
    for turn in 0.. {
        let enough = turn > FEWEST && begun.elapsed() >= budget;
        if enough || turn > plan.transfers.max(3) as usize {
            break;
        }
        let (here, there) = (Instant::now(), engine.signal().now());
        let buffer = memory.take(kept, direction)?;
        let ticket = engine.submit(buffer, at, direction).map_err(|refused| refused.error)?;
        let buffer = match wait {
            Wait::Interrupt => engine.wait(ticket, plan.limit),
            Wait::Polling => engine.spin(ticket, plan.limit),
        };
        kept = memory.give(buffer.map_err(|failed| failed.error())?)?;
        let time = if plan.virtual_clock {
            engine.signal().now() - there
        } else {
            u64::try_from(here.elapsed().as_nanos()).unwrap_or(u64::MAX)
        };
        if turn > 0 {
            times.push(time);
        }
    }
    memory.end(kept);
    Ok(times)
}

/// Where buffers come from, for one transfer each.
trait Lending {
    const SOURCE: Source;
    type Buffer: DmaBuffer;
    /// What is kept from one transfer to the next.
    type Kept;

    /// Whether there is memory of exactly this length: an IOMMU maps whole pages.
    fn lends(&self, bytes: usize) -> bool;

    fn prepare(
        &mut self,
        limits: &anydma::dma_core::Limits,
        bytes: usize,
        direction: Direction,
    ) -> Result<Self::Kept, Error>;
    fn take(&mut self, kept: Self::Kept, direction: Direction) -> Result<Self::Buffer, Error>;
    fn give(&mut self, buffer: Self::Buffer) -> Result<Self::Kept, Error>;
    fn end(&mut self, kept: Self::Kept);
}

/// One buffer, again and again.
struct Pooled<'d, B> {
    device: &'d B,
}

impl<B: Backend<Lender: Map>> Lending for Pooled<'_, B> {
    const SOURCE: Source = Source::Pooled;
    type Buffer = BufferOf<B>;
    type Kept = BufferOf<B>;

    fn lends(&self, _: usize) -> bool {
        true
    }

    fn prepare(
        &mut self,
        limits: &anydma::dma_core::Limits,
        bytes: usize,
        _: Direction,
    ) -> Result<BufferOf<B>, Error> {
        self.device.memory().allocate(limits.request(bytes)).map_err(Into::into)
    }

    fn take(&mut self, kept: BufferOf<B>, _: Direction) -> Result<BufferOf<B>, Error> {
        Ok(kept)
    }

    fn give(&mut self, buffer: BufferOf<B>) -> Result<BufferOf<B>, Error> {
        Ok(buffer)
    }

    fn end(&mut self, _: BufferOf<B>) {}
}

/// Whole pages of the program's own.
type Own = &'static mut [u8];

/// The caller's memory, mapped for each transfer.
struct Mapping<'d, B> {
    device: &'d B,
    mask: AddressMask,
    /// Memory of lengths that are done with.
    spare: Vec<Own>,
}

impl<B: Backend<Lender: Map>> Lending for Mapping<'_, B> {
    const SOURCE: Source = Source::Mapped;
    type Buffer = Mapped<Own, RegionOf<B>>;
    type Kept = Own;

    fn lends(&self, bytes: usize) -> bool {
        let granule = self.device.memory().limits().granule;
        bytes.is_multiple_of(granule.max(1))
    }

    fn prepare(
        &mut self,
        _: &anydma::dma_core::Limits,
        bytes: usize,
        _: Direction,
    ) -> Result<Own, Error> {
        if let Some(at) = self.spare.iter().position(|own| own.len() == bytes) {
            return Ok(self.spare.swap_remove(at));
        }
        // It lives as long as the program: one buffer for each length.
        let memory = vec![0; bytes + PAGE].leak();
        let lead = memory.as_ptr().addr().wrapping_neg() % PAGE;
        Ok(memory.get_mut(lead..lead + bytes).unwrap_or_default())
    }

    fn take(&mut self, own: Own, direction: Direction) -> Result<Self::Buffer, Error> {
        let lender = self.device.memory();
        let mapped = match direction {
            Direction::ToDevice => Mapped::to_device(lender, own, self.mask),
            Direction::FromDevice => Mapped::from_device(lender, own, self.mask),
        };
        mapped.map_err(|refused| refused.error)
    }

    fn give(&mut self, buffer: Self::Buffer) -> Result<Own, Error> {
        buffer.into_inner()
    }

    fn end(&mut self, own: Own) {
        self.spare.push(own);
    }
}
