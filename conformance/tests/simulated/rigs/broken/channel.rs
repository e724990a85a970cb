//! A channel with one thing broken.

use backend_mock::MockSpace;
use dma_core::{
    Access, AddressMask, Channel, DeviceAddress, DomainId, Error, ErrorKind, Limits, Segment,
};

use super::Sabotage;

pub(crate) struct BrokenChannel<C> {
    inner: C,
    space: MockSpace,
    doorbell: usize,
    sabotage: Sabotage,
    kicks: u32,
    /// Pushed and not counted, by the inner channel.
    pending: usize,
    /// Counted before their time.
    ahead: usize,
    /// It said that it is quiet without a look.
    lied: bool,
    /// What the next segment overtakes.
    held: Option<Segment>,
}

impl<C: Channel> BrokenChannel<C> {
    pub(crate) fn new(inner: C, space: MockSpace, doorbell: usize, sabotage: Sabotage) -> Self {
        Self {
            inner,
            space,
            doorbell,
            sabotage,
            kicks: 0,
            pending: 0,
            ahead: 0,
            lied: false,
            held: None,
        }
    }

    fn is(&self, sabotage: Sabotage) -> bool {
        self.sabotage == sabotage
    }
}

// SAFETY: it breaks the contract on purpose. The simulated machine checks every access of its
// cards against its IOMMU, and the buffers' host memory is never freed, so no memory of this
// process is at stake.
unsafe impl<C: Channel> Channel for BrokenChannel<C> {
    fn limits(&self) -> Limits {
        let limits = self.inner.limits();
        match self.sabotage {
            Sabotage::StrictMask => Limits { mask: AddressMask::bits(27), ..limits },
            Sabotage::StrictSegment => Limits { max_segment: limits.max_segment / 2, ..limits },
            Sabotage::IsParticular => super::particular(limits),
            Sabotage::StrictAlignment => Limits { alignment: 4, ..limits },
            _ => limits,
        }
    }

    fn domain(&self) -> DomainId {
        match self.sabotage {
            // SAFETY: it is not unique, on purpose.
            Sabotage::SharesDomainNames => unsafe { DomainId::new(0x5000_0000) },
            _ => self.inner.domain(),
        }
    }

    fn room(&self) -> usize {
        if self.lied {
            return self.inner.limits().depth;
        }
        let held = usize::from(self.held.is_some());
        self.inner.room() - held + usize::from(self.is(Sabotage::LiesAboutRoom))
    }

    unsafe fn push(&mut self, segment: Segment) {
        if self.inner.room() == 0 {
            // Room that was a lie: what does not fit is lost.
            return;
        }
        self.pending += 1;
        let length = segment.length + usize::from(self.is(Sabotage::PushesLonger));
        let device = segment.device.get() + u64::from(self.is(Sabotage::PushesElsewhere));
        let segment = Segment { length, device: DeviceAddress::new(device), ..segment };
        if self.is(Sabotage::Reorders) && self.held.is_none() {
            self.held = Some(segment);
            return;
        }
        // SAFETY: as the caller promised, but for what is broken on purpose.
        unsafe { self.inner.push(segment) };
        if let Some(held) = self.held.take() {
            // SAFETY: as above, only later.
            unsafe { self.inner.push(held) };
        }
        if self.is(Sabotage::NeverBatches) {
            self.inner.kick();
        }
    }

    fn kick(&mut self) {
        self.kicks += 1;
        if let Some(held) = self.held.take() {
            // SAFETY: there was room when it was pushed, and all else was promised then.
            unsafe { self.inner.push(held) };
        }
        if self.is(Sabotage::LosesDoorbells) && self.kicks.is_multiple_of(3) {
            return;
        }
        self.inner.kick();
        if self.is(Sabotage::RingsTwice) {
            // SAFETY: the card ignores the register while it runs.
            unsafe { Access::<u64>::store(&self.space, self.doorbell, 0) };
        }
    }

    fn poll(&mut self) -> Result<usize, Error> {
        let counted = match self.inner.poll() {
            Err(error)
                if self.is(Sabotage::SwallowsErrors) && error.kind() == ErrorKind::DeviceFault =>
            {
                self.inner.quiesce()?;
                self.pending
            }
            Err(error)
                if self.is(Sabotage::OverlooksRemoval) && error.kind() == ErrorKind::Gone =>
            {
                0
            }
            result => result?,
        };
        self.pending = self.pending.saturating_sub(counted);
        match self.sabotage {
            Sabotage::CountsTooMany if counted > 0 => Ok(counted + 1),
            Sabotage::CountsTooEarly => {
                let known = counted.min(self.ahead);
                self.ahead -= known;
                let more = self.pending - self.ahead;
                self.ahead += more;
                Ok(counted - known + more)
            }
            _ => Ok(counted),
        }
    }

    fn quiesce(&mut self) -> Result<(), Error> {
        if self.is(Sabotage::NeverStops) {
            self.lied = self.pending > 0;
            self.pending = 0;
            return Ok(());
        }
        self.held = None;
        let result = self.inner.quiesce();
        if self.is(Sabotage::LiesThatItIsQuiet) {
            return Ok(());
        }
        result?;
        (self.pending, self.ahead) = (0, 0);
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Error> {
        self.held = None;
        self.inner.restore()?;
        (self.pending, self.ahead) = (0, 0);
        Ok(())
    }
}
