//! One case: a name, a sentence, a minimum, a function.
#![forbid(unsafe_code)]

use core::fmt;

use crate::scope::Scope;
use crate::verdict::Halt;

/// One thing that every backend and channel must do.
pub struct Case<R> {
    /// Its name, unique in the suite.
    pub name: &'static str,
    /// What it proves, in one sentence.
    pub proves: &'static str,
    /// How many transfers must have been accepted and ended well for it to count, on a rig that
    /// can bear as many.
    pub at_least: u32,
    pub(crate) run: fn(&mut Scope<'_, R>) -> Result<(), Halt>,
}

impl<R> Case<R> {
    pub(crate) const fn new(
        name: &'static str,
        at_least: u32,
        proves: &'static str,
        run: fn(&mut Scope<'_, R>) -> Result<(), Halt>,
    ) -> Self {
        Self { name, proves, at_least, run }
    }
}

impl<R> fmt::Debug for Case<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("name", &self.name)
            .field("at_least", &self.at_least)
            .finish_non_exhaustive()
    }
}

/// Cases about one noun.
#[derive(Debug)]
pub struct Group<R: 'static> {
    /// What they are about.
    pub noun: &'static str,
    /// The cases, in the order in which they run.
    pub cases: &'static [Case<R>],
}
