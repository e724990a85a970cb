//! All suites of `cargo xtask test`, in order: those that often fail first.

use crate::error::{Error, Result};
use crate::suite::Suite;
use crate::{
    asm, checks, counts, deps, examples, firmware, guest, made, readme, regen, schedules, size,
    style, targets, unsafe_list,
};

/// Every suite.
pub const ALL: &[Suite] = &[
    Suite { name: "fmt", about: "sources are formatted", fast: true, run: checks::fmt },
    Suite { name: "style", about: "our own rules of style", fast: true, run: style::suite },
    Suite {
        name: "deps",
        about: "who may know whom, reasons and licences of dependencies",
        fast: true,
        run: deps::suite,
    },
    Suite {
        name: "unsafe-list",
        about: "unsafe code stands in listed files only, and is explained",
        fast: true,
        run: unsafe_list::suite,
    },
    Suite {
        name: "regen",
        about: "generated code is what the descriptions give",
        fast: true,
        run: regen::suite,
    },
    Suite {
        name: "clippy",
        about: "no warning, with default and with all features",
        fast: true,
        run: checks::clippy,
    },
    Suite { name: "unit", about: "every test of the workspace", fast: true, run: checks::unit },
    Suite {
        name: "schedules",
        about: "ten thousand runs by chance: every fault in every state of an engine",
        fast: false,
        run: schedules::suite,
    },
    Suite {
        name: "readme",
        about: "the README's table is what the conformance suite says",
        fast: false,
        run: readme::suite,
    },
    Suite {
        name: "docs",
        about: "documents build without a warning and their examples run",
        fast: false,
        run: checks::docs,
    },
    Suite {
        name: "targets",
        about: "no_std crates build for microcontrollers and bare machines",
        fast: false,
        run: targets::suite,
    },
    Suite {
        name: "size",
        about: "the engine fits into a microcontroller and cannot panic there",
        fast: false,
        run: size::suite,
    },
    Suite {
        name: "firmware",
        about: "images without an operating system run the suite on emulated boards",
        fast: false,
        run: firmware::suite,
    },
    Suite {
        name: "asm",
        about: "register accesses are the instructions that one writes by hand",
        fast: false,
        run: asm::suite,
    },
    Suite {
        name: "counts",
        about: "counted instructions stay within their gates",
        fast: false,
        run: counts::suite,
    },
    Suite {
        name: "examples",
        about: "examples run as a new user runs them, and take bad input well",
        fast: false,
        run: examples::suite,
    },
    Suite {
        name: "made-crates",
        about: "crates that `anydma new` makes build, conform and drive the simulated cards",
        fast: false,
        run: made::suite,
    },
    Suite {
        name: "dkms",
        about: "our kernel module is built and installed for Debian's kernel as users do it",
        fast: false,
        run: guest::kernel::dkms::suite,
    },
    Suite {
        name: "guests",
        about: "real kernels on emulated machines: conformance, faults, deaths, refusals",
        fast: false,
        run: guest::suite::suite,
    },
];

/// The suites of these names, in the order given; all of them, or all quick ones, if none is.
///
/// # Errors
///
/// A name is not that of a suite; the message has those that are.
pub fn select(names: &[String], fast: bool) -> Result<Vec<Suite>> {
    if names.is_empty() {
        let wanted = ALL.iter().filter(|suite| suite.fast || !fast);
        return Ok(wanted.copied().collect());
    }
    let find = |name: &String| {
        let found = ALL.iter().find(|suite| suite.name == name);
        found.copied().ok_or_else(|| {
            let all: Vec<&str> = ALL.iter().map(|suite| suite.name).collect();
            Error::new(format!("there is no suite {name:?}"))
                .hint(format!("name some of: {}", all.join(", ")))
        })
    };
    names.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Without names all run; with names those, in their order; an unknown one lists the known.
    #[test]
    fn suites_are_selected_by_name() {
        assert_eq!(select(&[], false).unwrap().len(), ALL.len());
        assert!(select(&[], true).unwrap().len() < ALL.len());
        let names = ["unit".to_owned(), "fmt".to_owned()];
        let selected = select(&names, false).unwrap();
        assert_eq!(selected[0].name, "unit");
        assert_eq!(selected[1].name, "fmt");
        let error = select(&["units".to_owned()], false).unwrap_err();
        assert!(error.to_string().contains("name some of: fmt, style"));
    }
}
