//! Prints the script that is named on the command line, or a sample, in the one layout.

use std::{env, fs};

use pine_syntax::{format, parse};

const SAMPLE: &str = "//@version=6\nindicator( 'Sample' )\nif close>open // up\n\tlabel.new(bar_index,\n\thigh)\n";

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let source = match env::args().nth(1) {
        Some(path) => fs::read_to_string(path)?,
        None => SAMPLE.to_owned(),
    };
    print!("{}", format(&parse(&source)).ok_or("the script has an error of syntax")?);
    Ok(())
}
