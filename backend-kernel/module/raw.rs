// SPDX-License-Identifier: GPL-2.0-only

//! What has no safe abstraction in the kernel crate, one subject a file.

pub(crate) mod coherent;
pub(crate) mod event;
pub(crate) mod glue;
pub(crate) mod map;
pub(crate) mod node;
pub(crate) mod pci;
pub(crate) mod pinned;
mod plain;
