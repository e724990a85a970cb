//! Drivers of DMA engines: one description and one `Channel` each.
//!
//! They are generic over the register space and over ring memory, and know no backend: the same
//! code runs on mapped registers, on a microcontroller and against a simulated card.
//!
//! | module | engine | segments at a time | where its entries live |
//! |---|---|---|---|
//! | [`edu`] | QEMU's educational PCI device | 1 | registers |
//! | [`pl081`] | Arm `PrimeCell` PL081, two channels | as many as the ring has items | a linked list |
//! | [`nvme`] | NVM Express controllers | as many as a queue has slots, ending in any order | queues |
//! | [`xdma`] | Xilinx DMA for PCI Express, up to four channels each way | as many as the ring has descriptors | lists of descriptors |
//!
//! To write one of your own: describe the registers in SVD, then read [`edu`], which is four
//! stores and a doorbell.
#![no_std]

pub mod edu;
pub mod nvme;
pub mod pl081;
pub mod xdma;
