//! The suite as a report on a real card.
#![forbid(unsafe_code)]

use guest_init::error::{Error, Result};

use crate::tool::Tool;

/// All cases, or some, as a report for programs; a few as people see them.
pub(super) fn run(
    tool: Tool<'_>,
    device: &str,
    apart: Option<&str>,
    only: Option<&str>,
) -> Result<()> {
    let mut words = vec!["test", device];
    words.extend(apart.iter().flat_map(|apart| ["--apart", apart]));
    words.extend(only.iter().flat_map(|only| ["--only", only]));
    let report = tool.report(&words)?;
    let count = |what: &str| report[what].as_u64();
    let (Some(passed), Some(0)) = (count("passed"), count("failed")) else {
        return Err(Error::new(format!("the card fails: {report}")));
    };
    let cases = report["cases"].as_array().map_or(&[][..], Vec::as_slice);
    let state = |word: &str| cases.iter().filter(|case| case["state"] == word).count() as u64;
    let host = &report["host"];
    // Who translates has address spaces apart.
    let translated = host["translated"] == apart.is_some();
    let known = host["card"] == "edu" && translated && host["device"].is_string();
    let moved = count("transfers").unwrap_or(0) >= passed && count("bytes").unwrap_or(0) > 0;
    if passed == 0 || state("passed") != passed || !known || !moved {
        return Err(Error::new(format!("the report is none of this card: {report}")));
    }
    // A case that does not apply says why.
    let silent = |case: &&serde_json::Value| {
        case["state"] == "not applicable" && case["reason"].as_str().is_none_or(str::is_empty)
    };
    if let Some(case) = cases.iter().find(silent) {
        return Err(Error::new(format!("no reason why this does not apply: {case}")));
    }
    println!("  anydma test: {passed} cases of {} passed, none failed", cases.len());
    tool.shown(&["test", device, "--only", "device_"]).map(drop)
}
