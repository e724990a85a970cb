//! The suite can fail: each broken rig is caught by the case that is there for it.
#![forbid(unsafe_code)]

use backend_mock::Trigger;
use conformance::report::Report;
use conformance::{Exception, Rig, State};

use crate::rigs::broken::{BrokenRig, Sabotage};
use crate::rigs::edu::{ANY_ALIGNMENT, Edu, NO_STATUS, ONE_CHANNEL};
use crate::rigs::mock::{Kind, MockRig, Wishes};
use crate::rigs::pl081::Primecell;

// Channels that need alignment, and segments that keep within boundaries: no card of ours does.
#[test]
fn channel_with_particular_limits_conforms() {
    let exceptions: Vec<Exception> = EXCEPTIONS[1..]
        .iter()
        .copied()
        .chain([("error_of_the_device_is_reported", NO_STATUS)])
        .collect();
    let rig = BrokenRig::<Edu>::new(Wishes::translating(), Sabotage::IsParticular);
    crate::conforms("mock/edu, IOMMU, aligned segments", rig, &exceptions);
    let rig = BrokenRig::<Primecell>::new(Wishes::translating(), Sabotage::IsParticular);
    crate::conforms("mock/pl081, IOMMU, aligned segments", rig, &EXCEPTIONS[1..14]);
}

/// What the wrapped rigs have not.
const EXCEPTIONS: [Exception; 16] = [
    ("misaligned_job_is_refused", ANY_ALIGNMENT),
    ("one_piece", "the lender gives only contiguous memory"),
    ("two_pieces", "the lender gives only contiguous memory"),
    ("two_hundred_and_fifty_six_pieces", "the lender gives only contiguous memory"),
    ("part_of_scattered_memory", "the lender gives only contiguous memory"),
    ("memory_beyond_the_mask_is_refused", "all memory lies within the device's reach"),
    ("direction_that_is_not_mapped_is_refused", UNMAPPABLE),
    ("callers_memory_travels_both_ways", UNMAPPABLE),
    ("callers_crooked_memory_is_bounced", UNMAPPABLE),
    ("memory_that_is_not_whole_pages_is_refused", UNMAPPABLE),
    ("write_to_memory_mapped_for_reading_faults", UNMAPPABLE),
    ("read_of_memory_mapped_for_writing_faults", UNMAPPABLE),
    ("failing_unmap_leaks_the_callers_memory", "owners of the caller's memory cannot be counted"),
    ("devices_of_one_domain_share_buffers", "there is one device only in this address space"),
    ("two_engines_share_one_vector", ONE_CHANNEL),
    ("two_tasks_share_one_vector", ONE_CHANNEL),
];

const UNMAPPABLE: &str = "the road cannot map the caller's memory";

/// The suite must pass this rig.
#[track_caller]
fn sound<R: Rig>(name: &str, mut rig: R, exceptions: &[Exception]) {
    let report = Report::of(name, &mut rig, exceptions);
    assert!(report.totals.conforms(), "{}", report.table());
}

/// The suite must fail this rig in each of these cases.
#[track_caller]
fn caught<K: Kind>(sabotage: Sabotage, trigger: Trigger, cases: &[&str]) {
    let mut rig = BrokenRig::<K>::new(Wishes::translating().trigger(trigger), sabotage);
    let name = format!("{sabotage:?}");
    let report = Report::of_some(&name, &mut rig, &EXCEPTIONS, |name| cases.contains(&name));
    let ran = report.rows.iter().filter(|row| cases.contains(&row.outcome.name));
    assert_eq!(ran.count(), cases.len(), "a case of another name: {}", report.table());
    for row in report.rows.iter().filter(|row| cases.contains(&row.outcome.name)) {
        let failed = matches!(row.outcome.state, State::Failed(_));
        assert!(failed, "{} does not notice: {}", row.outcome.name, report.table());
    }
    assert!(!report.totals.conforms());
}

// The wrapping itself is sound: with nothing broken, everything passes.
#[test]
fn rig_with_nothing_broken_conforms() {
    let exceptions: Vec<Exception> =
        EXCEPTIONS.into_iter().chain([("error_of_the_device_is_reported", NO_STATUS)]).collect();
    let wishes = Wishes::translating().trigger(Trigger::Level);
    sound("wrapped edu", BrokenRig::<Edu>::new(wishes, Sabotage::Nothing), &exceptions);
    let wishes = Wishes::translating().trigger(Trigger::Level);
    let rig = BrokenRig::<Primecell>::new(wishes, Sabotage::Nothing);
    sound("wrapped PL081", rig, &EXCEPTIONS[..14]);
    // Neither does it matter that an interrupt may come while it is being re-armed.
    let wishes = Wishes::translating().trigger(Trigger::LevelOnce);
    let rig = BrokenRig::<Edu>::new(wishes, Sabotage::RearmsSlowly);
    sound("wrapped edu, slow to re-arm", rig, &exceptions);
}

// An interrupt that is never re-armed stays masked after it fired once: the sweeps notice.
#[test]
fn unarmed_interrupt_is_caught() {
    let sweeps = ["no_interrupt_is_lost_at_any_latency", "batches_wake_at_any_latency"];
    caught::<Edu>(Sabotage::NeverRearms, Trigger::Level, &sweeps);
    caught::<Primecell>(Sabotage::NeverRearms, Trigger::Level, &sweeps);
}

// Without another look after re-arming, an edge that fell while masked is lost for ever.
#[test]
fn missing_look_after_rearming_is_caught() {
    let cases = ["no_interrupt_is_lost_at_any_latency", "no_task_is_left_asleep_at_any_latency"];
    caught::<Edu>(Sabotage::NeverLooksAgain, Trigger::LevelOnce, &cases);
}

// A task whose waker was lost sleeps for ever.
#[test]
fn lost_waker_is_caught() {
    caught::<Primecell>(Sabotage::LosesWakers, Trigger::Level, &["async_wait"]);
}

// A sleep that goes past its deadline makes a time limit meaningless.
#[test]
fn late_deadline_is_caught() {
    let cases = ["lost_interrupt_is_made_up_for_by_looking"];
    caught::<Edu>(Sabotage::SleepsPastDeadlines, Trigger::Edge, &cases);
}

// With one count of what was seen for both, one engine eats the other's interrupt.
#[test]
fn eaten_interrupt_is_caught() {
    let cases = ["two_engines_share_one_vector"];
    caught::<Primecell>(Sabotage::EatsInterrupts, Trigger::Edge, &cases);
}

// An engine that is not told of a reset goes on as if nothing had happened.
#[test]
fn hidden_reset_is_caught() {
    let cases = ["reset_is_noticed_by_every_engine", "proof_of_an_older_reset_is_refused"];
    caught::<Edu>(Sabotage::HidesResets, Trigger::Edge, &cases);
}

// Segments that were never pushed, or are still under way, are not done.
#[test]
fn wrong_counts_are_caught() {
    let cases = ["every_length_goes_both_ways", "blocking_wait"];
    caught::<Edu>(Sabotage::CountsTooMany, Trigger::Edge, &cases);
    caught::<Primecell>(Sabotage::CountsTooMany, Trigger::Edge, &cases);
    caught::<Edu>(Sabotage::CountsTooEarly, Trigger::Edge, &cases);
    caught::<Primecell>(Sabotage::CountsTooEarly, Trigger::Edge, &cases[..1]);
}

// Doorbells that are lost, doubled, or rung for each segment.
#[test]
fn wrong_doorbells_are_caught() {
    let lost = ["no_doorbell_is_lost_while_the_device_runs", "one_engine_runs_for_long"];
    caught::<Edu>(Sabotage::LosesDoorbells, Trigger::Edge, &lost);
    caught::<Primecell>(Sabotage::LosesDoorbells, Trigger::Edge, &lost);
    let batch = ["batch_costs_one_doorbell"];
    caught::<Edu>(Sabotage::RingsTwice, Trigger::Edge, &batch);
    caught::<Primecell>(Sabotage::NeverBatches, Trigger::Edge, &batch);
}

// Limits that are too strict would pass by refusing.
#[test]
fn strict_limits_are_caught() {
    let cases = ["channel_carries_what_the_data_sheet_says"];
    caught::<Edu>(Sabotage::StrictMask, Trigger::Edge, &cases);
    caught::<Edu>(Sabotage::StrictSegment, Trigger::Edge, &cases);
    caught::<Primecell>(Sabotage::StrictAlignment, Trigger::Edge, &cases);
}

// One byte too many, or one place too far, is seen by the canaries.
#[test]
fn wrong_bytes_are_caught() {
    let longer = ["every_length_goes_both_ways", "neighbours_on_the_card_are_untouched"];
    caught::<Edu>(Sabotage::PushesLonger, Trigger::Edge, &longer);
    caught::<Primecell>(Sabotage::PushesLonger, Trigger::Edge, &longer);
    // Both ways by the same amount: only the end of the card's memory tells.
    let elsewhere = ["end_of_the_cards_memory_is_reached"];
    caught::<Edu>(Sabotage::PushesElsewhere, Trigger::Edge, &elsewhere);
    caught::<Primecell>(Sabotage::PushesElsewhere, Trigger::Edge, &elsewhere);
}

// A device that interrupts without end keeps whoever shares its vector busy.
#[test]
fn endless_interrupts_are_caught() {
    let cases = ["idle_device_leaves_its_interrupt_alone"];
    caught::<Edu>(Sabotage::NeverSleeps, Trigger::Edge, &cases);
}

// Segments that overtake one another.
#[test]
fn wrong_order_is_caught() {
    let cases = ["jobs_in_flight_keep_their_order"];
    caught::<Primecell>(Sabotage::Reorders, Trigger::Edge, &cases);
}

// A channel that does not look whether the device stopped.
#[test]
fn device_that_was_not_stopped_is_caught() {
    let cases = [
        "dropped_engine_leaves_a_quiet_device",
        "hanging_device_keeps_buffers_until_it_is_reset",
        "removed_card_ends_a_wait_and_keeps_its_memory",
    ];
    caught::<Edu>(Sabotage::NeverStops, Trigger::Edge, &cases);
    caught::<Primecell>(Sabotage::NeverStops, Trigger::Edge, &cases);
}

// A channel that only says that it is quiet lets memory go which the device still uses.
#[test]
fn false_quiet_is_caught() {
    let cases = [
        "hanging_device_keeps_buffers_until_it_is_reset",
        "dropped_engine_of_a_hanging_device_frees_nothing",
    ];
    caught::<Edu>(Sabotage::LiesThatItIsQuiet, Trigger::Edge, &cases);
    caught::<Primecell>(Sabotage::LiesThatItIsQuiet, Trigger::Edge, &cases);
}

// Room that is not there.
#[test]
fn false_room_is_caught() {
    caught::<Edu>(Sabotage::LiesAboutRoom, Trigger::Edge, &["device_names_itself"]);
}

// An error, or a removal, that the channel does not tell of.
#[test]
fn swallowed_errors_are_caught() {
    let error = ["error_of_the_device_is_reported"];
    caught::<Primecell>(Sabotage::SwallowsErrors, Trigger::Edge, &error);
    let removal = ["removed_card_ends_polling_at_once"];
    caught::<Edu>(Sabotage::OverlooksRemoval, Trigger::Edge, &removal);
}

// Addresses that are a page off reach nothing, which only the bytes and the faults show.
#[test]
fn lying_addresses_are_caught() {
    let cases = ["device_names_itself", "every_length_goes_both_ways", "polling_wait"];
    caught::<Edu>(Sabotage::LiesByAPage, Trigger::Edge, &cases);
    caught::<Primecell>(Sabotage::LiesByAPage, Trigger::Edge, &cases);
}

// A mapping that ends too early, never, or only in words.
#[test]
fn wrong_unmapping_is_caught() {
    let early = ["pieces_of_one_allocation_travel_apart", "shared_mapping_is_not_unmapped"];
    caught::<Edu>(Sabotage::UnmapsTooEarly, Trigger::Edge, &early);
    let never = ["unmapping_gives_everything_back", "opening_and_closing_leaves_nothing_behind"];
    caught::<Edu>(Sabotage::NeverUnmaps, Trigger::Edge, &never);
    let swallowed = ["failing_unmap_keeps_a_buffers_memory"];
    caught::<Edu>(Sabotage::SwallowsUnmapErrors, Trigger::Edge, &swallowed);
}

// Memory that is not as it was asked for.
#[test]
fn wrong_memory_is_caught() {
    caught::<Edu>(Sabotage::IgnoresMasks, Trigger::Edge, &["mask_is_honoured"]);
    caught::<Edu>(Sabotage::IgnoresAlignment, Trigger::Edge, &["alignment_is_honoured"]);
    caught::<Edu>(Sabotage::NeverZeroes, Trigger::Edge, &["lent_memory_is_zeroed_and_exact"]);
}

// Two address spaces of one name would let one device write into another's memory.
#[test]
fn shared_domain_name_is_caught() {
    let cases = ["buffer_of_another_domain_is_refused"];
    caught::<Edu>(Sabotage::SharesDomainNames, Trigger::Edge, &cases);
}

// Bus mastering that cannot be switched off.
#[test]
fn constant_mastering_is_caught() {
    let cases = ["device_masters_the_bus_only_when_allowed"];
    caught::<Edu>(Sabotage::AlwaysMasters, Trigger::Edge, &cases);
}

// A rig that claims an IOMMU where there is none.
#[test]
fn missing_protection_is_caught() {
    let wishes = Wishes { translating: true, ..Wishes::passthrough() };
    let mut rig = MockRig::<Edu>::new(wishes);
    let case = "write_to_memory_mapped_for_reading_faults";
    let report = Report::of_some("no IOMMU", &mut rig, &[], |name| name == case);
    assert_eq!((report.totals.failed, report.totals.passed), (1, 0), "{}", report.table());
}

// What does not apply must be listed, with its reason; what is listed must not apply, and exist.
#[test]
fn untrue_list_of_exceptions_is_caught() {
    let run = |exceptions: &[Exception]| {
        let mut rig = MockRig::<Edu>::new(Wishes::translating());
        let wanted = ["misaligned_job_is_refused", "one_piece"];
        Report::of_some("edu", &mut rig, exceptions, |name| wanted.contains(&name)).totals
    };
    let listed = ("misaligned_job_is_refused", ANY_ALIGNMENT);
    assert!(run(&[listed]).conforms());
    assert_eq!(run(&[]).failed, 1, "not listed");
    assert_eq!(run(&[("misaligned_job_is_refused", "it is Sunday")]).failed, 1, "another reason");
    assert_eq!(run(&[listed, ("one_piece", "it is Sunday")]).failed, 1, "applies after all");
    assert_eq!(run(&[listed, ("two_moons", "there is one")]).failed, 1, "no such case");
}

// A rig on which nothing at all is accepted does not pass by having nothing fail.
#[test]
fn nothing_accepted_is_no_pass() {
    let mut rig = MockRig::<Edu>::new(Wishes::translating());
    let report = Report::of_some("edu", &mut rig, &[], |_| false);
    assert!(!report.totals.conforms());
}
