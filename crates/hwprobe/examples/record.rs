//! Records what three stages make of the machine: a busy one, an idle one, and one that writes a file.
//!
//! `cargo run -p aio-hwprobe --example record`
#![expect(clippy::print_stdout, reason = "an example program prints")]

use std::hint::black_box;
use std::io::Write;
use std::time::Duration;

use hwprobe::Recorder;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let recorder = Recorder::start(Duration::from_millis(200))?;
    let sum: u64 = (0..3_000_000_000_u64).step_by(10).map(|n| black_box(n) ^ 7).sum();
    black_box(sum);
    println!("{}", recorder.lap("count")?);
    std::thread::sleep(Duration::from_secs(1));
    println!("{}", recorder.lap("sleep")?);
    let mut file = tempfile::tempfile()?;
    let block = vec![7_u8; 1 << 20];
    (0..64).try_for_each(|_| file.write_all(&block))?;
    file.sync_all()?;
    println!("{}", recorder.lap("write")?);
    Ok(())
}
