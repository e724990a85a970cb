//! A register file out of a register description.
//!
//! The same description that drivers' typed registers are generated from says what a simulated
//! card's registers do by themselves: what they hold after a reset, which bits can be written,
//! what writing a one does, and what cannot be read. A card model adds what only its device does.
#![forbid(unsafe_code)]

use register_map::description::{BlockDescription, RegisterDescription, WriteKind};

/// The registers of one block, with their values.
///
/// # Examples
///
/// ```
/// use backend_mock::RegisterFile;
/// use register_map::{description::Described, edu};
/// let mut registers = RegisterFile::new(edu::Edu::DESCRIPTION);
/// let id = edu::ID.offset();
/// assert_eq!(registers.load(id), Some(0x0100_00ed));
/// assert!(!registers.store(id, 7)); // read-only
/// assert_eq!(registers.load(id), Some(0x0100_00ed));
/// assert_eq!(registers.load(edu::INTERRUPT_RAISE.offset()), None); // write-only
/// ```
#[derive(Clone, Debug)]
pub struct RegisterFile {
    cells: Vec<Cell>,
    /// By offset: one more than the number of the cell that begins there, or zero.
    places: Vec<u16>,
}

#[derive(Clone, Debug)]
struct Cell {
    value: u64,
    reset: u64,
    width: usize,
    readable: bool,
    /// What a write does, to which bits.
    writes: Vec<(WriteKind, u64)>,
}

impl Cell {
    fn new(register: &RegisterDescription) -> Self {
        let writes = if !register.write.is_writable() {
            Vec::new()
        } else if register.fields.is_empty() {
            vec![(register.write, register.mask())]
        } else {
            let fields = register.fields.iter();
            fields
                .filter(|field| field.write.is_writable())
                .map(|field| (field.write, field.mask()))
                .collect()
        };
        let reset = register.reset_value & register.reset_mask;
        Self {
            value: reset,
            reset,
            width: register.width(),
            readable: register.read.is_readable(),
            writes,
        }
    }
}

impl RegisterFile {
    /// The registers of a block, as after a reset. Bits whose value after a reset is not known
    /// are zero.
    #[must_use]
    pub fn new(block: &'static BlockDescription) -> Self {
        let mut cells = Vec::new();
        let mut places = vec![0; block.size];
        block.for_each(&mut |located| {
            if let Some(place) = places.get_mut(located.offset) {
                cells.push(Cell::new(located.register));
                *place = u16::try_from(cells.len()).unwrap_or(0);
            }
        });
        Self { cells, places }
    }

    /// Bytes of the register at `offset`, if one begins there.
    #[must_use]
    pub fn width(&self, offset: usize) -> Option<usize> {
        Some(self.cell(offset)?.width)
    }

    /// What a driver reads; `None` if there is nothing to be read.
    #[must_use]
    pub fn load(&self, offset: usize) -> Option<u64> {
        self.cell(offset).filter(|cell| cell.readable).map(|cell| cell.value)
    }

    /// What a driver's write does: only to bits that can be written, and to each as described.
    /// `false` if nothing there can be written.
    pub fn store(&mut self, offset: usize, value: u64) -> bool {
        let Some(cell) = self.cell_mut(offset) else { return false };
        for (kind, mask) in &cell.writes {
            cell.value = cell.value & !mask | kind.apply(cell.value, value) & mask;
        }
        !cell.writes.is_empty()
    }

    /// What the card sees in its own register; zero if there is none.
    #[must_use]
    pub fn get(&self, offset: usize) -> u64 {
        self.cell(offset).map_or(0, |cell| cell.value)
    }

    /// What the card puts into its own register, whoever may write it.
    pub fn set(&mut self, offset: usize, value: u64) {
        if let Some(cell) = self.cell_mut(offset) {
            cell.value = value & (u64::MAX >> (64 - 8 * cell.width));
        }
    }

    /// Everything as after a reset.
    pub fn reset(&mut self) {
        for cell in &mut self.cells {
            cell.value = cell.reset;
        }
    }

    fn cell(&self, offset: usize) -> Option<&Cell> {
        self.cells.get(usize::from(*self.places.get(offset)?).checked_sub(1)?)
    }

    fn cell_mut(&mut self, offset: usize) -> Option<&mut Cell> {
        self.cells.get_mut(usize::from(*self.places.get(offset)?).checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use register_map::description::{
        FieldDescription, ReadKind, RegisterDescription, WriteConstraint,
    };

    use super::*;

    const fn field(offset_bits: u32, write: WriteKind) -> FieldDescription {
        FieldDescription {
            name: "F",
            doc: "",
            offset_bits,
            width_bits: 4,
            read: ReadKind::Plain,
            write,
            constraint: WriteConstraint::Any,
            values: &[],
        }
    }

    static BLOCK: BlockDescription = BlockDescription {
        name: "B",
        doc: "",
        size: 8,
        alignment: 4,
        clusters: &[],
        registers: &[RegisterDescription {
            name: "R",
            doc: "",
            offset: 4,
            width_bits: 16,
            length: 2,
            stride: 2,
            read: ReadKind::Plain,
            write: WriteKind::Plain,
            constraint: WriteConstraint::Any,
            reset_value: 0xabcd,
            reset_mask: 0x0fff,
            fields: &[
                field(0, WriteKind::OneToClear),
                field(4, WriteKind::Plain),
                field(8, WriteKind::Never),
            ],
        }],
    };

    // Each field is written in its own way, and bits of no field not at all.
    #[test]
    fn writes_go_by_field() {
        let mut file = RegisterFile::new(&BLOCK);
        assert_eq!(file.load(6), Some(0x0bcd));
        assert!(file.store(6, 0xf035));
        assert_eq!(file.load(6), Some(0x0b38));
        assert_eq!(file.load(4), Some(0x0bcd));
        file.set(6, 0xf_1234);
        assert_eq!(file.get(6), 0x1234);
        file.reset();
        assert_eq!((file.get(6), file.width(6)), (0x0bcd, Some(2)));
    }

    // Where no register begins, nothing is read or written.
    #[test]
    fn gaps_are_empty() {
        let mut file = RegisterFile::new(&BLOCK);
        assert_eq!((file.load(5), file.load(0), file.load(99)), (None, None, None));
        assert!(!file.store(5, 1) && !file.store(99, 1));
    }
}
