//! Cards by name and options, as in `mock:edu?iommu=off&delay_us=10`.
#![forbid(unsafe_code)]

use std::fmt;

use dma_core::{AddressMask, ErrorKind, Operation};

use crate::cards::{EduCard, NvmeCard, Pl081Card, ProbeCard, XdmaCard};
use crate::device::MockDevice;
use crate::interrupt::Trigger;
use crate::iommu::Wording;
use crate::machine::Machine;
use crate::sys::TrustedCard;

const NAMES: &str = "edu, nvme, pl081, probe, xdma";
/// Bytes of a simulated disk's blocks, and of a mebibyte.
const BLOCK: usize = 512;
const MIB: usize = 1 << 20;
/// Mebibytes of a simulated disk, unless others are asked for.
const DISK_MIB: usize = 16;
const OPTIONS: &str = "iommu, delay_us, delay_ns, bits, trigger, scattered, pieces, wording, \
                       coherent, evictions, clock, card_mib, link, rate, fifo_kib";

/// Why a name or an option was not understood. The message says what would be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenError {
    message: String,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for OpenError {}

impl From<OpenError> for dma_core::Error {
    fn from(_: OpenError) -> Self {
        Self::new(ErrorKind::Unsupported, Operation::Open, 0)
    }
}

/// What was asked for.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "switches that exclude nothing: no enum fits")]
struct Options {
    iommu_off: bool,
    scattered: bool,
    incoherent: bool,
    evictions: Option<u64>,
    real_time: bool,
    delay: Option<u64>,
    bits: Option<u32>,
    trigger: Option<Trigger>,
    pieces: Option<usize>,
    wording: Wording,
    card_mib: Option<usize>,
    link: Option<u32>,
    rate: Option<u32>,
    fifo_kib: Option<usize>,
}

impl MockDevice {
    /// Plugs the card with this name into a machine of its own, and opens it.
    ///
    /// The names are `edu`, `nvme`, `pl081`, `probe` and `xdma`. Options are `key=value`, joined by `&`;
    /// none is an empty string.
    ///
    /// | key | value | means |
    /// |---|---|---|
    /// | `iommu` | `on` (default), `off` | whether device addresses are translated |
    /// | `delay_us`, `delay_ns` | a number | how long a transfer, or an item, takes |
    /// | `bits` | 1 to 64 | how many address bits the card has (`edu` and `xdma`) |
    /// | `trigger` | `edge`, `level`, `level-once` | how interrupts arrive |
    /// | `scattered` | `on`, `off` (default) | whether pages of RAM lie apart |
    /// | `pieces` | bytes | longest run of device addresses that is lent |
    /// | `wording` | `vt-d`, `smmu-v3`, `smmu-v2`, `xavier` | whose words faults are told in |
    /// | `coherent` | `on` (default), `off` | whether devices see into the CPU's caches |
    /// | `evictions` | a number | not coherent, and lines come and go by chance, from this seed |
    /// | `clock` | `virtual` (default), `real` | whether time passes only as one waits, or by itself |
    /// | `card_mib` | 1 to 1024 | the card's memory (`xdma`), or its disk (`nvme`) |
    /// | `link` | bytes a microsecond | how fast bytes travel (`xdma` only, as all that follow); 0: in no time |
    /// | `rate` | bytes a microsecond | how fast the stream from the card is at first |
    /// | `fifo_kib` | 1 to 65536 | what the FIFO of each stream holds |
    ///
    /// # Errors
    ///
    /// What was not understood, and what would have been.
    ///
    /// # Examples
    ///
    /// ```
    /// use backend_mock::MockDevice;
    /// let device = MockDevice::open("edu", "iommu=off&delay_us=10")?;
    /// assert!(!device.is_translated());
    /// let error = MockDevice::open("edu", "delay=10").unwrap_err();
    /// assert!(error.to_string().contains("delay_us"));
    /// # Ok::<(), backend_mock::OpenError>(())
    /// ```
    pub fn open(name: &str, options: &str) -> Result<Self, OpenError> {
        let options = Options::parse(options)?;
        match name {
            "edu" => {
                options.without_memory(name)?;
                let mut card = EduCard::new();
                if let Some(delay) = options.delay {
                    card = card.delay(delay);
                }
                if let Some(bits) = options.bits {
                    card = card.mask(AddressMask::bits(bits));
                }
                options.plug(card, Trigger::Edge)
            }
            "nvme" => {
                without(name, &[("bits", options.bits.is_some())])?;
                options.without_streams(name)?;
                let mib = options.card_mib.unwrap_or(DISK_MIB);
                let mut card = NvmeCard::new(mib * (MIB / BLOCK));
                if let Some(delay) = options.delay {
                    card = card.delays(&[delay]);
                }
                options.plug(card, Trigger::Edge)
            }
            "pl081" => {
                options.without_bits(name)?;
                let mut card = Pl081Card::new();
                if let Some(delay) = options.delay {
                    card = card.delay(delay);
                }
                options.plug(card, Trigger::Level)
            }
            "probe" => {
                options.without_bits(name)?;
                if options.delay.is_some() {
                    return Err(refused("the card `probe` has its delay in a register"));
                }
                options.plug(ProbeCard::new(), Trigger::Edge)
            }
            "xdma" => options.plug(options.xdma(), Trigger::Edge),
            _ => Err(refused(format!("no simulated card `{name}`; there are {NAMES}"))),
        }
    }
}

impl Options {
    fn parse(text: &str) -> Result<Self, OpenError> {
        let mut options = Self::default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let Some((key, value)) = pair.split_once('=') else {
                return Err(refused(format!("option `{pair}` has no value; write `{pair}=…`")));
            };
            options.set(key, value)?;
        }
        Ok(options)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), OpenError> {
        match key {
            "iommu" => self.iommu_off = !switch(key, value)?,
            "scattered" => self.scattered = switch(key, value)?,
            "coherent" => self.incoherent = !switch(key, value)?,
            "clock" => {
                self.real_time = match value {
                    "virtual" => false,
                    "real" => true,
                    _ => return Err(choice(key, value, "virtual or real")),
                };
            }
            "evictions" => self.evictions = Some(number(key, value, 0, u64::MAX)?),
            "delay_us" => self.delay = Some(number(key, value, 0, u64::MAX / 1_000)? * 1_000),
            "delay_ns" => self.delay = Some(number(key, value, 0, u64::MAX)?),
            "bits" => self.bits = u32::try_from(number(key, value, 1, 64)?).ok(),
            "pieces" => {
                let most = isize::MAX.cast_unsigned() as u64;
                self.pieces = usize::try_from(number(key, value, 1, most)?).ok();
            }
            "card_mib" => self.card_mib = usize::try_from(number(key, value, 1, 1024)?).ok(),
            "link" => self.link = u32::try_from(number(key, value, 0, u32::MAX.into())?).ok(),
            "rate" => self.rate = u32::try_from(number(key, value, 0, u32::MAX.into())?).ok(),
            "fifo_kib" => self.fifo_kib = usize::try_from(number(key, value, 1, 65_536)?).ok(),
            "trigger" => {
                self.trigger = Some(match value {
                    "edge" => Trigger::Edge,
                    "level" => Trigger::Level,
                    "level-once" => Trigger::LevelOnce,
                    _ => return Err(choice(key, value, "edge, level or level-once")),
                });
            }
            "wording" => {
                self.wording = match value {
                    "vt-d" => Wording::VtD,
                    "smmu-v3" => Wording::SmmuV3,
                    "smmu-v2" => Wording::SmmuV2,
                    "xavier" => Wording::Xavier,
                    _ => return Err(choice(key, value, "vt-d, smmu-v3, smmu-v2 or xavier")),
                };
            }
            _ => return Err(refused(format!("no option `{key}`; there are {OPTIONS}"))),
        }
        Ok(())
    }

    fn without_bits(&self, name: &str) -> Result<(), OpenError> {
        without(name, &[("bits", self.bits.is_some())])?;
        self.without_memory(name)
    }

    fn without_memory(&self, name: &str) -> Result<(), OpenError> {
        without(name, &[("card_mib", self.card_mib.is_some())])?;
        self.without_streams(name)
    }

    fn without_streams(&self, name: &str) -> Result<(), OpenError> {
        without(
            name,
            &[
                ("link", self.link.is_some()),
                ("rate", self.rate.is_some()),
                ("fifo_kib", self.fifo_kib.is_some()),
            ],
        )
    }

    fn xdma(&self) -> XdmaCard {
        let mut card = XdmaCard::new();
        if let Some(delay) = self.delay {
            card = card.delay(delay);
        }
        if let Some(bits) = self.bits.and_then(|bits| u8::try_from(bits).ok()) {
            card = card.address_bits(bits);
        }
        if let Some(mib) = self.card_mib {
            card = card.memory_size(mib << 20);
        }
        if let Some(link) = self.link {
            card = card.link(link);
        }
        if let Some(rate) = self.rate {
            card = card.rate(rate);
        }
        if let Some(kib) = self.fifo_kib {
            card = card.fifo(kib << 10);
        }
        card
    }

    fn plug(&self, card: impl TrustedCard, trigger: Trigger) -> Result<MockDevice, OpenError> {
        let mut builder =
            Machine::builder().wording(self.wording).trigger(self.trigger.unwrap_or(trigger));
        if self.iommu_off {
            builder = builder.iommu_off();
        }
        if self.scattered {
            builder = builder.scattered();
        }
        if self.incoherent {
            builder = builder.incoherent();
        }
        if let Some(seed) = self.evictions {
            builder = builder.evictions(seed);
        }
        let machine = if self.real_time {
            let no_thread = |error| refused(format!("no thread for the cards: {error}"));
            builder.build_in_real_time().map_err(no_thread)?
        } else {
            builder.build()
        };
        let device = machine.plug(card);
        device.lender().set_pieces(self.pieces);
        Ok(device)
    }
}

/// Refuses options that were given and that the card has not.
fn without(name: &str, given: &[(&str, bool)]) -> Result<(), OpenError> {
    match given.iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((key, _)) => Err(refused(format!("the card `{name}` has no option `{key}`"))),
    }
}

fn switch(key: &str, value: &str) -> Result<bool, OpenError> {
    match value {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(choice(key, value, "on or off")),
    }
}

fn number(key: &str, value: &str, least: u64, most: u64) -> Result<u64, OpenError> {
    match value.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(choice(key, value, &format!("a number from {least} to {most}"))),
    }
}

fn choice(key: &str, value: &str, wanted: &str) -> OpenError {
    refused(format!("option `{key}={value}`: it must be {wanted}"))
}

fn refused(message: impl Into<String>) -> OpenError {
    OpenError { message: message.into() }
}
