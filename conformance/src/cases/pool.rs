//! Pools: buffers that are taken, travel, and are put back.

use dma_core::{Direction, ErrorKind, Pool};

use crate::case::{Case, Group};
use crate::link::Wait;
use crate::pattern;
use crate::rig::Rig;
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check, equal};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "pool",
        cases: const {
            &[
                Case::new(
                    "pool_buffers_travel_and_come_back",
                    48,
                    "Buffers of a pool go round through an engine, none lost and none twice.",
                    rounds,
                ),
                Case::new(
                    "pool_refuses_what_is_not_its_own",
                    2,
                    "A pool takes no buffer of another length, and none too many.",
                    refusals,
                ),
            ]
        },
    }
}

fn rounds<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    const LENGTH: usize = 64;
    let to = Direction::ToDevice;
    let mut link = scope.link::<4>()?;
    let whole = link.lend(4 * LENGTH)?;
    let mut pool = Pool::<_, 4>::cut(whole, LENGTH).or_fail("cutting a pool")?;
    equal(pool.available(), 4, "buffers of a new pool")?;
    for round in scope.sample(24, 2) {
        let seed = 1200 + u32::try_from(round).unwrap_or(0);
        let mut one = pool.get().or_fail("a buffer of the pool")?;
        let mut two = pool.get().or_fail("a buffer of the pool")?;
        pattern::fill(one.bytes_mut(), seed, 0);
        two.bytes_mut().fill(pattern::CANARY);
        let one = link.queue(one, 0, to).or_fail("the first job is accepted")?;
        let one = link.finish(one, to, Wait::Blocking)?;
        let two = link.receive(two, 0)?;
        pattern::verify(two.bytes(), seed, 0, "what was sent comes back")?;
        pool.put(one).or_fail("putting the first buffer back")?;
        pool.put(two).or_fail("putting the second buffer back")?;
        equal(pool.available(), 4, "buffers of the pool after a round")?;
    }
    Ok(())
}

fn refusals<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut link = scope.link::<2>()?;
    let whole = link.lend(128)?;
    let whole = Pool::<_, 2>::cut(whole, 65);
    let whole = whole.refused_as(&[ErrorKind::TooShort], "a pool of more than there is")?;
    let mut pool = Pool::<_, 2>::cut(whole.buffer, 64).or_fail("cutting a pool")?;
    let short = link.lend(63)?;
    pool.put(short).refused_as(&[ErrorKind::TooShort], "a buffer that is too short")?;
    let long = link.lend(65)?;
    pool.put(long).refused_as(&[ErrorKind::TooLong], "a buffer that is too long")?;
    let more = link.lend(64)?;
    pool.put(more).refused_as(&[ErrorKind::Busy], "a buffer too many")?;
    let (one, two) = (pool.get().or_fail("a buffer")?, pool.get().or_fail("a buffer")?);
    check(pool.get().is_none(), "an empty pool gives nothing")?;
    pool.put(one).or_fail("putting a buffer back")?;
    pool.put(two).or_fail("putting a buffer back")?;
    link.proves_alive(1210)
}
