//! Small files that ask for much: each is answered, none becomes more than it may.
//!
//! A generator that runs in a build must not take its machine down. What is counted here is what
//! comes out; that the tests end at all shows that what does not come out costs nothing either.
#![forbid(unsafe_code)]

use register_map_codegen::{Block, Reading, Register, Severity, markdown, read, rust};

/// More than any of these files may become: 100,000 and eight for each of their elements.
const MOST: u64 = 150_000;

fn device(registers: &str) -> String {
    format!(
        "<device><name>X</name><size>8</size><peripherals><peripheral><name>P</name>\
         <baseAddress>0</baseAddress><registers>{registers}</registers></peripheral>\
         </peripherals></device>"
    )
}

/// A list of `count` registers of one byte, with something in each.
fn list(name: &str, count: u64, inside: &str) -> String {
    format!(
        "<register><dim>{count}</dim><dimIncrement>1</dimIncrement><dimIndex>1-{count}</dimIndex>\
         <name>{name}%s</name><addressOffset>0</addressOffset>{inside}</register>"
    )
}

/// The texts of the numbers below `count`, one after another.
fn many(count: u32, text: impl Fn(u32) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().concat()
}

/// Registers, fields and values of a block, as they stand in the model.
fn weight(block: &Block) -> u64 {
    let register = |register: &Register| {
        let values: usize = register.fields.iter().map(|field| field.values.len()).sum();
        1 + (register.fields.len() + values) as u64
    };
    let registers: u64 = block.registers.iter().map(register).sum();
    registers + block.clusters.iter().map(|cluster| 1 + weight(&cluster.block)).sum::<u64>()
}

/// Reads it, prints it if there is something to print, and weighs what came out.
fn answer(text: &str) -> Reading {
    let reading = read(text);
    let blocks = reading.device.peripherals.iter().map(|peripheral| &peripheral.block);
    assert!(blocks.map(weight).sum::<u64>() <= MOST);
    if !reading.diagnostics.has_errors() {
        assert!(!rust(&reading.device, &register_map_codegen::Options::default()).is_empty());
        assert!(!markdown(&reading.device, "x.svd").is_empty());
    }
    reading
}

/// The one error of a file that asks for too much; it must say where.
fn refusal(text: &str) -> String {
    let reading = answer(text);
    let mut errors = reading.diagnostics.list().iter().filter(|it| it.severity == Severity::Error);
    let error = errors.next().unwrap();
    assert!(errors.next().is_none() && reading.device.peripherals.is_empty());
    assert!(error.message.contains("becomes more than 1"), "{error}");
    format!("{} <{}>", error.path, error.element)
}

// Repetition within repetition is refused at the element that makes it too much.
#[test]
fn nested_repetition_names_its_element() {
    let inside = device(&list("R", 60_000, ""));
    let peripheral = inside.replace(
        "<name>P</name>",
        "<name>P%s</name><dim>60000</dim><dimIncrement>0x10000</dimIncrement>",
    );
    assert_eq!(refusal(&peripheral), "P%s <peripheral>");
    let cluster = format!(
        "<cluster><dim>60000</dim><dimIncrement>4</dimIncrement><dimIndex>1-60000</dimIndex>\
         <name>C%s</name><addressOffset>0</addressOffset>{}</cluster>",
        list("R", 4, "")
    );
    assert_eq!(refusal(&device(&cluster)), "P.C <cluster>");
    let lists = many(5, |at| list(&format!("R{at}_"), 30_000, ""));
    assert_eq!(refusal(&device(&lists)), "P.R3_%s <register>");
}

// Fields, named values and long texts are repeated with their register, and count.
#[test]
fn what_hangs_on_a_repeated_register_counts() {
    let values = many(200, |at| format!("<enumeratedValue><value>{at}</value></enumeratedValue>"));
    let fields = format!(
        "<fields><field><name>F</name><bitRange>[7:0]</bitRange><enumeratedValues>{values}\
         </enumeratedValues></field></fields>"
    );
    assert_eq!(refusal(&device(&list("R", 1_000, &fields))), "P.R%s <register>");
    let text = format!("<description>{}</description>", "word ".repeat(400));
    assert_eq!(refusal(&device(&list("R", 60_000, &text))), "P.R%s <register>");
    // Fields that are derived from one with many values, each repeated over the register.
    let field = |name: &str, inside: &str| {
        format!(
            "<field {inside}<name>{name}_%s</name><dim>60</dim><dimIncrement>1</dimIncrement>\
             <bitOffset>0</bitOffset><bitWidth>4</bitWidth>"
        )
    };
    let first = field("A", ">") + "<enumeratedValues>" + &values.repeat(3) + "</enumeratedValues>";
    let more = many(100, |at| field(&format!("B{at}"), "derivedFrom=\"A_%s\">") + "</field>");
    let register = format!(
        "<register><name>R</name><size>64</size><addressOffset>0</addressOffset>\
         <fields>{first}</field>{more}</fields></register>"
    );
    assert!(refusal(&device(&register)).ends_with("<field>"));
}

// Clusters that are derived from one another become a tree with a branch for every path; what is
// left out on the way is paid for too.
#[test]
fn derivation_without_end_is_refused() {
    let level = |at: u32| {
        let inner = format!("<cluster derivedFrom=\"P.C{}\"><name>", at + 1);
        let tail = "</name><addressOffset>0</addressOffset></cluster>";
        let inner = many(10, |it| format!("{inner}D{it}{tail}"));
        format!("<cluster><name>C{at}</name><addressOffset>0</addressOffset>{inner}</cluster>")
    };
    let levels = many(7, level);
    let last = "<cluster><name>C7</name><addressOffset>0</addressOffset>\
                <register><name>NO_OFFSET</name></register></cluster>";
    refusal(&device(&(levels + last)));
}

// A derived path that leads through the same clusters in 2^40 ways is followed once.
#[test]
fn paths_through_derived_clusters_are_followed_once() {
    let level = |at: u32| {
        let inner = format!(
            "<cluster derivedFrom=\"P.B{}\"><name>A</name><addressOffset>0</addressOffset>\
             </cluster>",
            at + 1
        );
        format!(
            "<cluster><name>B{at}</name><addressOffset>0</addressOffset>{inner}{inner}</cluster>"
        )
    };
    let levels = many(40, level);
    let register = format!(
        "<register derivedFrom=\"B0{}.R\"><name>Q</name><addressOffset>0</addressOffset>\
         </register>",
        ".A".repeat(40)
    );
    let reading = answer(&device(&(register + &levels)));
    assert!(reading.diagnostics.list().iter().any(|it| it.message.contains("names no register")));
}

// Members of long arrays are found by name without writing all their names down.
#[test]
fn members_of_long_arrays_are_found() {
    let arrays = many(150, |at| {
        format!(
            "<register><dim>60000</dim><dimIncrement>1</dimIncrement><name>R{at}[%s]</name>\
                 <addressOffset>0</addressOffset><access>write-only</access></register>"
        )
    });
    let derived = many(150, |at| {
        format!(
            "<register derivedFrom=\"R{at}[59999]\"><name>D{at}</name>\
                 <addressOffset>{at}</addressOffset></register>"
        )
    });
    let reading = answer(&device(&(arrays + &derived)));
    let registers = &reading.device.peripherals[0].block.registers;
    let found = registers.iter().filter(|register| register.name.starts_with('D'));
    assert_eq!(
        found.filter(|register| register.read == register_map_codegen::Read::Never).count(),
        150
    );
}

// Fields that are repeated beyond the end of their register are counted, not made.
#[test]
fn fields_beyond_the_register_are_counted() {
    let fields = many(200, |at| {
        format!(
            "<field><dim>60000</dim><dimIncrement>1</dimIncrement><name>F{at}_%s</name>\
                 <bitOffset>0</bitOffset><bitWidth>1</bitWidth></field>"
        )
    });
    let register = format!(
        "<register><name>R</name><addressOffset>0</addressOffset><fields>{fields}</fields>\
         </register>"
    );
    let reading = answer(&device(&register));
    let said = |text: &str| {
        reading.diagnostics.list().iter().filter(|it| it.message.contains(text)).count()
    };
    assert_eq!(said("59992 left out"), 1);
    assert_eq!(said("1600 fields"), 1);
}

// Names that are wanted again and again, and places that interleave, are settled without looking
// at every pair.
#[test]
fn equal_names_and_interleaved_places_are_settled() {
    let lists = many(100, |_| list("R", 300, ""));
    let reading = answer(&device(&lists));
    let names = reading.device.peripherals[0].block.registers.iter().map(|it| &it.constant);
    assert_eq!(names.collect::<std::collections::BTreeSet<_>>().len(), 30_000);
    let arrays = many(300, |at| {
        format!(
            "<register><dim>1000</dim><dimIncrement>512</dimIncrement><name>R{at}[%s]</name>\
                 <addressOffset>{at}</addressOffset></register>"
        )
    });
    let doorbells = many(150, |at| format!("<doorbell register=\"P.R{at}\"/>"));
    let extensions = format!("<vendorExtensions><anydma>{doorbells}</anydma></vendorExtensions>");
    let text = device(&arrays).replace("</device>", &(extensions + "</device>"));
    assert_eq!(answer(&text).diagnostics.count(Severity::Error), 0);
}
