use std::collections::BTreeSet;

use hwprobe::{CpuLoad, GpuLoad, Gpus, Machine, Sample};

/// A table that is drawn over the one before it.
#[derive(Debug)]
pub(crate) struct Screen {
    title: String,
    /// Why there is no GPU to be seen, if there is none.
    no_gpu: Option<String>,
    /// The disks and networks through which something went so far. Others share a line.
    busy: BTreeSet<String>,
    n_drawn: usize,
}

impl Screen {
    pub(crate) fn new(machine: &Machine) -> Self {
        let cpu = &machine.cpu;
        let model = cpu.model.as_deref().unwrap_or("unknown CPU");
        let limit = machine.memory.limit_bytes.map_or(String::new(), |limit| format!(", limited to {}", gib(limit)));
        let (usable, threads, memory) = (cpu.usable_threads, cpu.logical_threads, gib(machine.memory.total_bytes));
        Self {
            title: format!("{model}, {usable} of {threads} threads usable, {memory}{limit}"),
            no_gpu: match &machine.gpus {
                Gpus::None { reason } => Some(format!("none: {reason}")),
                Gpus::Failed { reason } => Some(format!("unusable: {reason}")),
                _ => None,
            },
            busy: BTreeSet::new(),
            n_drawn: 0,
        }
    }

    /// What takes the cursor back and draws the table of a sample on a terminal of that many columns and rows.
    pub(crate) fn redraw(&mut self, sample: &Sample, (width, height): (usize, usize)) -> String {
        let mut lines = self.table(sample, width);
        // The cursor ends on a row of its own, and cannot go back to what has left the terminal.
        let room = height.saturating_sub(1).max(1);
        if lines.len() > room {
            let n_hidden = lines.len() - room + 1;
            lines.truncate(room - 1);
            lines.push(format!("… and {n_hidden} more lines"));
        }
        let back = if self.n_drawn > 0 { format!("\x1b[{}F", self.n_drawn) } else { String::new() };
        self.n_drawn = lines.len();
        let lines: Vec<_> = lines.iter().map(|line| cut(line, width)).collect();
        format!("{back}{}\x1b[K\n\x1b[J", lines.join("\x1b[K\n"))
    }

    fn table(&mut self, sample: &Sample, width: usize) -> Vec<String> {
        let mut lines = vec![format!("{}, {:.0} s", self.title, sample.until.as_secs_f64()), String::new()];
        lines.push(format!("CPU      {}", gauge(sample.busy_fraction)));
        lines.extend(threads(&sample.cpus, width));
        let memory = sample.memory;
        let used = memory.used_bytes();
        let fraction = (memory.total_bytes > 0).then(|| used as f64 / memory.total_bytes as f64);
        lines.push(format!("Memory   {}  {} of {}", gauge(fraction), gib(used), gib(memory.total_bytes)));
        let disks = sample.disks.iter().map(|disk| {
            let rates = [disk.read_bytes_per_second, disk.written_bytes_per_second];
            ("Disk", &disk.name, ["read", "written"], rates)
        });
        let networks = sample.networks.iter().map(|network| {
            let rates = [network.received_bytes_per_second, network.sent_bytes_per_second];
            ("Network", &network.name, ["in", "out"], rates)
        });
        let mut idle = vec![];
        for (label, name, ways, rates) in disks.chain(networks) {
            if self.is_busy(name, rates) {
                lines.push(rates_line(label, name, ways, rates));
            } else {
                idle.push(name.as_str());
            }
        }
        if !idle.is_empty() {
            lines.push(format!("Idle     {}", idle.join(", ")));
        }
        lines.extend(sample.gpus.iter().map(gpu));
        lines
            .extend(sample.gpu_faults.iter().map(|fault| format!("GPU {:<4} unusable: {}", fault.index, fault.reason)));
        lines.extend(self.no_gpu.as_ref().map(|reason| format!("GPU      {reason}")));
        lines
    }

    /// Whether something went through it, now or before.
    fn is_busy(&mut self, name: &str, rates: [f64; 2]) -> bool {
        self.busy.contains(name) || (rates.iter().any(|&rate| rate > 0.0) && self.busy.insert(name.to_owned()))
    }
}

fn rates_line(label: &str, name: &str, [first, second]: [&str; 2], rates: [f64; 2]) -> String {
    let [one, other] = rates.map(|bytes_per_second| format!("{:>8.1} MB/s", bytes_per_second / 1e6));
    format!("{label:<7}  {name:<12}  {first:>4} {one}   {second:>7} {other}")
}

/// As many threads beside each other as there is room for, in columns.
fn threads(cpus: &[CpuLoad], width: usize) -> Vec<String> {
    const CELL: usize = 34;
    let n_columns = (width.saturating_sub(2) / CELL).clamp(1, cpus.len().max(1));
    let n_rows = cpus.len().div_ceil(n_columns);
    let cell = |cpu: &CpuLoad| format!("{:>5}  {}", cpu.index, gauge(cpu.busy_fraction));
    let row = |row: usize| {
        let cells: Vec<_> = cpus.iter().skip(row).step_by(n_rows.max(1)).map(cell).collect();
        format!("  {}", cells.join("  "))
    };
    (0..n_rows).map(row).collect()
}

fn gpu(gpu: &GpuLoad) -> String {
    let (used, total) = (gib(gpu.memory_used_bytes), gib(gpu.memory_total_bytes));
    let heat = gpu.temperature_celsius.map_or(String::new(), |celsius| format!("  {celsius} °C"));
    let power = gpu.power_watts.map_or(String::new(), |watts| format!("  {watts:.0} W"));
    format!("GPU {:<4} {}  {used} of {total}{heat}{power}", gpu.index, gauge(gpu.busy_fraction))
}

/// A bar of 18 letters and the number: 25 columns.
fn gauge(fraction: Option<f64>) -> String {
    const WIDTH: usize = 18;
    let Some(fraction) = fraction else { return format!("{}    ? %", "·".repeat(WIDTH)) };
    let full = (1..=WIDTH).filter(|&n| n as f64 <= fraction * WIDTH as f64 + 0.5).count();
    format!("{}{}  {:>3.0} %", "█".repeat(full), "░".repeat(WIDTH - full), 100.0 * fraction)
}

fn gib(bytes: u64) -> String {
    format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30))
}

fn cut(line: &str, width: usize) -> String {
    line.chars().take(width).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::time::Duration;

    use std::collections::BTreeSet;

    use hwprobe::{CpuLoad, DiskRate, GpuLoad, MemoryUse, NetworkRate, Sample};

    use super::{Screen, gauge};

    /// One thread at a quarter, the others at full load.
    pub(crate) fn sample(n_threads: u32, n_gpus: u32) -> Sample {
        let busy = |index| Some(if index == 0 { 0.25 } else { 1.0 });
        let gpu = |index| GpuLoad {
            index,
            busy_fraction: Some(0.87),
            memory_total_bytes: 32 << 30,
            memory_used_bytes: 12 << 30,
            temperature_celsius: Some(64),
            power_watts: Some(431.25),
        };
        Sample {
            from: Duration::from_secs(1),
            until: Duration::from_secs(2),
            cpus: (0..n_threads).map(|index| CpuLoad { index, busy_fraction: busy(index) }).collect(),
            busy_fraction: Some(0.625),
            memory: MemoryUse { total_bytes: 8 << 30, available_bytes: 6 << 30 },
            disks: vec![DiskRate {
                name: "nvme0n1".to_owned(),
                read_bytes_per_second: 0.0,
                written_bytes_per_second: 12.5e6,
            }],
            networks: vec![NetworkRate {
                name: "eth0".to_owned(),
                received_bytes_per_second: 0.5e6,
                sent_bytes_per_second: 0.0,
            }],
            process: None,
            gpus: (0..n_gpus).map(gpu).collect(),
            gpu_faults: vec![],
        }
    }

    fn screen(no_gpu: Option<&str>) -> Screen {
        let title = "CPU X, 2 of 2 threads usable, 8.0 GiB".to_owned();
        Screen { title, no_gpu: no_gpu.map(str::to_owned), busy: BTreeSet::new(), n_drawn: 0 }
    }

    fn lines(drawn: &str) -> Vec<String> {
        drawn.replace("\x1b[K", "").replace("\x1b[J", "").lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_table_shows_each_thing_on_a_line() {
        let drawn = screen(None).redraw(&sample(2, 1), (80, 24));
        let expected = "\
CPU X, 2 of 2 threads usable, 8.0 GiB, 2 s

CPU      ███████████░░░░░░░   62 %
      0  █████░░░░░░░░░░░░░   25 %      1  ██████████████████  100 %
Memory   █████░░░░░░░░░░░░░   25 %  2.0 GiB of 8.0 GiB
Disk     nvme0n1       read      0.0 MB/s   written     12.5 MB/s
Network  eth0            in      0.5 MB/s       out      0.0 MB/s
GPU 0    ████████████████░░   87 %  12.0 GiB of 32.0 GiB  64 °C  431 W
";
        assert_eq!(lines(&drawn).join("\n") + "\n", expected);
        let drawn = screen(Some("none: no driver")).redraw(&sample(2, 0), (80, 24));
        assert_eq!(lines(&drawn).last().unwrap(), "GPU      none: no driver");
    }

    #[test]
    fn it_is_drawn_over_the_one_before() {
        let mut screen = screen(None);
        assert!(screen.redraw(&sample(2, 0), (80, 24)).starts_with("CPU X"));
        assert!(screen.redraw(&sample(2, 1), (80, 24)).starts_with("\x1b[7FCPU X"));
        assert!(screen.redraw(&sample(2, 0), (80, 24)).starts_with("\x1b[8FCPU X"));
    }

    #[test]
    fn what_was_idle_from_the_start_shares_a_line() {
        let (mut screen, mut sample) = (screen(None), sample(1, 0));
        sample.networks[0].received_bytes_per_second = 0.0;
        assert_eq!(lines(&screen.redraw(&sample, (80, 24))).last().unwrap(), "Idle     eth0");
        sample.networks[0].sent_bytes_per_second = 1.0;
        sample.disks[0].written_bytes_per_second = 0.0;
        let drawn = lines(&screen.redraw(&sample, (80, 24)));
        assert!(drawn[drawn.len() - 2].starts_with("Disk     nvme0n1"), "{drawn:?}");
        assert!(drawn[drawn.len() - 1].starts_with("Network  eth0"), "{drawn:?}");
    }

    #[test]
    fn it_stays_within_the_terminal() {
        for (width, height) in [(80, 24), (40, 5), (200, 60), (1, 1), (0, 0)] {
            let mut screen = screen(None);
            for _ in 0..2 {
                let drawn = screen.redraw(&sample(64, 2), (width, height));
                let drawn = drawn.strip_prefix(&format!("\x1b[{}F", screen.n_drawn)).unwrap_or(&drawn);
                let lines = lines(drawn);
                assert!(lines.len() < height.max(2), "{width} x {height}: {}", lines.len());
                assert!(lines.iter().all(|line| line.chars().count() <= width), "{width} x {height}: {drawn}");
            }
        }
    }

    #[test]
    fn many_threads_stand_in_columns() {
        let drawn = lines(&screen(None).redraw(&sample(64, 0), (140, 60)));
        let rows: Vec<_> = drawn.iter().filter(|line| line.starts_with("   ")).collect();
        assert_eq!(rows.len(), 16);
        let numbers = rows[0].split_whitespace().filter(|word| word.parse::<u32>().is_ok());
        assert_eq!(numbers.collect::<Vec<_>>(), ["0", "25", "16", "100", "32", "100", "48", "100"]);
    }

    #[test]
    fn a_gauge_is_as_full_as_its_number() {
        for (fraction, full) in [(0.0, 0), (0.01, 0), (0.5, 9), (0.999, 18), (1.0, 18)] {
            let gauge = gauge(Some(fraction));
            assert_eq!((gauge.matches('█').count(), gauge.chars().count()), (full, 25), "{gauge}");
        }
        assert_eq!(gauge(None).chars().count(), 25);
    }
}
