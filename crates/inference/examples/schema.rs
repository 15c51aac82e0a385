//! Prints the JSON Schema of an analysis, to hand to a model server or a grammar compiler.
//!
//! `cargo run -p aio-inference --example schema`
#![expect(clippy::print_stdout, reason = "an example program prints")]

fn main() {
    println!("{:#}", inference::analysis_schema());
}
