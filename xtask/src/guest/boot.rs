//! One boot: from the pieces to the verdict, never longer than its limit.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use guest_init::job::{Job, Step};
use guest_init::report::Event;

use super::architecture::Architecture;
use super::emulator::{Emulator, Next};
use super::host::Host;
use super::initramfs::{Content, module_file};
use super::kernel::{Kernel, Module};
use super::machine::{self, Clock};
use super::phases::{Expired, LEAVING, Phases};
use super::program;
use super::qemu::Qemu;
use super::transcript::Transcript;
use crate::command::Command;
use crate::debian::Debian;
use crate::error::{Context, Result, write};
use crate::workspace::Workspace;

/// What all boots share.
#[derive(Debug)]
pub struct Testbed<'a> {
    workspace: &'a Workspace,
    debian: Debian,
    qemu: Qemu,
    /// The first process for each processor, built when it is first needed.
    inits: [OnceLock<PathBuf>; 2],
}

/// What a guest shall do.
#[derive(Debug)]
pub struct Task {
    /// What it is for, besides what the host is for; empty for the host's own.
    pub title: &'static str,
    /// After the host's modules are loaded.
    pub steps: Vec<Step>,
    /// Programs of this host, which the guest has in `/tests`.
    pub programs: Vec<PathBuf>,
    /// Further arguments of the emulator.
    pub extra: Vec<String>,
    /// How its time passes.
    pub clock: Clock,
    /// It is killed if it says nothing for so long.
    pub silence: Duration,
    /// The boot is killed after this time.
    pub limit: Duration,
}

/// How a boot went.
#[derive(Debug)]
pub struct Outcome {
    /// From the emulator's start to the guest's first report.
    pub boot: Option<Duration>,
    /// What was seen of a boot before that froze, if one did.
    pub frozen: Option<String>,
    /// From the emulator's start to its end.
    pub total: Duration,
    /// What the guest said.
    pub transcript: Transcript,
    /// Whether it passed.
    pub verdict: Result<()>,
}

impl<'a> Testbed<'a> {
    /// Fetches the emulator if needed.
    ///
    /// # Errors
    ///
    /// It cannot be had or does not run here.
    pub fn open(workspace: &'a Workspace) -> Result<Self> {
        let debian = Debian::open(&workspace.root)?;
        let qemu = Qemu::fetch(&debian)?;
        qemu.version()?;
        Ok(Self { workspace, debian, qemu, inits: [OnceLock::new(), OnceLock::new()] })
    }

    /// Everything that a boot of this host needs besides the emulator.
    ///
    /// # Errors
    ///
    /// Something cannot be fetched or built.
    pub fn prepare(&self, host: &Host) -> Result<(PathBuf, Kernel)> {
        let init = self.init(host.architecture)?;
        let kernel = Kernel::of(host, self.workspace, &self.debian)?;
        Ok((init, kernel))
    }

    fn init(&self, architecture: Architecture) -> Result<PathBuf> {
        let cell = &self.inits[usize::from(architecture == Architecture::Arm)];
        if let Some(init) = cell.get() {
            return Ok(init.clone());
        }
        let built = self.build("build", &["--package", "guest-init"], architecture)?;
        Ok(cell.get_or_init(|| built[0].clone()).clone())
    }

    /// Builds programs for a processor; see [`program::build`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn build(
        &self,
        verb: &str,
        what: &[&str],
        architecture: Architecture,
    ) -> Result<Vec<PathBuf>> {
        program::build(verb, what, architecture, self.workspace, &self.debian)
    }

    /// Where the files of a host's boots for something are.
    #[must_use]
    pub fn folder(&self, host: &Host, title: &str) -> PathBuf {
        // Titles are for people; an empty one is the host's own.
        self.workspace.target.join("guest").join(host.name).join(title.replace(' ', "-"))
    }

    /// Waits until no other boot of this host for the same goes on, then keeps others waiting.
    ///
    /// # Errors
    ///
    /// The lock file cannot be made or locked.
    pub fn lock(&self, host: &Host, title: &str) -> Result<File> {
        let folder = self.folder(host, title);
        std::fs::create_dir_all(&folder).context(format_args!("create {}", folder.display()))?;
        let path = folder.join("lock");
        let file = File::create(&path).context(format_args!("create {}", path.display()))?;
        file.lock().context(format_args!("lock {}", path.display()))?;
        Ok(file)
    }

    /// The emulator with all its arguments for a task; its files are written.
    ///
    /// Call with the host's lock held.
    ///
    /// # Errors
    ///
    /// Something cannot be fetched, built or written.
    pub fn command(&self, host: &Host, task: &Task) -> Result<Command> {
        let (init, kernel) = self.prepare(host)?;
        let parameters = host.modules();
        let names: Vec<&str> = parameters.iter().map(|(name, _)| *name).collect();
        let modules = kernel.modules(&names)?;
        let mut steps = load(&modules, &parameters);
        steps.extend(task.steps.iter().cloned());
        let job = Job { exit: host.architecture.exit(), steps };
        let content =
            Content { init: &init, modules: &modules, programs: &task.programs, job: &job };
        let initrd = self.folder(host, task.title).join("initrd");
        content.write(&initrd, host.architecture, &self.debian)?;
        let command = self.qemu.command(host.architecture);
        let command = command.args(machine::arguments(host, task.clock));
        let command = command.arg("-kernel").arg(&kernel.image).arg("-initrd").arg(&initrd);
        Ok(command.args(["-append", &host.command_line()]).args(&task.extra))
    }

    /// Boots a host with a task; `watch` sees each report as it comes.
    ///
    /// A boot that freezes is announced and repeated, once: emulators freeze. What was seen of it
    /// is in the outcome, and its log stays.
    ///
    /// # Errors
    ///
    /// Something cannot be fetched, built or started. How the guest itself went is in the outcome.
    pub fn run(&self, host: &Host, task: &Task, watch: &mut dyn FnMut(&Event)) -> Result<Outcome> {
        let _lock = self.lock(host, task.title)?;
        let log = self.folder(host, task.title).join("serial.log");
        let (first, frozen) = self.boot(host, task, task.limit, &log, watch)?;
        let Some(frozen) = frozen else { return Ok(first) };
        let kept = log.with_file_name("frozen.log");
        std::fs::rename(&log, &kept).context(format_args!("keep {}", log.display()))?;
        let kept = self.workspace.relative(&kept);
        let seen = format!("{}: {frozen}; its log is {kept}", host.name);
        println!("  {seen}; it is booted once more");
        let left = task.limit.saturating_sub(first.total);
        let (second, _) = self.boot(host, task, left, &log, watch)?;
        Ok(Outcome { frozen: Some(seen), total: first.total + second.total, ..second })
    }

    /// One boot; and in which way it froze, if it did.
    fn boot(
        &self,
        host: &Host,
        task: &Task,
        limit: Duration,
        path: &Path,
        watch: &mut dyn FnMut(&Event),
    ) -> Result<(Outcome, Option<Expired>)> {
        let command = self.command(host, task)?.args(["-serial", "stdio"]);
        // The inner limit holds even if this process is killed.
        let command = command.limit(limit + LEAVING + LEAVING);
        write(&path.with_file_name("command"), &format!("{}\n", command.line()))?;
        let mut log = File::create(path).context(format_args!("create {}", path.display()))?;
        let start = Instant::now();
        let mut emulator = Emulator::start(command)?;
        let mut transcript = Transcript::default();
        let mut boot = None;
        let mut phases = Phases::new(start, task.silence, limit);
        let expired = loop {
            match emulator.next(phases.deadline()) {
                Next::Line(line) => {
                    log.write_all(&line).context(format_args!("write {}", path.display()))?;
                    if let Some(event) = transcript.read(&String::from_utf8_lossy(&line)) {
                        boot.get_or_insert_with(|| start.elapsed());
                        watch(event);
                        phases.heard(Instant::now());
                    }
                    if transcript.has_ended() {
                        phases.ended(Instant::now());
                    }
                }
                Next::Closed => break None,
                Next::Expired => break Some(phases.expired()),
            }
        };
        if expired.is_some() {
            emulator.end()?;
        }
        let status = emulator.wait()?;
        let total = start.elapsed();
        let status = status.code().filter(|_| expired.is_none());
        let mut verdict = transcript.verdict(status, host.architecture.good_status());
        if let Some(expired) = expired {
            verdict = verdict.map_err(|error| error.within(expired));
        }
        let place = self.workspace.relative(path);
        let verdict = verdict.map_err(|error| error.hint(format!("the whole log is {place}")));
        let frozen = expired.filter(|expired| expired.is_freeze());
        Ok((Outcome { boot, frozen: None, total, transcript, verdict }, frozen))
    }
}

/// Steps that load modules, with the parameters that are wanted for some of them.
fn load(modules: &[Module], parameters: &[(&str, &str)]) -> Vec<Step> {
    let step = |module: &Module| {
        let wanted = parameters.iter().find(|(name, _)| *name == module.name);
        let parameters = wanted.map_or("", |(_, parameters)| parameters).to_owned();
        Step::Load { file: module_file(&module.name), parameters }
    };
    modules.iter().map(step).collect()
}

/// The program's file in a guest, as one step.
///
/// # Errors
///
/// The path ends in no name.
pub fn run_step(program: &Path, arguments: &[String], limit: Duration) -> Result<Step> {
    Ok(Step::Run(guest_init::job::Program {
        file: super::initramfs::program_file(program)?,
        arguments: arguments.to_vec(),
        environment: std::collections::BTreeMap::new(),
        limit_seconds: limit.as_secs(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Parameters go to the module they are for, and to no other.
    #[test]
    fn parameters_go_to_their_module() {
        let module = |name: &str| Module { name: name.to_owned(), content: Vec::new() };
        let steps =
            load(&[module("vfio"), module("vfio_iommu_type1")], &[("vfio_iommu_type1", "a=1")]);
        let load = |name: &str, parameters: &str| Step::Load {
            file: format!("/modules/{name}.ko"),
            parameters: parameters.to_owned(),
        };
        assert_eq!(steps, [load("vfio", ""), load("vfio_iommu_type1", "a=1")]);
    }
}
