//! What a whole log says, in bounded memory.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::announced::Announced;
use crate::fault::{Access, Fault, Requester};
use crate::parser::{Event, Parser};

/// More different faults than this tell nothing new.
const MOST_FAULTS: usize = 10_000;
/// The last buffers that were announced: a driver that is loaded again announces again.
const MOST_ANNOUNCED: usize = 1_000;
/// Lines that could not be read, of which the rest is counted.
const MOST_UNREAD: usize = 100;

/// The faults of a log, repeats merged, and what it says of buffers.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Log {
    /// Different faults, in the order in which they came first.
    pub faults: Vec<Fault>,
    /// Buffers that drivers announced.
    pub announced: Vec<Announced>,
    /// Lines that speak of a fault and could not be read, by number and text.
    pub unread: Vec<(u64, String)>,
    /// How many more of these there were.
    pub unread_more: u64,
    /// How many faults were not kept, because there were too many different ones.
    pub faults_more: u64,
    /// How many lines the kernel says that it left out.
    pub suppressed: u64,
    #[serde(skip)]
    known: HashMap<Key, usize>,
}

type Key = (Requester, u64, Access, Option<u32>);

impl Log {
    /// Reads a log that is in memory.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let mut log = Self::default();
        let mut parser = Parser::new();
        let mut take = |event| log.take(event);
        parser.feed(bytes, &mut take);
        parser.finish(&mut take);
        log
    }

    /// Forgets everything but the buffers that were announced: for a log that goes on.
    pub fn go_on(&mut self) {
        let announced = std::mem::take(&mut self.announced);
        *self = Self { announced, ..Self::default() };
    }

    /// Takes what a parser found. A fault that came before is counted there.
    pub fn take(&mut self, event: Event) {
        match event {
            Event::Fault(fault) => {
                let key = (fault.requester.clone(), fault.iova, fault.access, fault.instance);
                if let Some(first) = self.known.get(&key).and_then(|&at| self.faults.get_mut(at)) {
                    first.repeats += 1;
                } else if self.faults.len() < MOST_FAULTS {
                    self.known.insert(key, self.faults.len());
                    self.faults.push(fault);
                } else {
                    self.faults_more += 1;
                }
            }
            Event::Announced(announced) => {
                let same =
                    |it: &Announced| it.address == announced.address && it.index == announced.index;
                self.announced.retain(|it| !same(it));
                if self.announced.len() == MOST_ANNOUNCED {
                    self.announced.remove(0);
                }
                self.announced.push(announced);
            }
            Event::Suppressed(count) => self.suppressed = self.suppressed.saturating_add(count),
            Event::Unread { line, text } => {
                if self.unread.len() < MOST_UNREAD {
                    self.unread.push((line, text));
                } else {
                    self.unread_more += 1;
                }
            }
        }
    }
}
