//! `anydma explain`: what the faults in a kernel log mean.
#![forbid(unsafe_code)]

mod paint;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use diagnostics::{Log, Mappings, Parser, explain};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::output::Output;

/// Read at once: large enough for the speed of memory, small enough for its cache.
const PIECE: usize = 256 * 1024;
/// How long a log that is followed must be quiet before what was found is explained.
const QUIET: Duration = Duration::from_millis(300);
/// The kernel's own log.
const KERNEL: &str = "/dev/kmsg";

/// Finds IOMMU faults in a kernel log and says what they mean: which device, which buffer, the
/// likely mistake with its evidence, and what to change.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// The log: `dmesg`, `journalctl -k`, a text somebody sent; `-` is standard input
    #[arg(default_value = "-", value_name = "FILE")]
    file: PathBuf,
    /// Goes on with what is added to FILE, or without FILE with the kernel's own log; it ends when
    /// it is interrupted
    #[arg(long, short)]
    follow: bool,
    /// What is mapped for the device, as JSON, to name the buffer that was meant
    #[arg(long, value_name = "FILE")]
    mappings: Option<PathBuf>,
}

/// Reads the log and prints what it means.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<Answer, Failure> {
    let table = arguments.mappings.as_deref().map(table).transpose()?;
    let standard = arguments.file.as_os_str() == "-";
    if arguments.follow {
        let path = if standard { Path::new(KERNEL) } else { arguments.file.as_path() };
        return follow(path, table.as_ref(), output);
    }
    let mut log = Log::default();
    let mut parser = Parser::new();
    if standard {
        read(&mut io::stdin().lock(), Path::new("standard input"), &mut parser, &mut log)?;
    } else {
        let path = arguments.file.as_path();
        read(&mut open(path)?, path, &mut parser, &mut log)?;
    }
    parser.finish(&mut |event| log.take(event));
    output.report(&explain(&log, table.as_ref()))?;
    Ok(Answer::good_if(log.faults.is_empty()))
}

fn table(path: &Path) -> Result<Mappings, Failure> {
    let tried = || format!("read the table of mappings {}", path.display());
    let text = fs::read_to_string(path).map_err(|error| Failure::of(tried(), &error))?;
    Mappings::from_json(&text).map_err(|error| Failure::because(tried(), error))
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| {
        let failure = Failure::of(format!("open {}", path.display()), &error);
        match error.kind() {
            io::ErrorKind::PermissionDenied => failure.hint("the kernel's log may need root"),
            io::ErrorKind::NotFound => failure.hint("name a file, or `-` for standard input"),
            _ => failure,
        }
    })
}

/// Reads to the end of what there is.
fn read(
    input: &mut impl Read,
    path: &Path,
    parser: &mut Parser,
    log: &mut Log,
) -> Result<u64, Failure> {
    let mut piece = vec![0; PIECE];
    let mut total = 0;
    loop {
        match input.read(&mut piece) {
            Ok(0) => return Ok(total),
            Ok(count) => {
                total += count as u64;
                let bytes = piece.get(..count).unwrap_or_default();
                parser.feed(bytes, &mut |event| log.take(event));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                return Err(Failure::of(format!("read {}", path.display()), &error));
            }
        }
    }
}

/// Explains what comes, whenever it has been quiet for a moment.
fn follow(path: &Path, table: Option<&Mappings>, output: Output) -> Result<Answer, Failure> {
    let records = path == Path::new(KERNEL);
    let mut file = open(path)?;
    if records {
        return follow_records(&mut file, path, table, output);
    }
    let mut parser = Parser::new();
    let mut log = Log::default();
    let mut open = false;
    loop {
        if read(&mut file, path, &mut parser, &mut log)? > 0 {
            open = true;
        } else if open {
            parser.finish(&mut |event| log.take(event));
            open = false;
            report(&mut log, table, output)?;
        }
        std::thread::sleep(QUIET);
    }
}

/// The kernel's log gives a record a read, and waits for the next.
fn follow_records(
    file: &mut File,
    path: &Path,
    table: Option<&Mappings>,
    output: Output,
) -> Result<Answer, Failure> {
    let (sender, records) = std::sync::mpsc::channel();
    let mut file = file
        .try_clone()
        .map_err(|error| Failure::of(format!("read {}", path.display()), &error))?;
    std::thread::spawn(move || {
        let mut record = vec![0; 8 * 1024];
        loop {
            let answer = match file.read(&mut record) {
                Ok(count) => Ok(record.get(..count).unwrap_or_default().to_vec()),
                // Records that were overwritten before they were read: it goes on with the next.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => continue,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let ends = answer.is_err();
            if sender.send(answer).is_err() || ends {
                return;
            }
        }
    });
    let mut parser = Parser::new();
    let mut log = Log::default();
    loop {
        match records.recv_timeout(QUIET) {
            Ok(Ok(record)) => parser.feed(&record, &mut |event| log.take(event)),
            Ok(Err(error)) => {
                return Err(Failure::of(format!("read {}", path.display()), &error));
            }
            Err(_) => {
                parser.finish(&mut |event| log.take(event));
                report(&mut log, table, output)?;
            }
        }
    }
}

/// Prints the new faults, with the buffers that were announced before.
fn report(log: &mut Log, table: Option<&Mappings>, output: Output) -> Result<(), Failure> {
    if log.faults.is_empty() && log.unread.is_empty() {
        return Ok(());
    }
    output.report(&explain(log, table))?;
    log.go_on();
    Ok(())
}
