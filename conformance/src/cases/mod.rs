//! The cases, grouped by what they are about.
#![forbid(unsafe_code)]

mod device;
mod domains;
mod forget;
mod interrupts;
mod lengths;
mod mapped;
mod pool;
mod protection;
mod queue;
mod recovery;
mod refusals;
mod removal;
mod requests;
mod rounds;
mod scatter;
mod stream;
mod tickets;
mod unmap;
mod waiting;

use crate::case::Group;
use crate::rig::Rig;

/// Every group, in the order in which they run: what later ones rely on comes first.
#[must_use]
pub const fn groups<R: Rig>() -> &'static [Group<R>] {
    const {
        &[
            device::group(),
            lengths::group(),
            scatter::group(),
            queue::group(),
            waiting::group(),
            tickets::group(),
            interrupts::group(),
            refusals::group(),
            requests::group(),
            mapped::group(),
            pool::group(),
            stream::group(),
            domains::group(),
            protection::group(),
            unmap::group(),
            recovery::group(),
            forget::group(),
            removal::group(),
            rounds::group(),
        ]
    }
}
