//! A large description as vendors of microcontrollers publish them.
//!
//! Theirs are not ours to publish, so this one is written here: some hundred registers, with
//! everything that those files are full of. Its engine is one of many peripherals, a channel of it
//! one element of an array of clusters, and nothing in the file says that it is a PCIe card: all
//! of that is up to the flags.

use std::fmt::Write as _;

/// Peripherals that only make the file long.
const PLAIN: u32 = 24;
/// Registers of each of them.
const REGISTERS: u32 = 12;

/// How many registers a description spells out, each array once.
pub(super) fn registers(description: &str) -> usize {
    description.matches("<register>").count()
}

/// The description.
pub(super) fn description() -> String {
    let mut text = String::from(HEAD);
    text.push_str(ENGINE);
    text.push_str(SERIAL);
    text.push_str(TIMER);
    text.push_str(PINS);
    for number in 0..PLAIN {
        plain(&mut text, number);
    }
    text.push_str("  </peripherals>\n</device>\n");
    text
}

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<device schemaVersion="1.3" xmlns:xs="http://www.w3.org/2001/XMLSchema-instance">
  <vendor>Example Devices</vendor>
  <vendorID>EXD</vendorID>
  <name>EXD9000</name>
  <series>EXD</series>
  <version>1.7</version>
  <description>A microcontroller's worth of peripherals behind a PCIe bridge</description>
  <licenseText>MIT OR Apache-2.0</licenseText>
  <cpu><name>CM7</name><revision>r1p2</revision><endian>little</endian><mpuPresent>true</mpuPresent><fpuPresent>true</fpuPresent><nvicPrioBits>4</nvicPrioBits><vendorSystickConfig>false</vendorSystickConfig></cpu>
  <addressUnitBits>8</addressUnitBits>
  <width>32</width>
  <size>32</size>
  <access>read-write</access>
  <resetValue>0x00000000</resetValue>
  <resetMask>0xFFFFFFFF</resetMask>
  <peripherals>
"#;

/// Sixteen channels as an array of clusters; what is known of each enumerated, constrained, acknowledged by ones.
const ENGINE: &str = r"    <peripheral>
      <name>DMA</name>
      <description>Direct memory access controller
      with sixteen channels</description>
      <groupName>DMA</groupName>
      <baseAddress>0x40020000</baseAddress>
      <addressBlock><offset>0</offset><size>0x1000</size><usage>registers</usage></addressBlock>
      <interrupt><name>DMA_IRQ_0</name><description>Any channel</description><value>11</value></interrupt>
      <interrupt><name>DMA_IRQ_1</name><value>12</value></interrupt>
      <registers>
        <cluster>
          <dim>16</dim><dimIncrement>0x40</dimIncrement>
          <name>CH[%s]</name>
          <description>Channel %s</description>
          <addressOffset>0x000</addressOffset>
          <register><name>READ_ADDR</name><description>Where it reads</description><addressOffset>0x00</addressOffset></register>
          <register><name>WRITE_ADDR</name><description>Where it writes</description><addressOffset>0x04</addressOffset></register>
          <register><name>TRANS_COUNT</name><description>Bytes</description><addressOffset>0x08</addressOffset><writeConstraint><range><minimum>0</minimum><maximum>0xFFFFF</maximum></range></writeConstraint></register>
          <register>
            <name>CTRL</name><description>Control</description><addressOffset>0x0C</addressOffset>
            <fields>
              <field><name>EN</name><description>Starts the channel</description><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field>
              <field><name>FROM_CARD</name><description>Which way</description><lsb>1</lsb><msb>1</msb></field>
              <field><name>IRQ_EN</name><bitRange>[2:2]</bitRange></field>
              <field><name>PRIORITY</name><description>Against the others</description><bitRange>[5:4]</bitRange>
                <enumeratedValues><name>PRIORITIES</name>
                  <enumeratedValue><name>LOW</name><description>Last</description><value>0</value></enumeratedValue>
                  <enumeratedValue><name>HIGH</name><description>First</description><value>0x3</value></enumeratedValue>
                  <enumeratedValue><name>OTHER</name><isDefault>true</isDefault></enumeratedValue>
                </enumeratedValues></field>
              <field><name>TREQ_SEL</name><description>Who asks</description><bitRange>[21:16]</bitRange><writeConstraint><useEnumeratedValues>true</useEnumeratedValues></writeConstraint>
                <enumeratedValues>
                  <enumeratedValue><name>UART0_TX</name><value>0</value></enumeratedValue>
                  <enumeratedValue><name>PERMANENT</name><value>#111111</value></enumeratedValue>
                </enumeratedValues></field>
            </fields>
          </register>
          <register>
            <name>STAT</name><description>Status</description><addressOffset>0x10</addressOffset><access>read-only</access>
            <fields>
              <field><name>BUSY</name><description>A transfer runs</description><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field>
              <field><name>READ_ERROR</name><bitOffset>29</bitOffset><bitWidth>1</bitWidth></field>
              <field><name>WRITE_ERROR</name><bitOffset>30</bitOffset><bitWidth>1</bitWidth></field>
            </fields>
          </register>
          <register>
            <name>INT_ACK</name><description>Acknowledges</description><addressOffset>0x14</addressOffset>
            <modifiedWriteValues>oneToClear</modifiedWriteValues>
            <fields><field><name>DONE</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field></fields>
          </register>
        </cluster>
        <register><dim>4</dim><dimIncrement>4</dimIncrement><name>TIMER%s</name><description>Pacing timer %s</description><addressOffset>0x400</addressOffset>
          <fields><field><name>X</name><bitRange>[31:16]</bitRange></field><field><name>Y</name><bitRange>[15:0]</bitRange></field></fields></register>
        <register><name>FIFO_LEVELS</name><addressOffset>0x440</addressOffset><access>read-only</access><resetMask>0</resetMask></register>
      </registers>
    </peripheral>
";

/// Read actions, write-only words, alternatives at one place, names that are words of Rust; and its likes by derivation.
const SERIAL: &str = r#"    <peripheral>
      <name>UART0</name>
      <description>Serial line &lt;0&gt;</description>
      <groupName>UART</groupName>
      <baseAddress>0x40034000</baseAddress>
      <size>32</size>
      <addressBlock><offset>0</offset><size>0x100</size><usage>registers</usage></addressBlock>
      <interrupt><name>UART0_IRQ</name><value>20</value></interrupt>
      <registers>
        <register><name>DR</name><description>Data; reading takes it</description><addressOffset>0x00</addressOffset><size>16</size><readAction>modify</readAction>
          <fields>
            <field><name>DATA</name><bitRange>[7:0]</bitRange></field>
            <field><name>OE</name><bitRange>[11:11]</bitRange><access>read-only</access></field>
          </fields></register>
        <register><name>SR</name><addressOffset>0x04</addressOffset><size>8</size><access>read-only</access><resetValue>0x90</resetValue></register>
        <register><name>RIS</name><addressOffset>0x08</addressOffset><access>read-only</access><readAction>clear</readAction></register>
        <register><name>TDR</name><alternateGroup>SEND</alternateGroup><addressOffset>0x0C</addressOffset><access>write-only</access></register>
        <register><name>RDR</name><alternateRegister>TDR</alternateRegister><addressOffset>0x0C</addressOffset><access>read-only</access></register>
        <register><name>TYPE</name><description>self, crate, fn and others</description><addressOffset>0x10</addressOffset>
          <fields>
            <field><name>MATCH</name><bitRange>[0:0]</bitRange></field>
            <field><name>LOOP</name><bitRange>[1:1]</bitRange></field>
            <field><name>SELF</name><bitRange>[2:2]</bitRange></field>
            <field><name>8BIT</name><bitRange>[3:3]</bitRange></field>
          </fields></register>
        <register derivedFrom="TYPE"><name>TYPE2</name><addressOffset>0x14</addressOffset></register>
        <register><name>ERR</name><addressOffset>0x18</addressOffset><modifiedWriteValues>zeroToClear</modifiedWriteValues></register>
      </registers>
    </peripheral>
    <peripheral derivedFrom="UART0"><name>UART1</name><baseAddress>0x40038000</baseAddress><interrupt><name>UART1_IRQ</name><value>21</value></interrupt></peripheral>
    <peripheral derivedFrom="UART0"><name>UART2</name><description>Serial line with less</description><baseAddress>0x4003C000</baseAddress></peripheral>
"#;

/// Clusters in clusters, and words in pairs that count together.
const TIMER: &str = r"    <peripheral>
      <name>TIMER</name>
      <description>Timers</description>
      <baseAddress>0x40054000</baseAddress>
      <addressBlock><offset>0</offset><size>0x1000</size><usage>registers</usage></addressBlock>
      <registers>
        <cluster><dim>4</dim><dimIncrement>0x100</dimIncrement><name>BLOCK[%s]</name><description>One timer</description><addressOffset>0x0</addressOffset>
          <register><name>TIMEHR</name><addressOffset>0x0</addressOffset><access>read-only</access></register>
          <register><name>TIMELR</name><addressOffset>0x4</addressOffset><access>read-only</access></register>
          <cluster><dim>6</dim><dimIncrement>0x10</dimIncrement><name>CC[%s]</name><addressOffset>0x20</addressOffset>
            <register><name>VALUE</name><addressOffset>0x0</addressOffset></register>
            <register><name>MODE</name><addressOffset>0x4</addressOffset>
              <fields><field><name>EDGE</name><bitRange>[1:0]</bitRange>
                <enumeratedValues><usage>read-write</usage>
                  <enumeratedValue><name>RISING</name><value>1</value></enumeratedValue>
                  <enumeratedValue><name>FALLING</name><value>2</value></enumeratedValue>
                </enumeratedValues></field></fields></register>
          </cluster>
        </cluster>
        <register><name>LONG</name><description>All of it at once</description><addressOffset>0x800</addressOffset><size>64</size></register>
      </registers>
    </peripheral>
";

/// Arrays by letters and by numbers, fields in dozens.
const PINS: &str = r"    <peripheral>
      <name>GPIO</name>
      <description>Pins</description>
      <baseAddress>0x40014000</baseAddress>
      <addressBlock><offset>0</offset><size>0x1000</size><usage>registers</usage></addressBlock>
      <registers>
        <register><dim>4</dim><dimIncrement>4</dimIncrement><dimIndex>A-D</dimIndex><name>OUT_%s</name><addressOffset>0x0</addressOffset>
          <fields><field><dim>32</dim><dimIncrement>1</dimIncrement><name>PIN%s</name><description>Pin %s</description><bitRange>[0:0]</bitRange></field></fields></register>
        <register><dim>4</dim><dimIncrement>4</dimIncrement><dimIndex>A,B,C,D</dimIndex><name>SET_%s</name><addressOffset>0x10</addressOffset><access>write-only</access><modifiedWriteValues>oneToSet</modifiedWriteValues></register>
        <register><dim>30</dim><dimIncrement>8</dimIncrement><name>PIN[%s]</name><addressOffset>0x100</addressOffset><resetValue>0x1F</resetValue>
          <fields>
            <field><name>FUNCSEL</name><bitRange>[4:0]</bitRange>
              <enumeratedValues><enumeratedValue><name>SPI</name><value>1</value></enumeratedValue><enumeratedValue><name>NULL</name><value>31</value></enumeratedValue></enumeratedValues></field>
            <field><name>OVER</name><bitRange>[9:8]</bitRange></field>
          </fields></register>
        <register><dim>64</dim><dimIncrement>4</dimIncrement><name>KEY[%s]</name><addressOffset>0x400</addressOffset><access>write-only</access></register>
      </registers>
    </peripheral>
";

/// One of the many.
fn plain(text: &mut String, number: u32) {
    let base = 0x4010_0000 + number * 0x1000;
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "    <peripheral>\n      <name>SYS{number}</name>\n      <description>Part {number} of the system</description>\n      \
         <baseAddress>{base:#x}</baseAddress>\n      \
         <addressBlock><offset>0</offset><size>0x400</size><usage>registers</usage></addressBlock>\n      \
         <registers>\n"
    );
    for register in 0..REGISTERS {
        let _ = write!(
            text,
            "        <register><name>CFG{register}</name><description>Setting {register} of part \
             {number}</description><addressOffset>{:#x}</addressOffset><resetValue>{:#x}</resetValue>\n          <fields>\n",
            register * 4,
            number << 8 | register
        );
        for (field, range, access) in [
            ("ENABLE", "[0:0]", "read-write"),
            ("MODE", "[3:1]", "read-write"),
            ("DIVIDER", "[15:8]", "read-write"),
            ("READY", "[31:31]", "read-only"),
        ] {
            let _ = writeln!(
                text,
                "            <field><name>{field}</name><description>{field} of setting \
                 {register}</description><bitRange>{range}</bitRange><access>{access}</access></field>"
            );
        }
        text.push_str("          </fields></register>\n");
    }
    text.push_str("      </registers>\n    </peripheral>\n");
}
