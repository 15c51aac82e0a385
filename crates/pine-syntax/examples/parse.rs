//! Parses the scripts that are named on the command line, or a sample, and prints what is wrong with their syntax.

use std::{env, fs};

use pine_syntax::parse;

const SAMPLE: &str = "//@version=6\nindicator(\"Sample\")\nmean = ta.sma(close 20)\nplot(mean)\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = env::args().skip(1).collect();
    if paths.is_empty() {
        report("sample", SAMPLE);
    }
    for path in paths {
        report(&path, &fs::read_to_string(&path)?);
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn report(name: &str, source: &str) {
    let parse = parse(source);
    println!("{name}: {} statements", parse.script().statements.len());
    for found in parse.diagnostics() {
        let before = &source[..found.span.start as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&char| char != '\n').count() + 1;
        println!("{name}:{line}:{column}: {} {}", found.code, found.message);
    }
}
