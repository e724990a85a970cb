//! The controller: switched on and off, asked what it is, and told of queues.

use core::fmt;
use core::mem::{self, ManuallyDrop};

use dma_core::{
    Access, Allocate, Buffer, Direction, DmaBuffer, DomainId, Epoch, Error, ErrorKind, Iova,
    Narrow, Operation, Refused, Region, Request, Shared, Signal, To,
};
use register_map::nvme::{self as map, Nvme as Block};
use register_map::{Readable, Window, Writeable};

use super::io::{IoQueue, Made};
use super::queue::{COMMAND, COMPLETION, Command, Queue};
use super::{Identification, Namespace, PAGE, outside, pages};

/// Entries of the admin queues.
const ADMIN: u8 = 16;
/// How long an admin command may take, in nanoseconds.
const ADMIN_LIMIT: u64 = 5_000_000_000;
/// The unit in which a controller says how long it takes to come and go, in nanoseconds.
const HALF_SECOND: u64 = 500_000_000;
/// The highest number of a queue: as many doorbells as are described, if they stand close.
const HIGHEST: u32 = 31;

const DELETE_SUBMISSION: u32 = 0x00;
const CREATE_SUBMISSION: u32 = 0x01;
const DELETE_COMPLETION: u32 = 0x04;
const CREATE_COMPLETION: u32 = 0x05;
const IDENTIFY: u32 = 0x06;

/// A controller that was taken over, with its admin queue.
///
/// Dropped, it leaves the controller as it is and leaks what that may still touch: end with
/// [`Controller::shut_down`].
pub struct Controller<S, R: Region> {
    registers: Window<S, Block>,
    /// Taken only while it is made anew.
    admin: ManuallyDrop<Option<Queue<S, R>>>,
    /// Where the answers go.
    page: ManuallyDrop<Buffer<R>>,
    identification: Option<Identification>,
    /// Tells controllers apart.
    number: u32,
    /// How often it was switched off: what was made before has ended.
    life: u32,
    on: bool,
    /// An admin command did not end.
    stuck: bool,
    commands: u16,
    /// The numbers of queues that were not closed, a bit each.
    queues: u32,
    longest_wait: u64,
    stride: u32,
    deepest: usize,
}

impl<S: Access<u32> + Narrow + Clone, R: Region> Controller<S, R> {
    /// Takes over the controller behind these registers: switches it off and on, and asks what it
    /// is.
    ///
    /// # Errors
    ///
    /// With the registers: `Unsupported` if it does not take pages of 4 KiB; `Stuck` if it does
    /// not come or go in the time that it says; `DeviceFault`; `Gone`; the lender's; `OtherDomain`
    /// for a lender of another device.
    ///
    /// # Safety
    ///
    /// These are the registers of an NVM Express controller, whose bus mastering is on. As long as
    /// the result or a queue of it lives, and for ever if one is leaked, nothing else stores to
    /// them.
    pub unsafe fn new<L, G>(space: S, memory: &L, signal: &mut G) -> Result<Self, Refused<S>>
    where
        L: Allocate<Region = R>,
        G: Signal,
    {
        // SAFETY: the caller keeps the contract, which asks for more.
        let mut controller = unsafe { Self::take_over(space.clone(), memory, signal) }?;
        match controller.enable(signal) {
            Ok(()) => Ok(controller),
            Err(error) => Err(Refused::new(space, error)),
        }
    }

    /// Takes over the controller behind these registers and switches it off, whatever it did for
    /// whom. Let it master the bus then, and [enable](Controller::enable) it.
    ///
    /// # Errors
    ///
    /// As [`Controller::new`].
    ///
    /// # Safety
    ///
    /// As [`Controller::new`], but that its bus mastering need not be on yet.
    pub unsafe fn take_over<L, G>(space: S, memory: &L, signal: &mut G) -> Result<Self, Refused<S>>
    where
        L: Allocate<Region = R>,
        G: Signal,
    {
        // SAFETY: the caller says what the registers are.
        let registers = unsafe { Window::<S, Block>::new(space.clone()) }?;
        let opened = Self::open(registers, memory).and_then(|mut controller| {
            controller.disable(signal)?;
            Ok(controller)
        });
        opened.map_err(|error| Refused::new(space, error))
    }

    fn open<L>(registers: Window<S, Block>, memory: &L) -> Result<Self, Error>
    where
        L: Allocate<Region = R>,
    {
        let low = registers.reg(map::CAP_LOW).extract();
        let high = registers.reg(map::CAP_HIGH).extract();
        let refused = |kind| Err(Error::new(kind, Operation::Open, high.get()));
        if low.get() == u32::MAX && high.get() == u32::MAX {
            return refused(ErrorKind::Gone);
        }
        let deepest = size(low.read(map::CAP_LOW::MQES)) + 1;
        if high.read(map::CAP_HIGH::MPSMIN) != 0 || deepest < 2 {
            return refused(ErrorKind::Unsupported);
        }
        let rings = rings(memory, registers.domain(), ADMIN.into())?;
        let page = lend(memory, registers.domain(), PAGE)?;
        let stride = high.read(map::CAP_HIGH::DSTRD);
        let admin = Queue::new(registers.clone(), rings, 0, stride, ADMIN.into());
        Ok(Self {
            registers,
            admin: ManuallyDrop::new(Some(admin)),
            page: ManuallyDrop::new(page),
            identification: None,
            number: Epoch::first().device,
            life: 0,
            on: false,
            stuck: false,
            commands: 0,
            queues: 1,
            longest_wait: (u64::from(low.read(map::CAP_LOW::TO)) + 1) * HALF_SECOND,
            stride,
            deepest,
        })
    }

    /// Switches it on, and asks what it is. Queues of before stay ended: close them.
    ///
    /// # Errors
    ///
    /// As [`Controller::new`].
    pub fn enable<G: Signal>(&mut self, signal: &mut G) -> Result<(), Error> {
        self.disable(signal)?;
        let Some(admin) = self.admin.take() else { return Err(outside()) };
        let (registers, rings) = admin.into_parts();
        let mut fresh = [None, None];
        for (ring, fresh) in rings.into_iter().zip(&mut fresh) {
            let mut memory = ring.into_buffer();
            memory.bytes_mut().fill(0);
            *fresh = Some(Shared::new(memory).map_err(|refused| refused.error)?);
        }
        let [Some(submission), Some(completion)] = fresh else { return Err(outside()) };
        let admin = Queue::new(registers, [submission, completion], 0, self.stride, ADMIN.into());
        let [submission, completion] = admin.iovas()?;
        *self.admin = Some(admin);
        // UNITS: entries, less one.
        let entries = u32::from(ADMIN) - 1;
        self.registers
            .reg(map::AQA)
            .write(map::AQA::ASQS.val(entries) + map::AQA::ACQS.val(entries));
        // SAFETY: this controller's memory, which is leaked if it does not get quiet.
        unsafe { self.registers.pair(map::ASQ).steer(submission) };
        // SAFETY: as above.
        unsafe { self.registers.pair(map::ACQ).steer(completion) };
        self.registers.release();
        let command = map::CC::EN::SET
            + map::CC::IOSQES.val(COMMAND.trailing_zeros())
            + map::CC::IOCQES.val(COMPLETION.trailing_zeros());
        // SAFETY: the queues are in place and empty; entries are as long as ours.
        unsafe { self.registers.reg(map::CC).ring(command) };
        self.on = true;
        self.settle(true, signal)?;
        let known = Identification::parse(self.identify(0, 1, signal)?, pages::LONGEST)?;
        self.identification = Some(known);
        Ok(())
    }

    /// Switches it off: everything has ended then, and its queues are forgotten. Close them to
    /// get their buffers back.
    ///
    /// # Errors
    ///
    /// `Stuck` if it does not go in the time that it says; `Gone`.
    pub fn disable<G: Signal>(&mut self, signal: &mut G) -> Result<(), Error> {
        // SAFETY: a controller that is off masters nothing.
        unsafe { self.registers.reg(map::CC).ring(map::CC::EN::CLEAR) };
        self.settle(false, signal)?;
        // ORDER: it said that it is off; only now may anybody look at the data.
        self.registers.acquire();
        (self.on, self.stuck) = (false, false);
        self.life = self.life.wrapping_add(1);
        Ok(())
    }

    /// Switches it off, and gives the registers back. Close its queues before, or they are leaked.
    ///
    /// # Errors
    ///
    /// As [`Controller::disable`], with the controller.
    #[expect(clippy::result_large_err, reason = "a controller that is refused comes back, whole")]
    pub fn shut_down<G: Signal>(mut self, signal: &mut G) -> Result<S, Refused<Self>> {
        if let Err(error) = self.disable(signal) {
            return Err(Refused::new(self, error));
        }
        drop(ManuallyDrop::into_inner(self.admin));
        drop(ManuallyDrop::into_inner(self.page));
        Ok(self.registers.into_space())
    }

    /// What it is.
    #[must_use]
    pub const fn identification(&self) -> Option<Identification> {
        self.identification
    }

    /// A disk.
    ///
    /// # Errors
    ///
    /// `Unsupported` if there is none of this number, or its blocks have metadata; as any admin
    /// command: `DeviceFault` with kind and code of its status, `TimedOut`, `Gone`, and `Stuck`
    /// after a time-out, until it is switched off and on.
    pub fn namespace<G: Signal>(
        &mut self,
        number: u32,
        signal: &mut G,
    ) -> Result<Namespace, Error> {
        let longest = self.identification.map_or(PAGE, |known| known.longest);
        Namespace::parse(self.identify(number, 0, signal)?, number, longest)
    }

    /// Makes a queue for `N` commands at a time, with an interrupt or without.
    ///
    /// # Errors
    ///
    /// `TooLong` if the controller's queues are shorter; `Busy` if it has as many queues as this
    /// driver counts; the lender's; as any admin command, see [`Controller::namespace`].
    pub fn create<L, G, B, const N: usize>(
        &mut self,
        namespace: Namespace,
        vector: Option<u16>,
        memory: &L,
        signal: &mut G,
    ) -> Result<IoQueue<S, R, B, N>, Error>
    where
        L: Allocate<Region = R>,
        G: Signal,
        B: DmaBuffer,
    {
        // One entry stays free, so that full and empty differ.
        let depth = N + 1;
        let refused = |kind| Err(Error::new(kind, Operation::Open, 0));
        if depth > self.deepest {
            return refused(ErrorKind::TooLong);
        }
        let number = self.queues.trailing_ones();
        if number > HIGHEST >> self.stride {
            return refused(ErrorKind::Busy);
        }
        let rings = rings(memory, self.registers.domain(), depth)?;
        let lists = lend(memory, self.registers.domain(), N * PAGE)?;
        let lists = Shared::new(lists).map_err(|refused| refused.error)?;
        let queue = Queue::new(self.registers.clone(), rings, size(number), self.stride, depth);
        let [submission, completion] = queue.iovas()?;
        let made = Made { queue, lists, namespace, controller: self.number, life: self.life };
        // UNITS: entries, less one.
        let ring = u32::try_from(N).unwrap_or(u32::MAX) << 16 | number;
        let interrupt = vector.map_or(0, |vector| u32::from(vector) << 16 | 1 << 1);
        let told = self
            .ring_command(CREATE_COMPLETION, completion, [ring, interrupt | 1, 0], signal)
            .and_then(|()| {
                let words = [ring, number << 16 | 1, 0];
                self.ring_command(CREATE_SUBMISSION, submission, words, signal).inspect_err(|_| {
                    // That it cannot be deleted either changes nothing: its number stays unused.
                    let _ = self.plain(DELETE_COMPLETION, number, signal);
                })
            });
        match told {
            Ok(()) => {
                self.queues |= 1 << number;
                Ok(IoQueue::new(made))
            }
            Err(error) => {
                if error.kind() != ErrorKind::DeviceFault || self.stuck {
                    // It may yet take the queue: the memory is kept, and the number.
                    self.queues |= 1 << number;
                    mem::forget(made);
                }
                Err(error)
            }
        }
    }

    /// Ends a queue and gives its buffers to `each`: those that were not taken, and after
    /// [`Controller::disable`] also those of commands that had not ended, as `Aborted`.
    ///
    /// # Errors
    ///
    /// With the queue: `Busy` while the controller is on and commands have not ended;
    /// `Unsupported` for a queue of another controller; as any admin command.
    #[expect(clippy::result_large_err, reason = "a queue that is refused comes back, whole")]
    pub fn close<G: Signal, B: DmaBuffer, const N: usize>(
        &mut self,
        mut queue: IoQueue<S, R, B, N>,
        signal: &mut G,
        each: impl FnMut(Result<B, Refused<B>>),
    ) -> Result<(), Refused<IoQueue<S, R, B, N>>> {
        let number = queue.number();
        let ended = if queue.controller() != self.number {
            Err(Error::new(ErrorKind::Unsupported, Operation::Stop, 0))
        } else if queue.life() != self.life {
            Ok(())
        } else {
            self.delete(&mut queue, number, signal)
        };
        if let Err(error) = ended {
            return Err(Refused::new(queue, error));
        }
        self.queues &= !(1 << number);
        queue.finish(each);
        Ok(())
    }

    fn delete<G: Signal, B: DmaBuffer, const N: usize>(
        &mut self,
        queue: &mut IoQueue<S, R, B, N>,
        number: u32,
        signal: &mut G,
    ) -> Result<(), Error> {
        queue.poll()?;
        if queue.in_flight() > 0 {
            return Err(Error::new(ErrorKind::Busy, Operation::Stop, 0));
        }
        self.plain(DELETE_SUBMISSION, number, signal)?;
        self.plain(DELETE_COMPLETION, number, signal)
    }

    fn identify<G: Signal>(
        &mut self,
        namespace: u32,
        what: u32,
        signal: &mut G,
    ) -> Result<&[u8], Error> {
        self.page.sync(0..PAGE, To::Device, Direction::FromDevice);
        let first = Some(self.page.run(0, PAGE).0);
        let words = [what, 0, 0];
        self.admin(&Command { opcode: IDENTIFY, namespace, first, second: None, words }, signal)?;
        self.page.sync(0..PAGE, To::Cpu, Direction::FromDevice);
        Ok(self.page.bytes())
    }

    fn ring_command<G: Signal>(
        &mut self,
        opcode: u32,
        ring: Iova,
        words: [u32; 3],
        signal: &mut G,
    ) -> Result<(), Error> {
        let command = Command { opcode, first: Some(ring), words, ..Command::default() };
        self.admin(&command, signal)
    }

    fn plain<G: Signal>(&mut self, opcode: u32, number: u32, signal: &mut G) -> Result<(), Error> {
        let command = Command { opcode, words: [number, 0, 0], ..Command::default() };
        self.admin(&command, signal)
    }

    /// Runs one admin command to its end.
    fn admin<G: Signal>(&mut self, command: &Command, signal: &mut G) -> Result<(), Error> {
        let Some(admin) = self.admin.as_mut().filter(|_| self.on && !self.stuck) else {
            return Err(Error::new(ErrorKind::Stuck, Operation::Open, 0));
        };
        self.commands = self.commands.wrapping_add(1);
        // SAFETY: what commands name here is the page of answers, and rings of queues that are
        // being made: they are kept, or leaked if the command does not end.
        unsafe { admin.push(self.commands, command) }?;
        admin.ring();
        let deadline = signal.now().saturating_add(ADMIN_LIMIT);
        loop {
            if let Some(done) = admin.next()? {
                admin.give_back();
                let right = done.id == self.commands;
                return match (right, done.status) {
                    (true, 0) => Ok(()),
                    (_, status) => {
                        self.stuck = !right;
                        Err(Error::new(ErrorKind::DeviceFault, Operation::Open, status))
                    }
                };
            }
            if signal.now() >= deadline {
                self.stuck = true;
                let kind = match self.registers.reg(map::CSTS).get() {
                    u32::MAX => ErrorKind::Gone,
                    _ => ErrorKind::TimedOut,
                };
                return Err(Error::new(kind, Operation::Open, 0));
            }
            signal.pause();
        }
    }

    /// Waits until the controller is on, or off.
    fn settle<G: Signal>(&self, on: bool, signal: &mut G) -> Result<(), Error> {
        let deadline = signal.now().saturating_add(self.longest_wait);
        loop {
            let status = self.registers.reg(map::CSTS).extract();
            let error = |kind| Err(Error::new(kind, Operation::Open, status.get()));
            if status.get() == u32::MAX {
                return error(ErrorKind::Gone);
            }
            if on && status.is_set(map::CSTS::CFS) {
                return error(ErrorKind::DeviceFault);
            }
            if status.is_set(map::CSTS::RDY) == on {
                return Ok(());
            }
            if signal.now() >= deadline {
                return error(ErrorKind::Stuck);
            }
            signal.pause();
        }
    }
}

/// Memory of a submission and a completion queue.
fn rings<R: Region, L: Allocate<Region = R>>(
    memory: &L,
    domain: DomainId,
    depth: usize,
) -> Result<[Shared<R>; 2], Error> {
    let ring = |entry| {
        let ring = lend(memory, domain, depth * entry)?;
        Shared::new(ring).map_err(|refused| refused.error)
    };
    Ok([ring(COMMAND)?, ring(COMPLETION)?])
}

/// Whole pages in one run, whatever the lender understood: the controller goes by it.
fn lend<R: Region, L: Allocate<Region = R>>(
    memory: &L,
    domain: DomainId,
    length: usize,
) -> Result<Buffer<R>, Error> {
    let lent = memory.allocate(Request::bytes(length).aligned(PAGE).contiguous());
    let lent = lent.map_err(Into::<Error>::into)?;
    let (iova, run) = lent.run(0, length);
    let kind = if lent.domain() != domain {
        ErrorKind::OtherDomain
    } else if run < length {
        ErrorKind::Scattered
    } else if !iova.get().is_multiple_of(PAGE as u64) {
        ErrorKind::Misaligned
    } else {
        return Ok(lent);
    };
    Err(Error::new(kind, Operation::Open, 0))
}

fn size(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl<S, R: Region> fmt::Debug for Controller<S, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Controller")
            .field("identification", &self.identification)
            .field("on", &self.on)
            .field("queues", &(self.queues.count_ones() - 1))
            .finish_non_exhaustive()
    }
}
