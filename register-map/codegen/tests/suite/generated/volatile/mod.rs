//! The corpus as structures of volatile cells.
#![forbid(unsafe_code)]

pub mod derived_everywhere;
pub mod derived_ports;
pub mod dma_card;
pub mod fields_with_rights;
pub mod hard_names;
pub mod lists_and_arrays;
pub mod odd_but_usable;
pub mod queues;
pub mod tasks_and_events;
pub mod values_and_constraints;
pub mod wide_and_deep;
pub mod widths_and_unions;
