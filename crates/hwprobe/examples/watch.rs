//! Prints the load of the machine each second, ten times.
//!
//! `cargo run -p aio-hwprobe --example watch`
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "an example program prints and has a clock")]

use std::time::{Duration, Instant};

use hwprobe::{Monitor, Samples};

fn main() -> Result<(), hwprobe::Error> {
    let (monitor, start) = (Monitor::open(), Instant::now());
    let snapshots = std::iter::repeat_with(|| {
        std::thread::sleep(Duration::from_secs(1));
        monitor.snapshot(start.elapsed())
    });
    for sample in Samples::new(snapshots).take(10) {
        let sample = sample?;
        let percent = |part: Option<f64>| part.map_or("unknown".to_owned(), |part| format!("{:.0} %", 100.0 * part));
        let used = sample.memory.used_bytes() >> 20;
        print!("CPU {}, memory {used} MiB used", percent(sample.busy_fraction));
        for disk in &sample.disks {
            let (read, written) = (disk.read_bytes_per_second / 1e6, disk.written_bytes_per_second / 1e6);
            print!(", {} {read:.1} MB/s read, {written:.1} MB/s written", disk.name);
        }
        for network in &sample.networks {
            let (received, sent) = (network.received_bytes_per_second / 1e6, network.sent_bytes_per_second / 1e6);
            print!(", {} {received:.1} MB/s in, {sent:.1} MB/s out", network.name);
        }
        for gpu in &sample.gpus {
            let used = gpu.memory_used_bytes >> 20;
            print!(", GPU {} {}, {used} MiB used", gpu.index, percent(gpu.busy_fraction));
        }
        println!();
    }
    Ok(())
}
