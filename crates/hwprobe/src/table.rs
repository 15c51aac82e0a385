use std::fmt;

use crate::{Cache, CacheKind, Cpu, Disk, DiskKind, Gpu, Gpus, Machine, Memory, NoGpu};

/// A table for people of up to 100 columns: one fact a line, values aligned.
impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, kernel) = (known(self.os.name.as_deref()), known(self.os.kernel.as_deref()));
        row(f, "System", &format!("{name}, kernel {kernel}, {}", self.os.architecture))?;
        cpu(f, &self.cpu)?;
        for cache in &self.topology.caches {
            row(f, "Cache", &cache_line(cache))?;
        }
        row(f, "Memory", &memory_line(&self.memory))?;
        for node in &self.topology.numa_nodes {
            let memory = bytes(node.memory_bytes);
            row(f, "Node", &format!("{}: {memory}, {}", node.index, count(node.threads, "thread")))?;
        }
        for disk in &self.disks {
            row(f, "Disk", &disk_line(disk))?;
        }
        gpus(f, &self.gpus)
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    writeln!(f, "{name:<8}{value}")
}

fn known(text: Option<&str>) -> &str {
    text.unwrap_or("unknown")
}

fn cpu(f: &mut fmt::Formatter<'_>, cpu: &Cpu) -> fmt::Result {
    let cores = cpu.physical_cores.map_or("unknown cores".to_owned(), |cores| count(cores, "core"));
    let (model, threads) = (known(cpu.model.as_deref()), count(cpu.logical_threads, "thread"));
    row(f, "CPU", &format!("{model}, {cores}, {threads}"))?;
    let threads = count(cpu.usable_threads, "thread");
    let affinity = cpu.affinity_threads.map_or("unknown".to_owned(), |threads| threads.to_string());
    let quota = cpu.quota_cpus.map_or("none".to_owned(), |cpus| format!("{cpus} CPUs"));
    row(f, "Usable", &format!("{threads} (affinity {affinity}, quota {quota})"))?;
    let mut label = "SIMD";
    for line in wrapped(&cpu.instruction_sets, 92) {
        row(f, std::mem::take(&mut label), &line)?;
    }
    if cpu.instruction_sets.is_empty() { row(f, label, "none known") } else { Ok(()) }
}

/// The words in lines of up to `width` letters.
fn wrapped(words: &[&str], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in words {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push((*word).to_owned()),
        }
    }
    lines
}

fn cache_line(cache: &Cache) -> String {
    let kind = match cache.kind {
        CacheKind::Data => " data",
        CacheKind::Instruction => " instructions",
        CacheKind::Unified => "",
    };
    let (size, threads) = (bytes(cache.size_bytes), count(cache.threads, "thread"));
    format!("{:<15} {:>3} x {size:>9}, each for {threads}", format!("L{}{kind}", cache.level), cache.count)
}

fn memory_line(memory: &Memory) -> String {
    let limit = memory.limit_bytes.map_or("no limit".to_owned(), |limit| format!("limited to {}", bytes(limit)));
    let left = memory.limit_left_bytes.map_or(String::new(), |left| format!(" with {} left", bytes(left)));
    format!("{}, {} available, {limit}{left}", bytes(memory.total_bytes), bytes(memory.available_bytes))
}

fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

fn disk_line(disk: &Disk) -> String {
    let kind = match disk.kind {
        DiskKind::Nvme => "NVMe",
        DiskKind::Ssd => "SSD",
        DiskKind::Hdd => "HDD",
        DiskKind::Virtual => "virtual disk",
        DiskKind::Unknown => "unknown kind",
    };
    let read_only = if disk.is_read_only { ", read only" } else { "" };
    let Disk { mount_point, file_system, .. } = disk;
    let (total, free) = (bytes(disk.total_bytes), bytes(disk.free_bytes));
    format!("{mount_point}: {total}, {free} free ({file_system}, {kind}{read_only})")
}

fn gpus(f: &mut fmt::Formatter<'_>, gpus: &Gpus) -> fmt::Result {
    match gpus {
        Gpus::None { reason } => {
            row(f, "GPU", &format!("none: {reason}"))?;
            if let NoGpu::NoLibrary { detail } = reason { row(f, "", detail) } else { Ok(()) }
        }
        Gpus::Failed { reason } => row(f, "GPU", &format!("unusable: {reason}")),
        Gpus::Found { driver, cuda, gpus, faults } => {
            for gpu in gpus {
                let Gpu { index, name, compute_capability, pci_bus_id, .. } = gpu;
                row(f, "GPU", &format!("{index}: {name}, compute {compute_capability}, at {pci_bus_id}"))?;
                row(f, "", &format!("   {}", gpu_state(gpu)))?;
            }
            for fault in faults {
                row(f, "GPU", &format!("{}: unusable: {}", fault.index, fault.reason))?;
            }
            row(f, "Driver", &format!("{driver}, CUDA {cuda}"))
        }
    }
}

fn gpu_state(gpu: &Gpu) -> String {
    let (total, free) = (bytes(gpu.memory_total_bytes), bytes(gpu.memory_free_bytes));
    let mut facts = vec![format!("{total}, {free} free")];
    facts.extend(gpu.busy_fraction.map(|fraction| format!("{} busy", percent(Some(fraction)))));
    facts.extend(gpu.temperature_celsius.map(|celsius| format!("{celsius} °C")));
    facts.extend(gpu.power_watts.map(|watts| match gpu.power_limit_watts {
        Some(limit) => format!("{watts:.0} of {limit:.0} W"),
        None => format!("{watts:.0} W"),
    }));
    facts.join(", ")
}

/// A part of 1 in per cent.
pub(crate) fn percent(fraction: Option<f64>) -> String {
    fraction.map_or("unknown".to_owned(), |fraction| format!("{:.0} %", 100.0 * fraction))
}

/// Bytes with one decimal, in the largest unit of which there is one at least.
pub(crate) fn bytes(bytes: u64) -> String {
    let units = [(40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = units.into_iter().find(|&(power, _)| bytes >= 1 << power);
    unit.map_or(format!("{bytes} B"), |(power, unit)| format!("{:.1} {unit}", bytes as f64 / (1_u64 << power) as f64))
}

#[cfg(test)]
mod tests {
    use super::{bytes, wrapped};
    use crate::gpu::fake::Captured;
    use crate::{Cache, CacheKind, Cpu, Disk, DiskKind, Gpus, Machine, Memory, NoGpu, NumaNode, Os, Topology};

    fn machine() -> Machine {
        Machine {
            os: Os { name: Some("Debian GNU/Linux 12 (bookworm)".to_owned()), kernel: None, architecture: "x86_64" },
            cpu: Cpu {
                model: Some("AMD EPYC".to_owned()),
                physical_cores: Some(16),
                logical_threads: 32,
                usable_threads: 2,
                affinity_threads: Some(8),
                quota_cpus: Some(2.5),
                instruction_sets: vec!["avx2", "fma"],
            },
            topology: Topology {
                caches: vec![
                    Cache { level: 1, kind: CacheKind::Data, size_bytes: 48 << 10, threads: 2, count: 16 },
                    Cache { level: 3, kind: CacheKind::Unified, size_bytes: 32 << 20, threads: 1, count: 2 },
                ],
                numa_nodes: vec![NumaNode { index: 0, threads: 32, memory_bytes: 192 << 30 }],
            },
            memory: Memory {
                total_bytes: 192 << 30,
                available_bytes: 100 << 30,
                limit_bytes: Some(1 << 29),
                limit_left_bytes: Some(1 << 28),
            },
            disks: vec![Disk {
                mount_point: "/".to_owned(),
                device: "/dev/nvme0n1p2".to_owned(),
                file_system: "ext4".to_owned(),
                kind: DiskKind::Nvme,
                total_bytes: 64 << 30,
                free_bytes: 3 << 29,
                is_read_only: false,
            }],
            gpus: Gpus::None { reason: NoGpu::NoDriver },
        }
    }

    #[test]
    fn shows_one_fact_a_line() {
        let expected = "\
System  Debian GNU/Linux 12 (bookworm), kernel unknown, x86_64
CPU     AMD EPYC, 16 cores, 32 threads
Usable  2 threads (affinity 8, quota 2.5 CPUs)
SIMD    avx2 fma
Cache   L1 data          16 x  48.0 KiB, each for 2 threads
Cache   L3                2 x  32.0 MiB, each for 1 thread
Memory  192.0 GiB, 100.0 GiB available, limited to 512.0 MiB with 256.0 MiB left
Node    0: 192.0 GiB, 32 threads
Disk    /: 64.0 GiB, 1.5 GiB free (ext4, NVMe)
GPU     none: the NVIDIA driver is not loaded
";
        let mut machine = machine();
        assert_eq!(machine.to_string(), expected);
        machine.gpus = Gpus::None { reason: NoGpu::NoLibrary { detail: "x.so: no such file".to_owned() } };
        let text = machine.to_string();
        assert!(
            text.ends_with(
                "\nGPU     none: the NVIDIA driver's library is not installed\n        x.so: no such file\n"
            )
        );
    }

    #[test]
    fn shows_what_a_gpu_tells() {
        let mut driver = Captured { lost: vec![1], ..Captured::machine(2) };
        let mut machine = Machine { gpus: Gpus::of(&driver), ..machine() };
        let lost = nvml_wrapper::error::NvmlError::GpuLost;
        let expected = format!(
            "
GPU     0: NVIDIA GeForce RTX 5090, compute 12.0, at 00000000:01:00.0
           31.8 GiB, 19.5 GiB free, 87 % busy, 64 °C, 431 of 575 W
GPU     1: unusable: {lost}
Driver  570.86.10, CUDA 12.8
"
        );
        let text = machine.to_string();
        assert!(text.ends_with(&expected), "{text}");
        driver.silent = true;
        machine.gpus = Gpus::of(&driver);
        assert!(machine.to_string().contains("\n           31.8 GiB, 19.5 GiB free\n"));
    }

    #[test]
    fn bytes_have_the_largest_unit_that_fits() {
        for (n, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1536 << 10, "1.5 MiB"),
            (5 << 40, "5.0 TiB"),
            (u64::MAX, "16777216.0 TiB"),
        ] {
            assert_eq!(bytes(n), text);
        }
    }

    #[test]
    fn long_lists_are_wrapped() {
        assert_eq!(wrapped(&["ab", "cd", "efg", "h"], 5), ["ab cd", "efg h"]);
        assert_eq!(wrapped(&["long", "longer"], 3), ["long", "longer"]);
        assert_eq!(wrapped(&[], 3), Vec::<String>::new());
    }
}
