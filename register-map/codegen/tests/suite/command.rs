//! `register-gen` as its users meet it.
#![forbid(unsafe_code)]
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

fn here(path: &str) -> String {
    format!("{}/tests/{path}", env!("CARGO_MANIFEST_DIR"))
}

fn register_gen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_register-gen")).args(arguments).output().unwrap()
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("register-gen-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

// Module and reference are written, found fresh, and found stale after a change.
#[test]
fn outputs_are_written_and_checked() {
    let folder = Folder::new("outputs");
    let (module, reference) = (folder.file("card.rs"), folder.file("card.md"));
    let (cells, header) = (folder.file("cells.rs"), folder.file("card.h"));
    let svd = here("corpus/dma_card.svd");
    let arguments = [
        svd.as_str(),
        "--rust",
        &module,
        "--markdown",
        &reference,
        "--volatile",
        &cells,
        "--header",
        &header,
    ];
    assert!(register_gen(&arguments).status.success());
    assert_eq!(
        fs::read_to_string(&module).unwrap(),
        fs::read_to_string(here("suite/generated/dma_card.rs")).unwrap()
    );
    for (output, wanted) in
        [(&cells, "suite/generated/volatile/dma_card.rs"), (&header, "include/dma_card.h")]
    {
        assert_eq!(fs::read_to_string(output).unwrap(), fs::read_to_string(here(wanted)).unwrap());
    }
    assert!(fs::read_to_string(&reference).unwrap().contains("| `DOORBELL` |"));
    let check = [&arguments[..], &["--check"]].concat();
    assert!(register_gen(&check).status.success());
    fs::write(&module, "// changed").unwrap();
    let output = register_gen(&check);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("card.rs is stale"), "{}", complaint(&output));
    assert_eq!(fs::read_to_string(&module).unwrap(), "// changed");
}

// Standard output takes the module; tables can be left out.
#[test]
fn a_dash_is_standard_output() {
    let output =
        register_gen(&[&here("corpus/queues.svd"), "--rust", "-", "--no-tables", "--quiet"]);
    let module = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(module.contains("pub const FDEBUG: Def<"), "{module}");
    assert!(!module.contains("Described"), "{module}");
    assert!(!complaint(&output).contains("note:"), "{}", complaint(&output));
}

// Denied warnings and errors leave no output behind.
#[test]
fn nothing_is_written_when_it_fails() {
    let folder = Folder::new("denied");
    let module = folder.file("out.rs");
    let odd = here("corpus/odd_but_usable.svd");
    let output = register_gen(&[&odd, "--rust", &module, "--deny-warnings"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("warnings"), "{}", complaint(&output));
    let output = register_gen(&[&here("bad/extensions.svd"), "--rust", &module]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!fs::exists(&module).unwrap());
}

// What cannot be read or written is one clear line and exit code 1; a wrong option is 2.
#[test]
fn bad_files_give_one_clear_line() {
    let folder = Folder::new("bad");
    let missing = folder.file("missing.svd");
    for (arguments, expected) in [
        (vec![missing.as_str()], "cannot read"),
        (vec![&*folder.0.to_string_lossy()], "cannot read"),
    ] {
        let output = register_gen(&arguments);
        assert_eq!(output.status.code(), Some(1));
        let said = complaint(&output);
        assert!(said.contains(expected) && said.lines().count() == 1, "{said}");
    }
    let svd = here("corpus/queues.svd");
    let output = register_gen(&[&svd, "--rust", &folder.file("no/such/folder.rs")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("cannot write"), "{}", complaint(&output));
    assert_eq!(register_gen(&["--colour", "blue"]).status.code(), Some(2));
}

// A file from the days of Latin-1 is read, and its degree sign arrives.
#[test]
fn other_encodings_are_read() {
    let folder = Folder::new("latin");
    let (file, module) = (folder.file("latin.svd"), folder.file("out.rs"));
    let text = fs::read_to_string(here("corpus/queues.svd")).unwrap();
    let latin = text.replace("Queues and aliases", "85 \u{b0}C");
    fs::write(&file, latin.chars().map(|it| it as u8).collect::<Vec<u8>>()).unwrap();
    let output = register_gen(&[&file, "--rust", &module]);
    assert!(output.status.success());
    assert!(complaint(&output).contains("taken for Latin-1"), "{}", complaint(&output));
    assert!(fs::read_to_string(&module).unwrap().contains("85 °C"));
}

// A full disk is reported and not passed over.
#[test]
fn a_full_disk_is_reported() {
    let output = register_gen(&[&here("corpus/queues.svd"), "--rust", "/dev/full"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("cannot write /dev/full"), "{}", complaint(&output));
}
