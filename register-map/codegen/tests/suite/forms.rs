//! The forms for firmware hold what the tables hold.
//!
//! The structures of volatile cells are compiled with this crate and assert their own layout. Each
//! C header is compiled as C11 and as C++11 together with assertions that are made here, from
//! the tables that the Rust form has: every offset, count, step, reset value, mask and value.
#![forbid(unsafe_code)]
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use register_map::description::{BlockDescription, DeviceDescription};
use register_map_codegen::{Block, Device, Identity};

use crate::corpus::DEVICES;

/// The devices of `register-map`, by the name of their file.
const OURS: &[(&str, &DeviceDescription)] = &[
    ("edu", &register_map::edu::DEVICE),
    ("nvme", &register_map::nvme::DEVICE),
    ("pl081", &register_map::pl081::DEVICE),
    ("xdma", &register_map::xdma::DEVICE),
];

/// A description with its table and its header.
struct Form {
    name: String,
    device: Device,
    table: &'static DeviceDescription,
    header: PathBuf,
    text: String,
}

fn forms() -> Vec<Form> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let form = |name: &str, table, descriptions: &str, headers: &str| {
        let path = root.join(descriptions).join(name).with_extension("svd");
        let header = root.join(headers).join(name).with_extension("h");
        Form {
            name: name.to_owned(),
            device: register_map_codegen::read(&fs::read_to_string(path).unwrap()).device,
            table,
            text: fs::read_to_string(&header).unwrap(),
            header,
        }
    };
    let corpus =
        DEVICES.iter().map(|(name, table)| form(name, table, "tests/corpus", "tests/include"));
    let ours = OURS.iter().map(|(name, table)| form(name, table, "../descriptions", "../include"));
    corpus.chain(ours).collect()
}

/// Assertions on a header, one a line.
struct Assertions<'f> {
    header: &'f str,
    text: String,
    /// Registers that are direct members of their structure, and all others.
    members: usize,
    elsewhere: usize,
}

impl Assertions<'_> {
    fn equal(&mut self, name: &str, value: u64) {
        let _ = writeln!(self.text, "REGISTER_MAP_ASSERT({name} == 0x{value:x}u, \"{name}\");");
    }

    /// A block of the model with its table; `path` is the prefix of its macros.
    fn block(&mut self, block: &Block, table: &BlockDescription, path: &str) {
        let structure = format!("struct {}_registers", path.to_ascii_lowercase());
        assert_eq!(block.registers.len(), table.registers.len(), "{path}");
        for (register, row) in block.registers.iter().zip(table.registers) {
            assert_eq!(register.name, row.name);
            let name = format!("{path}_{}", register.constant);
            self.equal(&format!("{name}_OFFSET"), row.offset as u64);
            if register.repeat.is_some() {
                self.equal(&format!("{name}_COUNT"), row.length as u64);
            }
            if row.length > 1 {
                self.equal(&format!("{name}_STRIDE"), row.stride as u64);
            }
            if row.reset_mask != 0 {
                self.equal(&format!("{name}_RESET"), row.reset_value);
                self.equal(&format!("{name}_RESET_MASK"), row.reset_mask);
            }
            let place = format!("offsetof({structure}, {})", register.member);
            if self.header.contains(&place) {
                self.members += 1;
                self.equal(&place, row.offset as u64);
                let member = format!("((({structure} *)0)->{})", register.member);
                let bytes = u64::from(row.width_bits / 8);
                if row.length == 1 {
                    self.equal(&format!("sizeof{member}"), bytes);
                } else if row.stride as u64 == bytes {
                    self.equal(&format!("sizeof{member}"), bytes * row.length as u64);
                }
            } else if register.is_accessible() {
                self.elsewhere += 1;
            }
            let fields = if register.fields_of.is_none() { row.fields } else { &[] };
            for (field, row) in register.fields.iter().zip(fields) {
                let name = format!("{name}_{}", field.constant);
                self.equal(&format!("{name}_SHIFT"), u64::from(row.offset_bits));
                let mask = (u64::MAX >> (64 - row.width_bits)) << row.offset_bits;
                self.equal(&format!("{name}_MASK"), mask);
            }
        }
        assert_eq!(block.clusters.len(), table.clusters.len(), "{path}");
        for (cluster, row) in block.clusters.iter().zip(table.clusters) {
            self.equal(&format!("{path}_{}_OFFSET", cluster.constant), row.offset as u64);
            if cluster.same_as.is_none() {
                let module = cluster.block.module.to_ascii_uppercase();
                self.block(&cluster.block, row.block, &format!("{path}_{module}"));
            }
        }
        if self.header.contains(&format!("sizeof({structure})")) {
            self.equal(&format!("sizeof({structure})"), table.size as u64);
        }
    }
}

/// Every block of a device that is printed, with its table and the prefix of its macros.
fn assertions(form: &Form) -> Assertions<'_> {
    let prefix = constant(&form.device.name);
    let mut all = Assertions { header: &form.text, text: String::new(), members: 0, elsewhere: 0 };
    // The tables have them in the order of the description.
    let mut regions = form.table.regions.iter().map(|region| region.block);
    let mut memory = form.table.memory.iter().copied();
    let pci = matches!(form.device.identity, Some(Identity::Pci { .. }));
    let main = form.device.main_peripheral();
    for (at, peripheral) in form.device.peripherals.iter().enumerate() {
        let table = match peripheral.bar {
            _ if peripheral.layout => memory.next(),
            None if pci => None,
            _ => regions.next(),
        };
        let (Some(table), None) = (table, peripheral.same_as) else { continue };
        let path = if main == Some(at) {
            prefix.clone()
        } else {
            format!("{prefix}_{}", peripheral.block.module.to_ascii_uppercase())
        };
        all.block(&peripheral.block, table, &path);
    }
    all
}

/// A device's name as the generator's macros have it; those here are simple enough for it.
fn constant(name: &str) -> String {
    let module = |text: &str| text.replace(['-', ' '], "_").to_ascii_uppercase();
    let mut out = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            out.push('_');
        }
        out.push(letter);
        before = letter;
    }
    module(&out)
}

/// Compiles a text that includes a header; says what the compiler did not like.
fn compile(language: &[&str], form: &Form, text: &str) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("register-map-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let name = format!("{}{}", form.name, language.join("").replace(['=', '+'], "_"));
    let source = folder.join(name).with_extension("c");
    let text = format!("#include \"{}\"\n{text}", form.header.display());
    fs::write(&source, text).unwrap();
    let output = Command::new("cc")
        .args(language)
        .args(["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"])
        .arg(&source)
        .output()
        .map_err(|error| format!("cc cannot be started, and linking Rust needs it: {error}"))?;
    fs::remove_file(&source).unwrap();
    let _ = fs::remove_dir(&folder);
    let answer = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(format!("{}: {answer}", form.name)) }
}

// Each header compiles without a warning, and its numbers are those of the tables.
#[test]
fn headers_say_what_the_tables_say_in_c() {
    let (mut count, mut members) = (0, 0);
    for form in forms() {
        let assertions = assertions(&form);
        compile(&["-std=c11", "-xc"], &form, &assertions.text).unwrap();
        count += assertions.text.lines().count();
        members += assertions.members;
        // Our own devices have no place that is accessed in two ways.
        if OURS.iter().any(|(name, _)| *name == form.name) {
            assert_eq!(assertions.elsewhere, 0, "{}", form.name);
        }
    }
    assert!(count > 1_500 && members > 300, "only {count} assertions on {members} members");
}

// The same headers are C++, for firmware that is written in it.
#[test]
fn headers_are_cpp_too() {
    for form in forms() {
        let text = assertions(&form).text;
        match compile(&["-std=c++11", "-xc++"], &form, &text) {
            Err(answer) if answer.contains("cc1plus") && std::env::var_os("CI").is_none() => {
                eprintln!("not looked at, the compiler knows no C++: {answer}");
                return;
            }
            answer => answer.unwrap(),
        }
    }
}

// An assertion with a wrong number does not compile: the comparison above can fail.
#[test]
fn a_wrong_number_does_not_compile() {
    let form = forms().into_iter().find(|form| form.name == "edu").unwrap();
    for right in ["EDU_DMA_COMMAND_OFFSET == 0x98u", "offsetof(struct edu_registers, id) == 0x0u"] {
        let wrong = right.replace("== 0x", "== 0x1");
        let assertion = |text: &str| format!("REGISTER_MAP_ASSERT({text}, \"\");\n");
        compile(&["-std=c11", "-xc"], &form, &assertion(right)).unwrap();
        assert!(compile(&["-std=c11", "-xc"], &form, &assertion(&wrong)).is_err());
    }
}

// Every register that can be accessed is a member of a structure once, in Rust and in C; what a
// structure cannot say is left out by name.
#[test]
fn every_accessible_register_is_a_member() {
    for form in forms() {
        let module =
            register_map_codegen::volatile(&form.device, &register_map_codegen::Options::default());
        let mut wanted = BTreeSet::new();
        for peripheral in form.device.peripherals.iter().filter(|it| it.same_as.is_none()) {
            walk(&peripheral.block, &mut wanted);
        }
        for member in &wanted {
            let rust = format!("pub {member}: ");
            assert!(module.contains(&rust), "{}: no {member} in Rust", form.name);
            let c = [format!(" {member};"), format!(" {member}[")];
            assert!(c.iter().any(|it| form.text.contains(it)), "{}: no {member}", form.name);
        }
        assert!(!wanted.is_empty());
    }
}

fn walk(block: &Block, out: &mut BTreeSet<String>) {
    let registers = block.registers.iter().filter(|register| register.is_accessible());
    out.extend(registers.map(|register| register.member.clone()));
    for cluster in block.clusters.iter().filter(|cluster| cluster.same_as.is_none()) {
        walk(&cluster.block, out);
    }
}

// Places that are accessed in several ways, arrays with something between, and names that C or
// Rust keep for themselves come out as written here.
#[test]
fn hard_places_have_a_form() {
    let registers = "<register><name>int</name><addressOffset>0</addressOffset></register>\
        <register><name>DATA</name><addressOffset>4</addressOffset></register>\
        <register><name>BYTE</name><size>8</size><addressOffset>6</addressOffset>\
        <alternateRegister>DATA</alternateRegister></register>\
        <register><dim>3</dim><dimIncrement>8</dimIncrement><name>TX[%s]</name>\
        <addressOffset>8</addressOffset></register>\
        <register><name>LAST</name><addressOffset>0x1c</addressOffset></register>";
    let text = format!(
        "<device><name>X</name><size>32</size><peripherals><peripheral><name>X</name>\
         <baseAddress>0</baseAddress><registers>{registers}</registers></peripheral>\
         </peripherals></device>"
    );
    let device = register_map_codegen::read(&text).device;
    let options = register_map_codegen::Options::default();
    let module = register_map_codegen::volatile(&device, &options);
    let header = register_map_codegen::header(&device, &options);
    for part in [
        "pub int_: RW<u32>,",
        "pub data_views: DataViews,",
        "pub data: ManuallyDrop<RW<u32>>,",
        "pub byte: ManuallyDrop<ByteView>,",
        "assert!(offset_of!(ByteView, value) == 0x02);",
        "pub tx: TxSteps,",
        "pub most: [TxStep; 2],",
        "assert!(size_of::<TxSteps>() == 0x14);",
        "assert!(size_of::<X>() == 0x20);",
    ] {
        assert!(module.contains(part), "no {part} in\n{module}");
    }
    for part in ["uint32_t int_;", "union x_data_views data_views;", "struct x_tx_step most[2];"] {
        assert!(header.contains(part), "no {part} in\n{header}");
    }
}
