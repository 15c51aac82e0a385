//! Shows the machine as a table, or as JSON with `--json`.
//!
//! `cargo run -p aio-hwprobe --example show`
#![expect(clippy::print_stdout, reason = "an example program prints")]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let machine = hwprobe::probe()?;
    if std::env::args().any(|arg| arg == "--json") {
        println!("{}", serde_json::to_string_pretty(&machine)?);
    } else {
        print!("{machine}");
    }
    Ok(())
}
