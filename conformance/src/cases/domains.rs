//! Domains: buffers of one address space, and of another.

use dma_core::{Backend, Direction, DmaBuffer, ErrorKind};

use crate::case::{Case, Group};
use crate::link::Wait;
use crate::pattern::{self, CANARY};
use crate::rig::Rig;
use crate::scope::Scope;
use crate::verdict::{Halt, OrFail, Refusal, check};

pub(super) const fn group<R: Rig>() -> Group<R> {
    Group {
        noun: "domains",
        cases: const {
            &[
                Case::new(
                    "devices_of_one_domain_share_buffers",
                    4,
                    "A buffer lent for one device is used by another of the same domain.",
                    shared,
                ),
                Case::new(
                    "buffer_of_another_domain_is_refused",
                    4,
                    "A buffer of another device's domain comes back, and its own takes it.",
                    foreign,
                ),
                Case::new(
                    "pool_refuses_buffers_of_another_domain",
                    2,
                    "A pool of one domain takes no buffer of another.",
                    pools,
                ),
            ]
        },
    }
}

fn shared<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut one = scope.link::<2>()?;
    let other = scope.rig.beside(&one.device)?.or_fail("opening the device beside")?;
    let mut two = scope.link_to::<2>(other, 0)?;
    let buffer = one.lend_filled(128, 1400)?;
    let buffer = one.send(buffer, 0)?;
    let mut buffer = two.send(buffer, 0)?;
    buffer.bytes_mut().fill(CANARY);
    let mut buffer = two.receive(buffer, 0)?;
    pattern::verify(buffer.bytes(), 1400, 0, "the second device wrote the first one's buffer")?;
    buffer.bytes_mut().fill(CANARY);
    let buffer = one.receive(buffer, 0)?;
    pattern::verify(buffer.bytes(), 1400, 0, "the first device goes on as before")
}

fn foreign<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let to = Direction::ToDevice;
    let mut one = scope.link::<2>()?;
    let other = scope.rig.apart(&one.device)?.or_fail("opening the device apart")?;
    let mut two = scope.link_to::<2>(other, 0)?;
    let buffer = two.lend_filled(128, 1410)?;
    let own = dma_core::Channel::domain(one.engine(to).channel());
    check(buffer.domain() != own, "the two devices are in two domains")?;
    let refused = one.submit(buffer, 0, to);
    let refused = refused.refused_as(&[ErrorKind::OtherDomain], "another device's buffer")?;
    pattern::verify(refused.buffer.bytes(), 1410, 0, "the refused buffer is unchanged")?;
    let mut buffer = two.send(refused.buffer, 0)?;
    buffer.bytes_mut().fill(CANARY);
    let refused = one.submit(buffer, 0, Direction::FromDevice);
    let refused = refused.refused_as(&[ErrorKind::OtherDomain], "another device's buffer")?;
    pattern::intact(refused.buffer.bytes(), "the refused buffer is unchanged")?;
    let buffer = two.carry(refused.buffer, 0, Direction::FromDevice, Wait::Blocking)?;
    pattern::verify(buffer.bytes(), 1410, 0, "its own device takes it")?;
    one.proves_alive(1411)
}

fn pools<R: Rig>(scope: &mut Scope<'_, R>) -> Result<(), Halt> {
    let mut one = scope.link::<2>()?;
    let other = scope.rig.apart(&one.device)?.or_fail("opening the device apart")?;
    let mine = one.lend(64)?;
    let theirs = crate::scope::lend::<R>(&other, one.limits.request(64)).or_fail("lending")?;
    let mut pool = dma_core::Pool::<_, 1>::empty(64, mine.domain());
    pool.put(theirs).refused_as(&[ErrorKind::OtherDomain], "another domain's buffer")?;
    pool.put(mine).or_fail("putting a buffer of the pool's domain")?;
    let mine = pool.get().or_fail("a buffer of the pool")?;
    let _sent = one.send(mine, 0)?;
    let _ = other.identity();
    one.proves_alive(1420)
}
