//! Which device addresses may be used where the kernel does not tell them.
//!
//! sysfs has what is reserved since 4.11. Older kernels tell nothing: then a cautious window below
//! 4 GiB is used, without the places where processors have their message interrupts.
#![forbid(unsafe_code)]

use dma_core::IovaWindow;

/// No address below: zero looks like none to drivers and people, and so does its neighbourhood.
pub const LOWEST: u64 = 0x1_0000;

/// Every IOMMU that VFIO serves translates so many bits.
pub const SURE_BITS: u32 = 39;

/// Below 4 GiB, without what x86 (`0xfee0_0000`) and ARM (`0x0800_0000`) use for messages.
const CAUTIOUS: [IovaWindow; 2] = [
    IovaWindow { first: LOWEST, last: 0x07ff_ffff },
    IovaWindow { first: 0x0810_0000, last: 0xfebf_ffff },
];

/// The windows of an IOMMU of so many bits, of what sysfs reserves; cautious ones where it is silent.
#[must_use]
pub fn untold(reserved: Option<&[(u64, u64)]>, bits: u32) -> Vec<IovaWindow> {
    let Some(reserved) = reserved else { return CAUTIOUS.to_vec() };
    let last = 1_u64.checked_shl(bits).map_or(u64::MAX, |end| end - 1);
    without(&without(&[IovaWindow { first: 0, last }], reserved), &[(0, LOWEST - 1)])
}

/// The windows without these ranges, ascending and apart.
#[must_use]
pub fn without(windows: &[IovaWindow], ranges: &[(u64, u64)]) -> Vec<IovaWindow> {
    let mut left = windows.to_vec();
    left.sort_by_key(|window| window.first);
    for &(first, last) in ranges {
        let cut = |window: &IovaWindow| {
            let below = (window.first < first)
                .then(|| IovaWindow { first: window.first, last: window.last.min(first - 1) });
            let above = (window.last > last)
                .then(|| IovaWindow { first: window.first.max(last + 1), last: window.last });
            below.into_iter().chain(above)
        };
        left = left.iter().flat_map(cut).collect();
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn window(first: u64, last: u64) -> IovaWindow {
        IovaWindow { first, last }
    }

    // Without word from the kernel, what sysfs reserves is left out.
    #[test]
    fn reserved_regions_are_left_out() {
        let highest = (1 << SURE_BITS) - 1;
        let windows = untold(Some(&[(0x0800_0000, 0x080f_ffff)]), SURE_BITS);
        assert_eq!(windows, [window(LOWEST, 0x07ff_ffff), window(0x0810_0000, highest)]);
        assert_eq!(untold(Some(&[]), 64), [window(LOWEST, u64::MAX)]);
    }

    // With no word at all, neither of the message windows is touched, and 32 bits suffice.
    #[test]
    fn cautious_windows_avoid_messages_of_both_processors() {
        let windows = untold(None, SURE_BITS);
        for messages in [0xfee0_0000, 0x0800_0000, 0x080f_ffff] {
            assert!(!windows.iter().any(|w| w.first <= messages && messages <= w.last));
        }
        assert!(windows.iter().all(|window| window.last < 1 << 32));
    }

    // Cutting keeps what is outside, at both ends of the number range too.
    #[test]
    fn cutting_keeps_the_rest() {
        let all = [window(0, u64::MAX)];
        assert_eq!(without(&all, &[(0, 9), (u64::MAX - 9, u64::MAX)]), [window(10, u64::MAX - 10)]);
        assert_eq!(without(&all, &[(0, u64::MAX)]), []);
        assert_eq!(without(&[window(5, 9)], &[(7, 7), (20, 30)]), [window(5, 6), window(8, 9)]);
    }
}
