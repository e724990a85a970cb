//! The slot table.
#![forbid(unsafe_code)]

use std::collections::HashMap;

use dma_core::{InFlight, Ticket};
use proptest::prelude::*;

// Generations wrap without mixing up neighbours.
#[test]
fn generations_wrap() {
    let mut table: InFlight<u32, 1> = InFlight::starting_at(u32::MAX - 1);
    let tickets: Vec<Ticket> = (0..4)
        .map(|value| {
            let ticket = table.insert(value).unwrap();
            assert_eq!(table.insert(99), Err(99));
            assert_eq!(table.take(ticket), Some(value));
            ticket
        })
        .collect();
    let last = table.insert(5).unwrap();
    for stale in tickets {
        assert_ne!(stale, last);
        assert_eq!(table.get(stale), None);
        assert_eq!(table.take(stale), None);
    }
    assert_eq!(table.get(last), Some(&5));
}

// A ticket of one table is nothing to another one.
#[test]
fn tables_do_not_take_each_others_tickets() {
    let mut one: InFlight<u8, 4> = InFlight::new();
    let mut two: InFlight<u8, 4> = InFlight::new();
    let mine = one.insert(1).unwrap();
    let yours = two.insert(2).unwrap();
    assert_eq!(mine.slot(), yours.slot());
    assert_eq!((one.take(yours), two.take(mine)), (None, None));
    assert_eq!((one.len(), two.len()), (1, 1));
}

// What is still in flight when the table goes is leaked: it belongs to the device.
#[test]
fn a_dropped_table_leaks_what_is_in_flight() {
    let counted = std::rc::Rc::new(());
    let mut table = InFlight::<_, 2>::new();
    let ticket = table.insert(std::rc::Rc::clone(&counted)).unwrap();
    drop(table.take(ticket));
    assert_eq!(std::rc::Rc::strong_count(&counted), 1);
    let _ = table.insert(std::rc::Rc::clone(&counted)).unwrap();
    drop(table);
    assert_eq!(std::rc::Rc::strong_count(&counted), 2);
}

proptest! {
    // Against a map: every ticket finds its own value as long as it is in, and nothing after.
    #[test]
    fn behaves_as_a_map(
        start in prop_oneof![Just(0), Just(u32::MAX - 2)],
        steps in prop::collection::vec((any::<bool>(), 0..8_usize), 1..200),
    ) {
        let mut table: InFlight<usize, 5> = InFlight::starting_at(start);
        let mut model: HashMap<Ticket, usize> = HashMap::new();
        let mut known: Vec<Ticket> = Vec::new();
        for (number, (insert, which)) in steps.into_iter().enumerate() {
            if insert {
                match table.insert(number) {
                    Ok(ticket) => {
                        prop_assert!(model.len() < 5);
                        prop_assert!(model.keys().all(|other| other.slot() != ticket.slot()));
                        prop_assert_eq!(model.insert(ticket, number), None);
                        known.push(ticket);
                    }
                    Err(value) => prop_assert_eq!((value, model.len()), (number, 5)),
                }
            } else if let Some(ticket) = known.get(known.len().saturating_sub(1 + which)) {
                prop_assert_eq!(table.take(*ticket), model.remove(ticket));
            }
            prop_assert_eq!(table.len(), model.len());
            prop_assert_eq!((table.is_empty(), table.is_full()), (model.is_empty(), model.len() == 5));
            for ticket in &known {
                prop_assert_eq!(table.get(*ticket), model.get(ticket));
            }
            for slot in 0..6 {
                let live = model.iter().find(|(ticket, _)| ticket.slot() == slot);
                prop_assert_eq!(table.ticket_at(slot), live.map(|(ticket, _)| *ticket));
                prop_assert_eq!(table.at(slot), live.map(|(_, value)| value));
            }
        }
    }
}
