//! Cases of the suite that no board shows.
#![forbid(unsafe_code)]

use conformance::{Exception, Reason};

/// Faults that hardware does not make on demand.
pub const OBEDIENT: Reason = "a real device does as it is told";
/// A pool hands out one run.
pub const CONTIGUOUS: Reason = "the lender gives only contiguous memory";
const UNTRANSLATED: Reason = "nothing translates: a wrong address would corrupt memory";
const NO_RESET: Reason = "the device cannot be reset";
const ALONE: Reason = "there is no device in another address space";

/// The exceptions of every board with one device, without an IOMMU and without a reset of it.
const SHARED: [Exception; 34] = [
    ("two_pieces", CONTIGUOUS),
    ("two_hundred_and_fifty_six_pieces", CONTIGUOUS),
    ("part_of_scattered_memory", CONTIGUOUS),
    ("batch_costs_one_doorbell", "doorbells cannot be counted"),
    ("no_interrupt_is_lost_at_any_latency", OBEDIENT),
    ("no_task_is_left_asleep_at_any_latency", OBEDIENT),
    ("batches_wake_at_any_latency", OBEDIENT),
    ("lost_interrupt_is_made_up_for_by_looking", OBEDIENT),
    ("lost_interrupt_costs_time_and_no_data", OBEDIENT),
    ("interrupt_counter_wraps", OBEDIENT),
    ("misaligned_job_is_refused", "the channel takes any alignment"),
    ("memory_beyond_the_mask_is_refused", "all memory lies within the device's reach"),
    ("devices_of_one_domain_share_buffers", "there is one device only in this address space"),
    ("buffer_of_another_domain_is_refused", ALONE),
    ("pool_refuses_buffers_of_another_domain", ALONE),
    ("unmapped_address_faults", UNTRANSLATED),
    ("address_after_unmap_faults", UNTRANSLATED),
    ("access_past_the_end_faults", UNTRANSLATED),
    ("write_to_memory_mapped_for_reading_faults", UNTRANSLATED),
    ("read_of_memory_mapped_for_writing_faults", UNTRANSLATED),
    ("address_above_the_mask_reaches_nothing", UNTRANSLATED),
    ("failing_unmap_keeps_a_buffers_memory", OBEDIENT),
    ("failing_unmap_leaks_the_callers_memory", "owners of the caller's memory cannot be counted"),
    ("stalled_job_ends_at_its_limit", OBEDIENT),
    ("stalled_job_ends_a_task_at_its_limit", OBEDIENT),
    ("hanging_device_keeps_buffers_until_it_is_reset", OBEDIENT),
    ("error_of_the_device_is_reported", OBEDIENT),
    ("reset_is_noticed_by_every_engine", NO_RESET),
    ("reset_midway_gives_buffers_back", NO_RESET),
    ("proof_of_an_older_reset_is_refused", NO_RESET),
    ("dropped_engine_of_a_hanging_device_frees_nothing", OBEDIENT),
    ("removed_card_ends_a_wait_and_keeps_its_memory", OBEDIENT),
    ("removed_card_ends_a_task", OBEDIENT),
    ("removed_card_ends_polling_at_once", OBEDIENT),
];

/// Those of every board, then a board's `own`: `N` of its own make `M` in all.
///
/// # Panics
///
/// At compile time in a `const`: `M` is another sum.
///
/// # Examples
///
/// ```
/// use firmware::exceptions;
///
/// const ALL: [conformance::Exception; 35] =
///     exceptions::with([("two_engines_share_one_vector", "the device has one channel only")]);
/// assert_eq!(ALL[34].0, "two_engines_share_one_vector");
/// ```
#[must_use]
pub const fn with<const N: usize, const M: usize>(own: [Exception; N]) -> [Exception; M] {
    assert!(M == SHARED.len() + N, "as many as are shared, and the board's own");
    let mut all = [("", ""); M];
    let mut next = 0;
    while next < M {
        all[next] = if next < SHARED.len() { SHARED[next] } else { own[next - SHARED.len()] };
        next += 1;
    }
    all
}
