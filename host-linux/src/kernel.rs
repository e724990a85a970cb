//! Which kernel it is, since what VFIO tells differs with its age.
#![forbid(unsafe_code)]

use core::fmt;

/// The first two numbers of a kernel's release.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KernelVersion {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
}

impl KernelVersion {
    /// The version with these numbers.
    #[must_use]
    pub const fn new(major: u32, minor: u32) -> Self {
        Self { major, minor }
    }

    /// That of the kernel that runs; `None` if its name has no numbers.
    #[must_use]
    pub fn current() -> Option<Self> {
        Self::parse(&rustix::system::uname().release().to_string_lossy())
    }

    /// Reads a release, as "5.10.0-39-arm64" or "4.9.140-tegra".
    ///
    /// # Examples
    ///
    /// ```
    /// use host_linux::KernelVersion;
    /// assert_eq!(KernelVersion::parse("4.9.140-tegra"), Some(KernelVersion::new(4, 9)));
    /// assert!(KernelVersion::new(5, 10) > KernelVersion::new(5, 4));
    /// ```
    #[must_use]
    pub fn parse(release: &str) -> Option<Self> {
        let mut numbers = release.split(|letter: char| !letter.is_ascii_digit());
        let major = numbers.next()?.parse().ok()?;
        let minor = numbers.next()?.parse().ok()?;
        Some(Self { major, minor })
    }
}

impl fmt::Display for KernelVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Releases of distributions and vendors are read; names without numbers are none.
    #[test]
    fn releases_are_read() {
        for (release, version) in [
            ("7.3.4+deb13-cloud-amd64", Some((7, 3))),
            ("5.10.0-39-arm64", Some((5, 10))),
            ("6.12", Some((6, 12))),
            ("4.9-rc1", Some((4, 9))),
            ("linux", None),
            ("6", None),
            ("", None),
        ] {
            let version = version.map(|(major, minor)| KernelVersion::new(major, minor));
            assert_eq!(KernelVersion::parse(release), version, "{release}");
        }
        assert!(KernelVersion::current().is_some());
    }
}
