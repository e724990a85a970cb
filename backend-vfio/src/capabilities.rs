//! Chains of capabilities behind the kernel's fixed answers.
//!
//! An answer may be longer than its structure: at `cap_offset` begins a chain, each link with an
//! id, a version, and the offset of the next (0 ends it), all counted from the answer's start.
//! Source: `vfio_info_cap_header` in `include/uapi/linux/vfio.h`.
#![forbid(unsafe_code)]

/// A number at an offset of an answer; `None` if the answer ends before.
pub(crate) fn u16_at(answer: &[u8], offset: usize) -> Option<u16> {
    Some(u16::from_ne_bytes(*answer.get(offset..)?.first_chunk()?))
}

/// As [`u16_at`].
pub(crate) fn u32_at(answer: &[u8], offset: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(*answer.get(offset..)?.first_chunk()?))
}

/// As [`u16_at`].
pub(crate) fn u64_at(answer: &[u8], offset: usize) -> Option<u64> {
    Some(u64::from_ne_bytes(*answer.get(offset..)?.first_chunk()?))
}

/// One link: its id, and the answer from its header on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Capability<'a> {
    pub(crate) id: u16,
    pub(crate) bytes: &'a [u8],
}

/// The links of a chain, in its order. One that goes backwards or out of the answer ends it.
#[derive(Clone, Debug)]
pub(crate) struct Chain<'a> {
    answer: &'a [u8],
    next: usize,
    /// Headers that the rest of the answer can hold: a chain that goes round ends, too.
    left: usize,
}

/// Bytes of a header.
const HEADER: usize = 8;

impl<'a> Chain<'a> {
    /// The chain that begins at `first`; 0 means none.
    pub(crate) fn new(answer: &'a [u8], first: u32) -> Self {
        let next = usize::try_from(first).unwrap_or(0);
        Self { answer, next, left: answer.len() / HEADER }
    }

    /// The first link with this id.
    pub(crate) fn find(mut self, id: u32) -> Option<&'a [u8]> {
        self.find_map(|link| (u32::from(link.id) == id).then_some(link.bytes))
    }
}

impl<'a> Iterator for Chain<'a> {
    type Item = Capability<'a>;

    fn next(&mut self) -> Option<Capability<'a>> {
        if self.next == 0 || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let bytes = self.answer.get(self.next..)?;
        let id = u16_at(bytes, 0)?;
        self.next = usize::try_from(u32_at(bytes, 4)?).ok()?;
        Some(Capability { id, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(id: u16, next: u32) -> [u8; 8] {
        let mut bytes = [0; 8];
        bytes[..2].copy_from_slice(&id.to_ne_bytes());
        bytes[2..4].copy_from_slice(&1_u16.to_ne_bytes());
        bytes[4..].copy_from_slice(&next.to_ne_bytes());
        bytes
    }

    // Links are found wherever they lie, and their bytes begin at the header.
    #[test]
    fn links_are_found_in_order() {
        let mut answer = vec![0; 40];
        answer[24..32].copy_from_slice(&header(3, 8));
        answer[8..16].copy_from_slice(&header(1, 0));
        answer[16..20].copy_from_slice(&7_u32.to_ne_bytes());
        let ids: Vec<u16> = Chain::new(&answer, 24).map(|link| link.id).collect();
        assert_eq!(ids, [3, 1]);
        let found = Chain::new(&answer, 24).find(1).unwrap();
        assert_eq!(u32_at(found, 8), Some(7));
        assert_eq!(Chain::new(&answer, 24).find(2), None);
        assert_eq!(Chain::new(&answer, 0).count(), 0);
    }

    // A chain that goes round, or leads out of the answer, ends.
    #[test]
    fn broken_chains_end() {
        let mut round = vec![0; 32];
        round[8..16].copy_from_slice(&header(1, 16));
        round[16..24].copy_from_slice(&header(2, 8));
        assert_eq!(Chain::new(&round, 8).count(), 4);
        assert_eq!(Chain::new(&round, 8).find(9), None);
        for first in [4_000, u32::MAX, 30] {
            assert_eq!(Chain::new(&round, first).count(), 0, "{first}");
        }
        assert_eq!(u64_at(&round, 28), None);
    }
}
