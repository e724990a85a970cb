//! Which register is what: said by flags, by the description, or by its name.
#![forbid(unsafe_code)]

use register_map_codegen::{Field, Read, Role, Write};

use super::RegisterArguments;
use super::guess;
use crate::failure::Failure;
use crate::registers::{Assignment, Entry, Found, Kind, Map, Path, value};

/// `REGISTER.FIELD`, or with `=VALUE` behind it.
pub(super) fn start(text: &str) -> Result<Assignment, String> {
    if text.contains('=') { text.parse() } else { format!("{text}=1").parse() }
}

/// `FROM=TO`.
pub(super) fn other_way(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(from, to)| !from.is_empty() && !to.is_empty());
    parts
        .map(|(from, to)| (from.to_owned(), to.to_owned()))
        .ok_or_else(|| format!("`{text}` replaces nothing; write for instance CH0=CH1"))
}

/// A number in any of three bases.
pub(super) fn number(text: &str) -> Result<u64, String> {
    value::number(text).ok_or_else(|| format!("`{text}` is no number"))
}

/// So much memory as a model can have.
pub(super) fn memory(text: &str) -> Result<u64, String> {
    let bytes = number(text)?;
    if (16..=1 << 30).contains(&bytes) {
        Ok(bytes)
    } else {
        Err("a card's memory has 16 bytes to 1 GiB here".to_owned())
    }
}

/// A value for a register, with the bits that it sets.
#[derive(Clone, Debug)]
pub(super) struct Setting<'m> {
    pub(super) entry: Entry<'m>,
    pub(super) value: u64,
    /// The bits that are meant.
    pub(super) mask: u64,
}

/// Where a transfer is told its two addresses.
#[derive(Clone, Debug)]
pub(super) enum Addresses<'m> {
    /// The host's, and the card's beside it.
    HostAndPlace(Entry<'m>, Entry<'m>),
    /// What is read and what is written.
    SourceAndDestination(Entry<'m>, Entry<'m>),
}

/// The registers of one engine.
#[derive(Clone, Debug)]
pub(super) struct Way<'m> {
    pub(super) list: Option<Entry<'m>>,
    pub(super) addresses: Addresses<'m>,
    pub(super) length: Entry<'m>,
    /// The doorbell, with what starts it.
    pub(super) start: Setting<'m>,
    /// Bits of the doorbell that say "from the card"; none if the engine goes one way.
    pub(super) direction: u64,
    pub(super) busy: Setting<'m>,
    pub(super) before: Vec<Setting<'m>>,
    /// Read after each transfer, for what the read does.
    pub(super) acknowledge: Vec<Entry<'m>>,
    pub(super) finish: Vec<Setting<'m>>,
    pub(super) stop: Option<Setting<'m>>,
}

/// All that was found.
#[derive(Clone, Debug)]
pub(super) struct Roles<'m> {
    /// The engine for both ways, or for the way to the card.
    pub(super) to_card: Way<'m>,
    /// The one for the way from the card.
    pub(super) from_card: Option<Way<'m>>,
    assumed: Vec<&'static str>,
}

impl<'m> Roles<'m> {
    /// Finds them.
    pub(super) fn find(map: &'m Map, given: &RegisterArguments) -> Result<Self, Failure> {
        let mut finder = Finder { map, given, swaps: &[], assumed: Vec::new() };
        let to_card = finder.way()?;
        let assumed = std::mem::take(&mut finder.assumed);
        let from_card = if given.other_way.is_empty() {
            None
        } else {
            // What was found by name for the one way is replaced for the other as well.
            finder.swaps = &given.other_way;
            Some(finder.way()?)
        };
        if from_card.is_none() && to_card.direction == 0 {
            return Err(Failure::because("make a channel for both ways", "nothing says which way a transfer goes")
                .hint("name the field that is 1 for transfers from the card with --direction, or the engine for that way with --other-way FROM=TO"));
        }
        Ok(Self { to_card, from_card, assumed })
    }

    /// The ways, with whether they go from the card, if they go only one way.
    pub(super) fn ways(&self) -> Vec<(&Way<'m>, Option<bool>)> {
        match &self.from_card {
            None => vec![(&self.to_card, None)],
            Some(other) => vec![(&self.to_card, Some(false)), (other, Some(true))],
        }
    }

    /// What was taken by its name.
    pub(super) fn assumed(&self) -> Vec<String> {
        self.assumed.iter().map(|role| (*role).to_owned()).collect()
    }

    /// Registers that need a guard in the description.
    pub(super) fn guarded(&self) -> Vec<(&Entry<'m>, &'static str)> {
        let mut all = Vec::new();
        for (way, _) in self.ways() {
            match &way.addresses {
                Addresses::HostAndPlace(host, _) => all.push((host, "steering")),
                Addresses::SourceAndDestination(source, destination) => {
                    all.extend([(source, "steering"), (destination, "steering")]);
                }
            }
            all.extend(way.list.iter().map(|list| (list, "steering")));
            all.push((&way.start.entry, "doorbell"));
        }
        all
    }

    /// Roles and registers, for people.
    pub(super) fn told(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (way, from_card) in self.ways() {
            let mut add = |role: &str, register: String| all.push((role.to_owned(), register));
            match from_card {
                None => {}
                Some(false) => add("way", "to the card".to_owned()),
                Some(true) => add("way", "from the card".to_owned()),
            }
            match &way.addresses {
                Addresses::HostAndPlace(host, place) => {
                    add("host", host.name());
                    add("place", place.name());
                }
                Addresses::SourceAndDestination(source, destination) => {
                    add("source", source.name());
                    add("destination", destination.name());
                }
            }
            add("length", way.length.name());
            if let Some(list) = &way.list {
                add("list", list.name());
            }
            add("start", way.start.told());
            if way.direction != 0 {
                add("direction", format!("{}, bits {:#x}", way.start.entry.name(), way.direction));
            }
            add("busy", way.busy.told());
            way.before.iter().for_each(|setting| add("before", setting.told()));
            way.acknowledge.iter().for_each(|entry| add("acknowledge", entry.name()));
            way.finish.iter().for_each(|setting| add("finish", setting.told()));
            way.stop.iter().for_each(|setting| add("stop", setting.told()));
        }
        all
    }
}

impl Setting<'_> {
    fn told(&self) -> String {
        format!("{} = {:#x}", self.entry.name(), self.value)
    }
}

/// Looks for registers.
struct Finder<'a, 'm> {
    map: &'m Map,
    given: &'a RegisterArguments,
    swaps: &'a [(String, String)],
    assumed: Vec<&'static str>,
}

impl<'m> Finder<'_, 'm> {
    fn way(&mut self) -> Result<Way<'m>, Failure> {
        let given = self.given;
        let list = match &given.list {
            Some(path) => Some(self.one(path)?.entry),
            None => self.guess("list", |all| guess::list(all), false)?,
        };
        let memory = list.is_some();
        let addresses = self.addresses(memory)?;
        let length =
            self.named("length", given.length.as_ref(), |all| guess::length(all, memory))?;
        plain(&length, "length")?;
        let start = self.start()?;
        let direction = self.direction(&start)?;
        let busy = self.busy(&start)?;
        let settings = |all: &[Assignment]| {
            all.iter().map(|one| self.setting(one)).collect::<Result<Vec<_>, _>>()
        };
        let (before, finish) = (settings(&given.before)?, settings(&given.finish)?);
        let acknowledge = given.acknowledge.iter().map(|path| self.acknowledging(path));
        let acknowledge = acknowledge.collect::<Result<Vec<_>, _>>()?;
        let stop = given.stop.as_ref().map(|one| self.setting(one)).transpose()?;
        if let Some(list) = &list {
            steers(list, "list")?;
        }
        Ok(Way {
            list,
            addresses,
            length,
            start,
            direction,
            busy,
            before,
            acknowledge,
            finish,
            stop,
        })
    }

    fn addresses(&mut self, memory: bool) -> Result<Addresses<'m>, Failure> {
        let given = self.given;
        let both = given.source.is_some() || given.destination.is_some();
        let single = given.host.is_some() || given.place.is_some();
        let all = self.map.entries();
        if both || (!single && guess::has_both(&all, memory)) {
            let source =
                self.named("source", given.source.as_ref(), |all| guess::source(all, memory))?;
            let destination = self.named("destination", given.destination.as_ref(), |all| {
                guess::destination(all, memory)
            })?;
            steers(&source, "source")?;
            steers(&destination, "destination")?;
            return Ok(Addresses::SourceAndDestination(source, destination));
        }
        let host = self.named("host", given.host.as_ref(), |all| guess::host(all, memory))?;
        let place = self.named("place", given.place.as_ref(), |all| guess::place(all, memory))?;
        steers(&host, "host")?;
        plain(&place, "place")?;
        Ok(Addresses::HostAndPlace(host, place))
    }

    fn start(&mut self) -> Result<Setting<'m>, Failure> {
        let mut parts = self.given.start.iter();
        let Some(first) = parts.next() else {
            self.assumed.push("start");
            let all = self.map.entries();
            let found = guess::start(&all).map(|(entry, field)| self.swapped(entry, Some(field)));
            let found = found.transpose()?.ok_or_else(|| missing("start", "REGISTER.FIELD"))?;
            return whole(&found, 1);
        };
        let mut start = self.setting(first)?;
        for one in parts {
            let more = self.setting(one)?;
            if more.entry.place != start.entry.place {
                let tried = format!("start a transfer with {} too", one.name);
                let reason = format!("the doorbell is {}", start.entry.name());
                return Err(
                    Failure::because(tried, reason).hint("write other registers with --before")
                );
            }
            start.value |= more.value;
            start.mask |= more.mask;
        }
        if start.entry.write() == Write::Never || matches!(start.entry.kind, Kind::Pair(_)) {
            let tried = format!("use {} as doorbell", start.entry.name());
            return Err(Failure::because(tried, "it is no single register that can be written"));
        }
        Ok(start)
    }

    /// The bits beside the start that mean "from the card".
    fn direction(&mut self, start: &Setting<'m>) -> Result<u64, Failure> {
        if !self.given.other_way.is_empty() {
            return Ok(0);
        }
        let Some(path) = &self.given.direction else {
            let field = guess::direction(start.entry.fields());
            if field.is_some() {
                self.assumed.push("direction");
            }
            return Ok(field.map_or(0, bits));
        };
        let found = self.one(path)?;
        let field = found.field.and_then(|at| found.entry.fields().get(at));
        match field {
            Some(field) if found.entry.place == start.entry.place => Ok(bits(field)),
            _ => Err(Failure::because(
                format!("take the direction from {path}"),
                format!("it is no field of the doorbell {}", start.entry.name()),
            )
            .hint("an engine for each way is named with --other-way FROM=TO")),
        }
    }

    fn busy(&mut self, start: &Setting<'m>) -> Result<Setting<'m>, Failure> {
        let found = if let Some(path) = &self.given.busy {
            self.one(path)?
        } else {
            self.assumed.push("busy");
            let all = self.map.entries();
            let found = guess::busy(&all, &start.entry);
            let (entry, field) = found.ok_or_else(|| missing("busy", "REGISTER.FIELD"))?;
            // It lies beside the doorbell, which is that of this way already.
            Found { entry, field: Some(field) }
        };
        let tried = || format!("ask {} whether a transfer runs", found.name());
        if found.field.is_none() {
            return Err(Failure::because(tried(), "it is no field"));
        }
        if found.entry.read() != Read::Plain || matches!(found.entry.kind, Kind::Pair(_)) {
            return Err(Failure::because(tried(), "it cannot be read without changing the device"));
        }
        whole(&found, u64::MAX)
    }

    /// A register whose reading does something.
    fn acknowledging(&self, path: &Path) -> Result<Entry<'m>, Failure> {
        let found = self.one(path)?;
        let tried = || format!("acknowledge a transfer by reading {}", found.name());
        let single = matches!(found.entry.kind, Kind::Register(_)) && found.field.is_none();
        match found.entry.read() {
            _ if !single => Err(Failure::because(tried(), "it is no single register")),
            Read::Never => Err(Failure::because(tried(), "it cannot be read")),
            Read::Plain => Err(Failure::because(tried(), "a read of it changes nothing")
                .hint("what is acknowledged by writing is named with --finish")),
            _ => Ok(found.entry),
        }
    }

    /// A register by its flag or its name; the flag's name if there is neither.
    fn named(
        &mut self,
        role: &'static str,
        path: Option<&Path>,
        guess: impl Fn(&[Entry<'m>]) -> Option<Entry<'m>>,
    ) -> Result<Entry<'m>, Failure> {
        match path {
            Some(path) => Ok(self.one(path)?.entry),
            None => self.guess(role, guess, true)?.ok_or_else(|| missing(role, "REGISTER")),
        }
    }

    fn guess(
        &mut self,
        role: &'static str,
        guess: impl Fn(&[Entry<'m>]) -> Option<Entry<'m>>,
        needed: bool,
    ) -> Result<Option<Entry<'m>>, Failure> {
        let Some(entry) = guess(&self.map.entries()) else { return Ok(None) };
        if needed || entry.role() == Role::Steers {
            self.assumed.push(role);
        }
        Ok(Some(self.swapped(entry, None)?.entry))
    }

    fn setting(&self, one: &Assignment) -> Result<Setting<'m>, Failure> {
        let found = self.one(&one.name)?;
        let field = found.field.and_then(|at| found.entry.fields().get(at));
        let tried = || format!("write {} to {}", one.value, found.name());
        if found.entry.write() == Write::Never {
            return Err(Failure::because(
                tried(),
                "the description says that it cannot be written",
            ));
        }
        let value = match field {
            Some(field) => value::of_field(field, &one.value).map(|value| value << field.offset),
            None => value::of_register(found.entry.bits(), None, &one.value),
        };
        let value = value.map_err(|reason| Failure::because(tried(), reason))?;
        let mask = field.map_or_else(|| value::ones(found.entry.bits()), bits);
        Ok(Setting { entry: found.entry, value, mask })
    }

    /// What is called so, with the replacements of this way.
    fn one(&self, path: &Path) -> Result<Found<'m>, Failure> {
        if self.swaps.is_empty() {
            return self.map.one(path);
        }
        self.replaced(&path.to_string())
    }

    fn replaced(&self, name: &str) -> Result<Found<'m>, Failure> {
        let mut text = name.to_owned();
        for (from, to) in self.swaps {
            text = text.replace(from.as_str(), to);
        }
        let path: Path = text.parse().map_err(|reason: String| {
            Failure::because(format!("name {name} for the way from the card"), reason)
        })?;
        self.map.one(&path)
    }

    fn swapped(&self, entry: Entry<'m>, field: Option<usize>) -> Result<Found<'m>, Failure> {
        if self.swaps.is_empty() {
            return Ok(Found { entry, field });
        }
        let found = self.replaced(&entry.name())?;
        Ok(Found { field, ..found })
    }
}

fn missing(role: &str, what: &str) -> Failure {
    Failure::because(format!("find the register of the role `{role}`"), "no name says it")
        .hint(format!("name it with --{role} {what}"))
}

/// The bits of a field in its register.
fn bits(field: &Field) -> u64 {
    value::ones(field.width) << field.offset
}

/// A field with a value, in its register.
fn whole<'m>(found: &Found<'m>, value: u64) -> Result<Setting<'m>, Failure> {
    let field = found.field.and_then(|at| found.entry.fields().get(at));
    let Some(field) = field else {
        return Err(Failure::because(format!("use {}", found.name()), "it is no field"));
    };
    let mask = bits(field);
    Ok(Setting { entry: found.entry.clone(), value: (value << field.offset) & mask, mask })
}

/// A register that an address can be written to.
fn steers(entry: &Entry<'_>, role: &str) -> Result<(), Failure> {
    let tried = || format!("use {} as {role}", entry.name());
    let wide = matches!(entry.bits(), 32 | 64);
    match (entry.role(), entry.write()) {
        (Role::Half, _) => {
            Err(Failure::because(tried(), "it is half of a pair").hint("name the pair"))
        }
        (Role::Rings, _) => Err(Failure::because(tried(), "it is a doorbell")),
        (_, Write::Plain) if wide => Ok(()),
        _ => Err(Failure::because(
            tried(),
            "it is no register of 32 or 64 bits that holds what is written",
        )),
    }
}

/// A register that a number can be written to.
fn plain(entry: &Entry<'_>, role: &str) -> Result<(), Failure> {
    if entry.write() == Write::Plain && entry.role() == Role::None {
        return Ok(());
    }
    let reason = "it is no plain register that holds what is written";
    Err(Failure::because(format!("use {} as {role}", entry.name()), reason))
}
