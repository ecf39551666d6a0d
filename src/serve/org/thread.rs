//! The thread of the org: it does jobs one at a time, in the order in which they come, lets time pass between them, and
//! answers when what was done is on disk.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use super::restore::Recovered;
use super::state::{Org, OrgOptions, Reload, StartError};
use crate::plan::Plan;
use crate::serve::bayeux::{HoldId, Release};
use crate::serve::chance;

/// Jobs that wait; more are refused.
const MOST_WAITING: usize = 4_096;
/// Jobs that are written to disk together.
const MOST_TOGETHER: usize = 256;
/// How long jobs are gathered that are written together, in milliseconds: the first of them waits for the last.
const LONGEST_TOGETHER: i64 = 5;
/// How long the thread sleeps at most: the clock may be moved meanwhile.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);

/// Sends what a job returned, once it is known whether it is on disk.
type Settle = Box<dyn FnOnce(bool) + Send>;
/// A job.
type Job = Box<dyn FnOnce(&mut Org) -> Settle + Send>;

/// The org cannot do a job: it has ended, has too much to do, or cannot write to its disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Gone {
    /// It has ended.
    #[error("the server is going down")]
    Ended,
    /// It has too much to do.
    #[error("the server has too much to do")]
    Busy,
    /// What was done is not on disk.
    #[error("the journal cannot be written: the server takes no more writes")]
    Disk,
}

/// A way to the org's thread.
#[derive(Clone)]
pub(crate) struct OrgHandle {
    jobs: SyncSender<Job>,
}

impl OrgHandle {
    /// Lets the org do something, and waits for it.
    ///
    /// # Errors
    ///
    /// If it cannot be done, or it is not known to be on disk.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Org) -> T + Send + 'static,
    ) -> Result<T, Gone> {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |org| {
            if sender.is_closed() {
                // Whoever asked has hung up before anything was done.
                return Box::new(|_| {});
            }
            let value = act(org);
            Box::new(move |is_written| {
                // Whoever asked may have gone.
                let _ = sender.send(if is_written { Ok(value) } else { Err(Gone::Disk) });
            })
        });
        self.jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Gone::Busy,
            TrySendError::Disconnected(_) => Gone::Ended,
        })?;
        receiver.await.unwrap_or(Err(Gone::Ended))
    }

    /// Tells the org something; nobody waits for it.
    pub(crate) fn tell(&self, act: impl FnOnce(&mut Org) + Send + 'static) {
        let job: Job = Box::new(move |org| {
            act(org);
            Box::new(|_| {})
        });
        // If there is too much to do, or the org has ended, nothing is lost that matters.
        let _ = self.jobs.try_send(job);
    }
}

/// Starts an org. Gives the way to it, its thread, and what is to be told of its data. The thread ends when no way to it is
/// left.
///
/// # Errors
///
/// If the plan or the journal is not one that can be used.
pub(crate) fn start(
    plan: Plan,
    options: OrgOptions,
    reload: Option<Reload>,
) -> Result<(OrgHandle, JoinHandle<()>, Recovered), StartError> {
    if !chance::is_there() {
        return Err(StartError::Chance);
    }
    let (mut org, recovered) = Org::open(plan, options)?;
    org.reload = reload;
    let (jobs, waiting) = sync_channel(MOST_WAITING);
    let thread = std::thread::Builder::new().name("org".to_owned()).spawn(move || serve(&mut org, &waiting));
    Ok((OrgHandle { jobs }, thread.map_err(StartError::Thread)?, recovered))
}

fn serve(org: &mut Org, waiting: &Receiver<Job>) {
    let mut is_sound = true;
    loop {
        let mut settles: Vec<Settle> = Vec::new();
        match waiting.recv_timeout(org.sleep()) {
            Ok(job) => {
                let mut next = Some(job);
                let until = org.clock.real().saturating_add(LONGEST_TOGETHER);
                while let Some(job) = next {
                    settles.push(org.run(job, &mut is_sound));
                    let is_full = settles.len() >= MOST_TOGETHER || org.clock.real() >= until;
                    next = if is_full { None } else { waiting.try_recv().ok() };
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                let tick: Job = Box::new(|_| Box::new(|_| {}));
                settles.push(org.run(tick, &mut is_sound));
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
        is_sound = is_sound && org.sync().is_ok();
        for settle in settles {
            settle(is_sound);
        }
        if is_sound {
            org.release();
        }
    }
    if is_sound {
        // The next start is short then; the journal has everything if this fails.
        let _ = org.snapshot();
    }
}

impl Org {
    /// Does one job, and what became due until then.
    fn run(&mut self, job: Job, is_sound: &mut bool) -> Settle {
        self.actor = self.admin();
        self.origin.clear();
        self.pass();
        let settle = job(self);
        *is_sound = *is_sound && !self.is_lost && self.commit().is_ok();
        settle
    }

    /// How long nothing happens, unless somebody asks.
    fn sleep(&self) -> Duration {
        let timers = self.runtime.next_due().and_then(|due| self.clock.until(due));
        let real = u64::try_from(self.clock.real()).unwrap_or(0);
        let holds = self.bayeux.next_deadline().map(|at| Duration::from_millis(at.saturating_sub(real)));
        timers.into_iter().chain(holds).min().unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP)
    }

    /// Answers those who wait for events.
    fn release(&mut self) {
        self.consoles.ring();
        let when = self.when();
        let mut released = std::mem::take(&mut self.releases);
        released.extend(self.bayeux.flush(when));
        released.extend(self.bayeux.tick(when));
        let mut released = VecDeque::from(released);
        while let Some(Release { hold, answer }) = released.pop_front() {
            if let Some(sender) = self.held.remove(&hold)
                && let Err(answer) = sender.send(answer)
            {
                released.extend(self.bayeux.give_back(answer, when));
            }
        }
    }

    /// Keeps a request until its answer comes.
    pub(crate) fn hold(&mut self, hold: HoldId) -> oneshot::Receiver<crate::serve::bayeux::Answer> {
        let (sender, receiver) = oneshot::channel();
        self.held.insert(hold, sender);
        receiver
    }

    /// The client of a held request has gone.
    pub(crate) fn dropped(&mut self, hold: HoldId) {
        self.held.remove(&hold);
        let when = self.when();
        self.bayeux.dropped(hold, when);
    }
}
