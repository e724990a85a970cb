// SPDX-License-Identifier: GPL-2.0-only

//! The structures of the interface as plain bytes.

use kernel::transmute::{
    AsBytes,
    FromBytes, //
};

use crate::uapi::{
    Allocate,
    Free,
    GetRuns,
    Info,
    Interrupts,
    Map,
    Rearm,
    Reset,
    Run,
    SetEvent,
    SetMask,
    Switch,
    Sync, //
};

macro_rules! plain {
    ($($type:ty),* $(,)?) => {
        $(
            // SAFETY: integers only, so any bytes are a value.
            unsafe impl FromBytes for $type {}
            // SAFETY: integers only, and no padding between them: each lies at a multiple of its
            // size, and the length is a multiple of eight.
            unsafe impl AsBytes for $type {}
        )*
    };
}

plain!(
    Allocate, Free, GetRuns, Info, Interrupts, Map, Rearm, Reset, Run, SetEvent, SetMask, Switch,
    Sync,
);
