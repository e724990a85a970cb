//! Writing a register or a field, and what is refused.
#![forbid(unsafe_code)]

use register_map_codegen::{Field, Role, Write};

use super::bus::Bus;
use crate::failure::Failure;
use crate::registers::{Entry, Found, Kind, value};

/// Writes what the description lets be written. `loose` lets addresses and commands through.
pub(super) fn store(
    bus: &mut Bus,
    found: &Found<'_>,
    text: &str,
    loose: bool,
) -> Result<(), Failure> {
    let tried = || format!("write {text} to {}", found.name());
    let refused = |reason: &str| Failure::because(tried(), reason);
    let entry = &found.entry;
    let field = found.field.and_then(|at| entry.fields().get(at));
    if entry.write() == Write::Never || field.is_some_and(|field| field.write == Write::Never) {
        return Err(refused("the description says that it cannot be written"));
    }
    guard(entry, loose).map_err(|(reason, hint)| refused(reason).hint(hint))?;
    let value = if let Some(field) = field {
        let value = value::of_field(field, text).map_err(|reason| refused(&reason))?;
        around(bus, entry, field)? | value << field.offset
    } else {
        let constraint = match entry.kind {
            Kind::Register(register) => register.constraint,
            Kind::Pair(_) => None,
        };
        value::of_register(entry.bits(), constraint, text).map_err(|reason| refused(&reason))?
    };
    put(bus, entry, value)
}

/// Addresses and commands are written on express wish only.
fn guard(entry: &Entry<'_>, loose: bool) -> Result<(), (&'static str, String)> {
    const FLAG: &str = "--unsafe-let-the-card-loose writes it all the same";
    match entry.role() {
        Role::Half if loose => Ok(()),
        Role::Half => Err((
            "it is half of a 64-bit value, and half an address is one too",
            format!("write the pair, whole; {FLAG}"),
        )),
        Role::Steers if !loose => Err((
            "the card takes it for an address of memory: with a wrong one it reads or overwrites \
             what is not its own, as soon as it may master the bus",
            FLAG.to_owned(),
        )),
        Role::Rings if !loose => Err((
            "it is a command: it can start the card with whatever addresses it holds",
            FLAG.to_owned(),
        )),
        _ => Ok(()),
    }
}

/// What the other fields get while one is written: what leaves them as they are.
fn around(bus: &mut Bus, entry: &Entry<'_>, field: &Field) -> Result<u64, Failure> {
    let fields = entry.fields();
    let kept =
        fields.iter().any(|other| other.write == Write::Plain && other.offset != field.offset);
    let held = if entry.read() == register_map_codegen::Read::Plain {
        get(bus, entry)?
    } else if kept {
        let reason = "the other fields cannot be read first, and would be overwritten";
        return Err(Failure::because(format!("write the field {} alone", field.name), reason)
            .hint(format!("write all of {}", entry.name())));
    } else {
        0
    };
    let mut value = held & !(value::ones(field.width) << field.offset);
    for other in fields.iter().filter(|other| other.offset != field.offset) {
        let mask = value::ones(other.width) << other.offset;
        match other.write {
            Write::OneToClear | Write::OneToSet | Write::OneToToggle => value &= !mask,
            Write::ZeroToClear | Write::ZeroToSet | Write::ZeroToToggle => value |= mask,
            Write::Never | Write::Plain | Write::AnyClears | Write::AnySets => {}
        }
    }
    Ok(value)
}

/// What a register or a pair holds, read in the pair's order.
pub(super) fn get(bus: &mut Bus, entry: &Entry<'_>) -> Result<u64, Failure> {
    let Some(high) = entry.high else { return bus.load(entry.place) };
    let high_first = matches!(entry.kind, Kind::Pair(pair) if pair.high_first);
    if high_first {
        let upper = bus.load(high)?;
        return Ok(upper << 32 | bus.load(entry.place)?);
    }
    let lower = bus.load(entry.place)?;
    Ok(bus.load(high)? << 32 | lower)
}

fn put(bus: &mut Bus, entry: &Entry<'_>, value: u64) -> Result<(), Failure> {
    let Some(high) = entry.high else { return bus.store(entry.place, value) };
    let (lower, upper) = (value & u64::from(u32::MAX), value >> 32);
    if matches!(entry.kind, Kind::Pair(pair) if pair.high_first) {
        bus.store(high, upper)?;
        return bus.store(entry.place, lower);
    }
    bus.store(entry.place, lower)?;
    bus.store(high, upper)
}
