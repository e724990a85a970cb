//! What a host refuses, and whether we say why and what to do about it.
//!
//! Each check brings the host into one state that users meet, looks at the message, does what
//! the message says where that can be done here, and leaves the host as it was.
#![forbid(unsafe_code)]

mod child;
mod group;
mod host;
mod user;

use guest_init::error::{Context, Error, Result};
use guest_init::pci::Device as PciDevice;

use self::child::Child;

/// What to try it on.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// PCI address of an `edu`, in a group of its own and bound to vfio-pci if there is an IOMMU
    #[arg(long)]
    device: String,
    /// There is no IOMMU: only what is said of that is checked
    #[arg(long)]
    no_iommu: bool,
    /// PCI address of an `edu` of 28 address bits
    #[arg(long)]
    narrow: Option<String>,
    /// PCI addresses of two `edu` in one group
    #[arg(long, num_args = 2)]
    group: Vec<String>,
}

/// A check: what is refused.
struct Check {
    name: &'static str,
    run: fn(&Arguments) -> Result<String>,
}

/// On a host with an IOMMU.
const CHECKS: &[Check] = &[
    Check { name: "no such device", run: host::missing },
    Check { name: "device of another driver", run: host::wrong_driver },
    Check { name: "device of another process", run: host::busy },
    Check { name: "user without rights, then with the shipped rule", run: user::rights },
    Check { name: "too little lockable memory", run: user::memlock },
    Check { name: "device of 28 address bits in a larger host", run: host::narrow },
    Check { name: "group with a device of another driver", run: group::not_viable },
];

/// On a host without.
const WITHOUT_IOMMU: &[Check] = &[
    Check { name: "no such device", run: host::missing },
    Check { name: "host without an IOMMU", run: host::no_iommu },
];

/// The verb.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let checks = if arguments.no_iommu { WITHOUT_IOMMU } else { CHECKS };
    let mut failed = 0;
    for Check { name, run } in checks {
        match run(arguments) {
            Ok(said) => println!("passed  {name}: {said}"),
            Err(error) => {
                failed += 1;
                println!("FAILED  {name}: {error}");
            }
        }
    }
    if failed == 0 {
        return Ok(());
    }
    Err(Error::new(format!("{failed} of {} checks failed", checks.len())))
}

/// What names a device on the road.
fn uri(device: &str) -> String {
    format!("vfio:{device}")
}

/// A round trip over a device, in a process of its own.
fn round_trip(device: &str) -> Child {
    Child::new(&["round-trip", "--device", &uri(device)])
}

/// The PCI device of this address.
fn pci(name: &str) -> Result<PciDevice> {
    let mut all = PciDevice::all()?.into_iter();
    let found = all.find(|device| device.name == name);
    found.ok_or_else(|| Error::new(format!("this guest has no device {name}")))
}

/// A program must have refused, with all of these in its message; gives the message.
fn refused(child: &Child, words: &[&str]) -> Result<String> {
    let said = child.refused()?;
    let lacks: Vec<&&str> = words.iter().filter(|word| !said.contains(**word)).collect();
    if lacks.is_empty() {
        return Ok(said);
    }
    Err(Error::new(format!("the message lacks {lacks:?}: {said}")))
}

/// With its driver changed for a while.
fn while_bound<T>(name: &str, driver: &str, then: impl FnOnce() -> Result<T>) -> Result<T> {
    let device = pci(name)?;
    let before = device.driver();
    device.bind(driver)?;
    let result = then();
    match before {
        Some(before) => device.bind(&before).context("give the device back")?,
        None => device.release().context("give the device back")?,
    }
    result
}
