//! One handle a device in this process: kernels would open one twice.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::PciAddress;

/// The devices that this process has open, on whatever road.
static OPEN: Mutex<BTreeSet<PciAddress>> = Mutex::new(BTreeSet::new());

/// The right to be the only handle of a device in this process. For backends.
#[derive(Debug)]
pub struct DeviceClaim(PciAddress);

impl DeviceClaim {
    /// Takes it; `None` if somebody has it.
    #[must_use]
    pub fn take(address: PciAddress) -> Option<Self> {
        // Only made if it is to be had: dropping one gives it back.
        open_devices().insert(address).then(|| Self(address))
    }
}

impl Drop for DeviceClaim {
    fn drop(&mut self) {
        open_devices().remove(&self.0);
    }
}

/// A set of addresses is whole whatever panicked beside it.
fn open_devices() -> MutexGuard<'static, BTreeSet<PciAddress>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    // A device is opened once at a time, another one beside it.
    #[test]
    fn device_is_claimed_once() {
        let [one, other] =
            ["10000:1e:00.0", "10000:1e:00.1"].map(|text| text.parse::<PciAddress>().unwrap());
        let claim = DeviceClaim::take(one).unwrap();
        assert!(DeviceClaim::take(one).is_none());
        assert!(DeviceClaim::take(other).is_some());
        drop(claim);
        assert!(DeviceClaim::take(one).is_some());
    }
}
