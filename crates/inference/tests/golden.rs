//! The strict reader and the schema agree on what an analysis is, by the word of another implementation.

use std::collections::BTreeMap;

use inference::{analysis_schema, parse_analysis};
use serde_json::Value;

const DOCUMENTS: &str = include_str!("golden/documents.jsonl");
const VERDICTS: &str = include_str!("golden/verdicts.csv");

#[test]
fn the_reader_takes_what_the_schema_takes() {
    let verdicts: BTreeMap<&str, bool> = VERDICTS
        .lines()
        .skip(3)
        .map(|row| row.rsplit_once(',').expect("a row has two columns"))
        .map(|(name, valid)| (name, valid == "true"))
        .collect();
    let mut n_valid = 0;
    for line in DOCUMENTS.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let name = case["name"].as_str().unwrap();
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        let valid = verdicts.get(name).or_else(|| verdicts.get(quoted.as_str()));
        let parsed = parse_analysis(&case["document"].to_string());
        assert_eq!(Some(&parsed.is_ok()), valid, "{name}: {parsed:?}");
        n_valid += usize::from(parsed.is_ok());
    }
    assert_eq!(verdicts.len(), DOCUMENTS.lines().count());
    assert!(n_valid > 10 && n_valid < verdicts.len() - 10, "both verdicts occur: {n_valid} of {}", verdicts.len());
}

#[test]
fn the_judged_schema_is_the_present_one() {
    let judged: Value = serde_json::from_str(include_str!("golden/analysis.schema.json")).unwrap();
    assert_eq!(judged, analysis_schema(), "renew the files in tests/golden as generate.py says");
}

#[test]
fn the_schema_uses_only_words_that_grammar_compilers_know() {
    let text = analysis_schema().to_string();
    for word in ["$ref", "$defs", "$schema", "\"format\"", "oneOf", "anyOf", "const"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}
