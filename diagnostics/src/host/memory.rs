//! Memory: pages, what may be locked; and the user that this depends on.

use std::fmt;

use host_linux::LockedMemory;
use serde::Serialize;

use super::tree::Tree;

/// A pool of reserved huge pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct HugePool {
    /// Bytes of a page.
    pub size: u64,
    /// How many there are.
    pub total: u64,
    /// How many are free.
    pub free: u64,
}

/// Memory, as far as DMA is concerned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Memory {
    /// Bytes of a page.
    pub page: u64,
    /// All of it, in bytes.
    pub total: Option<u64>,
    /// Reserved huge pages.
    pub pools: Vec<HugePool>,
    /// Whether the kernel makes huge pages by itself: "always", "madvise", "never".
    pub transparent: Option<String>,
    /// The contiguous area that drivers of the kernel share, in bytes.
    pub contiguous: Option<u64>,
    /// How much this process may lock, in bytes; `None` if there is no limit.
    pub lock_limit: Option<u64>,
    /// Whether it may lock beyond the limit.
    pub lock_unlimited: bool,
}

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct User {
    /// The number of the user.
    pub user: u32,
    /// Those of the groups.
    pub groups: Vec<u32>,
    /// Whether it may reach devices past the kernel (`CAP_SYS_RAWIO`).
    pub raw_io: bool,
    /// Whether it sees physical addresses and changes the host (`CAP_SYS_ADMIN`).
    pub admin: bool,
}

/// Numbers of capabilities.
const RAW_IO: u32 = 17;
const ADMIN: u32 = 21;

impl Memory {
    pub(super) fn examine(tree: &Tree) -> Self {
        let info = tree.text("/proc/meminfo").unwrap_or_default();
        let entry = |name: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(name))?;
            let number: u64 =
                line.trim_start_matches(':').split_whitespace().next()?.parse().ok()?;
            Some(number * 1024)
        };
        let status = tree.text("/proc/self/status").unwrap_or_default();
        let limits = tree.text("/proc/self/limits").unwrap_or_default();
        let locked = LockedMemory::of(&status, limit(&limits));
        Self {
            page: tree.page_size(),
            total: entry("MemTotal"),
            pools: pools(tree),
            transparent: tree
                .text("/sys/kernel/mm/transparent_hugepage/enabled")
                .and_then(|text| Some(text.split_once('[')?.1.split_once(']')?.0.to_owned())),
            contiguous: entry("CmaTotal").filter(|bytes| *bytes > 0),
            lock_limit: locked.limit,
            lock_unlimited: locked.unlimited,
        }
    }

    /// Whether so many bytes can be locked.
    #[must_use]
    pub fn can_lock(&self, bytes: u64) -> bool {
        self.lock_unlimited || self.lock_limit.is_none_or(|limit| limit >= bytes)
    }
}

/// `Max locked memory  8388608  8388608  bytes`: the first number.
fn limit(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max locked memory"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn pools(tree: &Tree) -> Vec<HugePool> {
    let folder = "/sys/kernel/mm/hugepages";
    let names = tree.names(folder);
    let pool = |name: &String| {
        let size: u64 = name.strip_prefix("hugepages-")?.strip_suffix("kB")?.parse().ok()?;
        let number = |file: &str| tree.text(&format!("{folder}/{name}/{file}"))?.parse().ok();
        let (total, free) = (number("nr_hugepages")?, number("free_hugepages")?);
        Some(HugePool { size: size * 1024, total, free })
    };
    names.iter().filter_map(pool).collect()
}

impl User {
    pub(super) fn examine(tree: &Tree) -> Self {
        let status = tree.text("/proc/self/status").unwrap_or_default();
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.map_or("", |line| line.trim_start_matches(':').trim())
        };
        let numbers = |name| field(name).split_whitespace().filter_map(|word| word.parse().ok());
        let capabilities = u64::from_str_radix(field("CapEff"), 16).unwrap_or(0);
        // Real, effective, saved, of the file system.
        let user = numbers("Uid").nth(1).unwrap_or(u32::MAX);
        let mut groups: Vec<u32> =
            numbers("Gid").skip(1).take(1).chain(numbers("Groups")).collect();
        groups.sort_unstable();
        groups.dedup();
        let has = |bit: u32| capabilities >> bit & 1 == 1;
        Self { user, groups, raw_io: has(RAW_IO), admin: has(ADMIN) }
    }
}

/// Bytes in the largest unit that divides them.
pub(super) fn bytes(count: u64) -> String {
    let units = [(1_u64 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let unit = units.iter().find(|(size, _)| count >= *size && count.is_multiple_of(*size));
    unit.map_or_else(|| format!("{count} bytes"), |(size, name)| format!("{} {name}", count / size))
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(total) = self.total {
            write!(f, "{} MiB in ", total >> 20)?;
        }
        write!(f, "pages of {}", bytes(self.page))?;
        for pool in &self.pools {
            write!(f, "; {} reserved of {}, {} free", pool.total, bytes(pool.size), pool.free)?;
        }
        if let Some(transparent) = &self.transparent {
            write!(f, "; transparent huge pages {transparent}")?;
        }
        if let Some(contiguous) = self.contiguous {
            write!(f, "; {} contiguous for the kernel's drivers", bytes(contiguous))?;
        }
        match (self.lock_unlimited, self.lock_limit) {
            (true, _) | (_, None) => f.write_str("; any may be locked"),
            (false, Some(limit)) => write!(f, "; {} may be locked", bytes(limit)),
        }
    }
}

impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups: Vec<String> = self.groups.iter().map(u32::to_string).collect();
        write!(f, "number {}, of the groups {}", self.user, groups.join(", "))?;
        match (self.raw_io, self.admin) {
            (true, true) => f.write_str(", privileged"),
            (false, false) => f.write_str(", not privileged"),
            _ => f.write_str(", privileged in part"),
        }
    }
}
