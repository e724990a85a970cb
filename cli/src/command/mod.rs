//! The commands, one file each.

mod bench;
mod bind;
mod doctor;
mod explain;
mod list;
mod new;
mod pages;
mod regs;
mod test;

use clap::Subcommand;

use crate::answer::Answer;
use crate::failure::Failure;
use crate::output::Output;

/// What to do.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Examines a host: which roads it offers to a card, and what to type where it refuses
    Doctor(doctor::Arguments),
    /// Lists PCI functions: who has them, and which cards are known
    List(list::Arguments),
    /// Gives a PCI function to a driver, for VFIO with its IOMMU group
    Bind(bind::Arguments),
    /// Gives a PCI function back to the kernel
    Unbind(bind::BackArguments),
    /// Finds IOMMU faults in a kernel log and says what they mean
    Explain(explain::Arguments),
    /// Registers and fields of a device, by the names of its description
    Regs(regs::Arguments),
    /// Puts a card through the conformance suite and reports, also to send
    Test(test::Arguments),
    /// Measures transfers: lengths, directions, page sizes, waiting, and what the IOMMU costs
    Bench(bench::Arguments),
    /// Makes a driver crate for a card out of its description
    New(Box<new::Arguments>),
    /// Prints completions for a shell
    Completions(pages::Completions),
    /// Prints the manual page, of a command if one is named
    Man(pages::Manual),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self, output: Output) -> Result<Answer, Failure> {
        match self {
            Self::Doctor(arguments) => doctor::run(&arguments, output),
            Self::List(arguments) => list::run(&arguments, output),
            Self::Bind(arguments) => bind::run(&arguments, output),
            Self::Unbind(arguments) => bind::back(&arguments, output),
            Self::Explain(arguments) => explain::run(&arguments, output),
            Self::Regs(arguments) => regs::run(&arguments, output),
            Self::Test(arguments) => test::run(&arguments, output),
            Self::Bench(arguments) => bench::run(&arguments, output),
            Self::New(arguments) => new::run(&arguments, output),
            Self::Completions(arguments) => pages::completions(&arguments),
            Self::Man(arguments) => pages::manual(&arguments),
        }
    }
}
