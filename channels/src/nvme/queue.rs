//! A submission queue and its completion queue: two rings in memory, two doorbells.

use dma_core::{Access, DeviceAddress, DomainId, Error, Iova, Narrow, Region, Shared, SharedView};
use register_map::nvme::{
    self as map, Nvme as Block, completion_entry as done_map, submission_entry as command_map,
};
use register_map::{Block as _, Readable, Window, Writeable};

use super::outside;

pub(super) const COMMAND: usize = command_map::SubmissionEntry::SIZE;
pub(super) const COMPLETION: usize = done_map::CompletionEntry::SIZE;

/// What the driver asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Command {
    pub(super) opcode: u32,
    pub(super) namespace: u32,
    pub(super) first: Option<Iova>,
    pub(super) second: Option<Iova>,
    pub(super) words: [u32; 3],
}

/// What the controller answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Completed {
    pub(super) id: u16,
    /// Kind and code; 0 is success.
    pub(super) status: u32,
}

/// Both rings of one number.
pub(super) struct Queue<S, R: Region> {
    registers: Window<S, Block>,
    submission: Shared<R>,
    completion: Shared<R>,
    number: usize,
    /// Doorbells are 4 bytes apart, shifted left by this.
    stride: u32,
    /// Entries of each ring.
    depth: usize,
    /// Where the next command goes, and how far the controller was told.
    tail: usize,
    told: usize,
    /// Where the next completion will be, in which phase, and how far the controller was told.
    head: usize,
    phase: bool,
    taken: usize,
}

impl<S: Access<u32>, R: Region> Queue<S, R> {
    /// An empty queue; both memories hold `depth` entries, and are zeroed.
    pub(super) fn new(
        registers: Window<S, Block>,
        [submission, completion]: [Shared<R>; 2],
        number: usize,
        stride: u32,
        depth: usize,
    ) -> Self {
        // Zeroes, which are no phase that ends anything, reach the memory before the controller
        // writes there.
        completion.publish(0..depth * COMPLETION);
        let (tail, told, head, phase, taken) = (0, 0, 0, true, 0);
        Self {
            registers,
            submission,
            completion,
            number,
            stride,
            depth,
            tail,
            told,
            head,
            phase,
            taken,
        }
    }

    pub(super) const fn number(&self) -> usize {
        self.number
    }

    pub(super) fn domain(&self) -> DomainId {
        self.registers.domain()
    }

    pub(super) fn registers(&self) -> &Window<S, Block> {
        &self.registers
    }

    /// Where the rings are.
    pub(super) fn iovas(&self) -> Result<[Iova; 2], Error> {
        let submission = self.submission.iova(0).ok_or(outside())?;
        Ok([submission, self.completion.iova(0).ok_or(outside())?])
    }

    /// Writes a command, without telling the controller yet. There is room: fewer commands than
    /// the ring has entries, less one, have not ended.
    ///
    /// # Safety
    ///
    /// What the command names stays mapped, and nobody else touches it, until the command has
    /// ended or the controller is off.
    pub(super) unsafe fn push(&mut self, id: u16, command: &Command) -> Result<(), Error> {
        use command_map::{COMMAND as HEAD, DW2, DW3, DW10, DW11, DW12, DW13, DW14, DW15};
        let at = self.tail * COMMAND;
        let view = self.submission.view().narrow(at, COMMAND).ok_or(outside())?;
        // SAFETY: the controller alone reads this memory, entry by entry, as commands.
        let words = unsafe { Window::<_, command_map::SubmissionEntry>::new(view) };
        let words = words.map_err(|refused| refused.error)?;
        words.reg(command_map::NSID).set(command.namespace);
        words.reg(DW2).set(0);
        words.reg(DW3).set(0);
        // SAFETY: no command here has metadata, so the controller does not look.
        unsafe { words.pair(command_map::METADATA).steer(DeviceAddress::new(0)) };
        let (first, second) = (words.pair(command_map::PRP1), words.pair(command_map::PRP2));
        match command.first {
            // SAFETY: the caller keeps it.
            Some(iova) => unsafe { first.steer(iova) },
            // SAFETY: a command without data has no address.
            None => unsafe { first.steer(DeviceAddress::new(0)) },
        }
        match command.second {
            // SAFETY: the caller keeps it.
            Some(iova) => unsafe { second.steer(iova) },
            // SAFETY: the data ends in its first page, so the controller does not look.
            None => unsafe { second.steer(DeviceAddress::new(0)) },
        }
        let [ten, eleven, twelve] = command.words;
        words.reg(DW10).set(ten);
        words.reg(DW11).set(eleven);
        words.reg(DW12).set(twelve);
        words.reg(DW13).set(0);
        words.reg(DW14).set(0);
        words.reg(DW15).set(0);
        words.reg(HEAD).write(HEAD::OPCODE.val(command.opcode) + HEAD::CID.val(id.into()));
        self.submission.publish(at..at + COMMAND);
        self.tail = self.after(self.tail);
        Ok(())
    }

    /// Tells the controller of every command written since the last time: one doorbell.
    pub(super) fn ring(&mut self) {
        if self.told != self.tail {
            self.told = self.tail;
            // ORDER: data and commands come before the doorbell.
            self.registers.release();
            self.doorbell(0, self.tail);
        }
    }

    /// The next command that has ended, if one has. What it moved may be looked at.
    pub(super) fn next(&mut self) -> Result<Option<Completed>, Error> {
        use done_map::STATUS;
        let at = self.head * COMPLETION;
        self.completion.observe(at..at + COMPLETION);
        let words = completion(&self.completion, at)?;
        if words.reg(STATUS).is_set(STATUS::PHASE) != self.phase {
            return Ok(None);
        }
        // ORDER: the phase said that the entry is there; only now may anybody look at the rest of
        // it, and at the data.
        words.acquire();
        let status = words.reg(STATUS).extract();
        let id = u16::try_from(status.read(STATUS::CID)).map_err(|_| outside())?;
        let code = status.read(STATUS::SCT) << 8 | status.read(STATUS::SC);
        let completed = Completed { id, status: code };
        self.head = self.after(self.head);
        if self.head == 0 {
            self.phase = !self.phase;
        }
        Ok(Some(completed))
    }

    /// Gives the entries back that were looked at: one doorbell.
    pub(super) fn give_back(&mut self) {
        if self.taken != self.head {
            self.taken = self.head;
            self.registers.release();
            self.doorbell(1, self.head);
        }
    }

    fn doorbell(&self, which: usize, index: usize) {
        let number = (2 * self.number + which) << self.stride;
        let value = u32::try_from(index).unwrap_or(0);
        if let Some(doorbell) = self.registers.at(map::DOORBELL, number) {
            // SAFETY: the commands up to there are in memory that this queue owns, and whoever
            // pushed them keeps what they name; entries up to there were looked at.
            unsafe { doorbell.ring_raw(value) };
        }
    }

    /// The rings' memory: of a queue that the controller has forgotten.
    pub(super) fn into_parts(self) -> (Window<S, Block>, [Shared<R>; 2]) {
        (self.registers, [self.submission, self.completion])
    }

    const fn after(&self, index: usize) -> usize {
        if index + 1 >= self.depth { 0 } else { index + 1 }
    }
}

/// The words of one completion.
fn completion<R: Region>(
    ring: &Shared<R>,
    at: usize,
) -> Result<Window<SharedView<'_>, done_map::CompletionEntry>, Error> {
    let view = ring.view().narrow(at, COMPLETION).ok_or(outside())?;
    // SAFETY: the controller alone writes this memory, entry by entry, as completions.
    unsafe { Window::new(view) }.map_err(|refused| refused.error)
}
