//! What a controller must answer, on a board as on a PC.
//!
//! A [`Bench`] is one PL081 with its surroundings; [`ALL`](Bench::ALL) are the checks, by name.
//! Each ends with what was expected and what was seen if it fails.

mod bench;
mod refusals;
mod registers;
mod transfers;
mod words;

use conformance::Halt;
use dma_core::{Access, Error, Map, Narrow, Signal};

pub use bench::Bench;

/// A check: its name, and what it does.
pub type Check<B> = (&'static str, fn(&mut B) -> Result<(), Halt>);

impl<S, L, G> Bench<S, L, G>
where
    S: Access<u32> + Narrow + Clone + 'static,
    L: Map<Error = Error> + 'static,
    G: Signal + 'static,
{
    /// Every check. The first one is for a controller that was just reset.
    pub const ALL: &'static [Check<Self>] = &[
        ("registers_hold_their_reset_values", registers::reset_values),
        ("fields_hold_what_is_written", registers::fields),
        ("direct_job_arrives", transfers::direct),
        ("jobs_of_a_linked_list_arrive_in_order", transfers::linked),
        ("both_channels_work_side_by_side", transfers::side_by_side),
        ("stream_goes_round", transfers::stream),
        ("unaligned_bytes_arrive", transfers::unaligned),
        ("address_beyond_32_bits_is_refused", refusals::beyond_reach),
        ("unaligned_transfer_is_refused", refusals::unaligned),
        ("unaligned_ring_is_refused", refusals::unaligned_ring),
        ("too_long_transfer_is_refused", refusals::too_long),
        ("channel_in_use_is_refused", refusals::in_use),
        ("exhausted_pool_is_refused", refusals::exhausted),
        ("wrong_direction_is_refused", refusals::wrong_direction),
    ];
}
