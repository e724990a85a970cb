//! Wakes tasks when a file becomes readable or their time has come.
//!
//! One thread for the process, started by the first task that waits; it sleeps in the kernel.
//! Programs with a reactor of their own need not use it: a signal is also a file to wait for.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::Waker;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::{Errno, Result};

use crate::clock::{now, until_timeout};
use crate::eventfd::{event, ring, take};

/// A task that waits.
#[derive(Debug)]
struct Waiting {
    file: Arc<OwnedFd>,
    until: Option<u64>,
    waker: Waker,
}

static REACTOR: OnceLock<Arc<Reactor>> = OnceLock::new();

/// Who waits, by the numbers of their signals.
#[derive(Debug)]
pub(crate) struct Reactor {
    changed: OwnedFd,
    waiting: Mutex<BTreeMap<u64, Waiting>>,
}

impl Reactor {
    /// The reactor of the process.
    pub(crate) fn get() -> Result<&'static Self> {
        static STARTING: Mutex<()> = Mutex::new(());
        if let Some(reactor) = REACTOR.get() {
            return Ok(reactor);
        }
        let _one_at_a_time = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(reactor) = REACTOR.get() {
            return Ok(reactor);
        }
        let reactor = Arc::new(Self { changed: event()?, waiting: Mutex::default() });
        let thread = std::thread::Builder::new().name("anydma-signals".to_owned());
        let its = Arc::clone(&reactor);
        thread
            .spawn(move || its.run())
            .map_err(|error| error.raw_os_error().map_or(Errno::AGAIN, Errno::from_raw_os_error))?;
        Ok(REACTOR.get_or_init(|| reactor))
    }

    /// The reactor, if anybody has asked for it.
    pub(crate) fn started() -> Option<&'static Self> {
        REACTOR.get().map(|reactor| &**reactor)
    }

    /// Wakes the task once, when the file is readable or at `until` (ns).
    pub(crate) fn wake(
        &self,
        signal: u64,
        file: &Arc<OwnedFd>,
        until: Option<u64>,
        waker: &Waker,
    ) -> Result<()> {
        let waiting = Waiting { file: Arc::clone(file), until, waker: waker.clone() };
        // Dropping a waker may run anybody's code: not while this is locked.
        let old = self.waiting().insert(signal, waiting);
        drop(old);
        ring(&self.changed)
    }

    /// Nobody waits there any more.
    pub(crate) fn forget(&self, signal: u64) {
        let old = self.waiting().remove(&signal);
        drop(old);
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeMap<u64, Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        loop {
            let list: Vec<(u64, Arc<OwnedFd>, Option<u64>)> = {
                let waiting = self.waiting();
                let each =
                    |(number, one): (&u64, &Waiting)| (*number, Arc::clone(&one.file), one.until);
                waiting.iter().map(each).collect()
            };
            let until = list.iter().filter_map(|(_, _, until)| *until).min();
            let mut files: Vec<PollFd<'_>> = vec![PollFd::new(&self.changed, PollFlags::IN)];
            files.extend(list.iter().map(|(_, file, _)| PollFd::new(file, PollFlags::IN)));
            match poll(&mut files, until_timeout(until, now()).as_ref()) {
                Ok(_) | Err(Errno::INTR) => {}
                // Without memory the kernel cannot wait: a moment later it may.
                Err(_) => std::thread::sleep(core::time::Duration::from_millis(1)),
            }
            let time = now();
            let ready = files.iter().skip(1).map(|file| !file.revents().is_empty());
            let due: Vec<u64> = list
                .iter()
                .zip(ready)
                .filter(|((_, _, until), ready)| *ready || until.is_some_and(|at| at <= time))
                .map(|((number, _, _), _)| *number)
                .collect();
            drop(files);
            // A refusal here would come again at once: the count is only a reason to look.
            let _ = take(&self.changed);
            for number in due {
                let one = self.waiting().remove(&number);
                if let Some(one) = one {
                    one.waker.wake();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::task::Wake;
    use std::time::Duration;

    use super::*;

    struct Tell(mpsc::SyncSender<u32>, u32);

    impl Wake for Tell {
        fn wake(self: Arc<Self>) {
            let _ = self.0.try_send(self.1);
        }
    }

    // A task is woken by its file, another one by its time, a forgotten one by neither.
    #[test]
    fn tasks_are_woken_by_file_or_time() {
        let (told, heard) = mpsc::sync_channel(8);
        let waker = |number| Waker::from(Arc::new(Tell(told.clone(), number)));
        let files = [(); 3].map(|()| Arc::new(event().unwrap()));
        let reactor = Reactor::get().unwrap();
        reactor.wake(u64::MAX, &files[0], None, &waker(1)).unwrap();
        reactor.wake(u64::MAX - 1, &files[1], Some(now() + 5_000_000), &waker(2)).unwrap();
        reactor.wake(u64::MAX - 2, &files[2], Some(now() + 1_000_000), &waker(3)).unwrap();
        reactor.forget(u64::MAX - 2);
        assert_eq!(heard.recv_timeout(Duration::from_mins(1)).unwrap(), 2);
        ring(&files[0]).unwrap();
        assert_eq!(heard.recv_timeout(Duration::from_mins(1)).unwrap(), 1);
        assert!(heard.try_recv().is_err());
    }
}
