use std::fmt;

use crate::{Cache, CacheKind, Cpu, Disk, DiskKind, Gpus, Machine};

/// A table for people: one fact a line, values aligned.
impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let os = &self.os;
        row(
            f,
            "System",
            &format!("{}, kernel {}, {}", known(os.name.as_deref()), known(os.kernel.as_deref()), os.architecture),
        )?;
        cpu(f, &self.cpu)?;
        for cache in &self.topology.caches {
            row(f, "Cache", &cache_line(cache))?;
        }
        let limit = self.memory.limit_bytes.map_or("no limit".to_owned(), |limit| format!("limited to {}", gib(limit)));
        let (total, available) = (gib(self.memory.total_bytes), gib(self.memory.available_bytes));
        row(f, "Memory", &format!("{total}, {available} available, {limit}"))?;
        for node in &self.topology.numa_nodes {
            let memory = gib(node.memory_bytes);
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
    let cores = cpu.physical_cores.map_or("unknown".to_owned(), |cores| cores.to_string());
    row(f, "CPU", &format!("{}, {cores} cores, {} threads", known(cpu.model.as_deref()), cpu.logical_threads))?;
    let threads = count(cpu.usable_threads, "thread");
    let affinity = cpu.affinity_threads.map_or("unknown".to_owned(), |threads| threads.to_string());
    let quota = cpu.quota_cpus.map_or("none".to_owned(), |cpus| format!("{cpus} CPUs"));
    row(f, "Usable", &format!("{threads} (affinity {affinity}, quota {quota})"))?;
    let sets = if cpu.instruction_sets.is_empty() { "none known".to_owned() } else { cpu.instruction_sets.join(" ") };
    row(f, "SIMD", &sets)
}

fn cache_line(cache: &Cache) -> String {
    let kind = match cache.kind {
        CacheKind::Data => " data",
        CacheKind::Instruction => " instructions",
        CacheKind::Unified => "",
    };
    let (kib, threads) = (cache.size_bytes >> 10, count(cache.threads, "thread"));
    format!("L{}{kind}: {} x {kib} KiB, each for {threads}", cache.level, cache.count)
}

fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

fn disk_line(disk: &Disk) -> String {
    let kind = match disk.kind {
        DiskKind::Ssd => "SSD",
        DiskKind::Hdd => "HDD",
        DiskKind::Unknown => "unknown kind",
    };
    let read_only = if disk.is_read_only { ", read only" } else { "" };
    let Disk { mount_point, file_system, .. } = disk;
    format!(
        "{mount_point}: {}, {} free ({file_system}, {kind}{read_only})",
        gib(disk.total_bytes),
        gib(disk.free_bytes)
    )
}

fn gpus(f: &mut fmt::Formatter<'_>, gpus: &Gpus) -> fmt::Result {
    match gpus {
        Gpus::None { reason } => row(f, "GPU", &format!("none: {reason}")),
        Gpus::Failed { reason } => row(f, "GPU", &format!("unusable: {reason}")),
        Gpus::Found { driver, cuda, gpus } => {
            for gpu in gpus {
                let (total, free) = (gib(gpu.memory_total_bytes), gib(gpu.memory_free_bytes));
                let (name, capability) = (&gpu.name, &gpu.compute_capability);
                row(f, "GPU", &format!("{}: {name}, {total}, {free} free, compute {capability}", gpu.index))?;
            }
            row(f, "Driver", &format!("{driver}, CUDA {cuda}"))
        }
    }
}

/// Bytes in units of 2³⁰, with one decimal.
pub(crate) fn gib(bytes: u64) -> String {
    format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30))
}

#[cfg(test)]
mod tests {
    use crate::{Cache, CacheKind, Cpu, Disk, DiskKind, Gpu, Gpus, Machine, Memory, NumaNode, Os, Topology};

    fn machine() -> Machine {
        Machine {
            os: Os { name: Some("Linux (Debian GNU/Linux 12)".to_owned()), kernel: None, architecture: "x86_64" },
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
            memory: Memory { total_bytes: 192 << 30, available_bytes: 100 << 30, limit_bytes: Some(1 << 29) },
            disks: vec![Disk {
                mount_point: "/".to_owned(),
                device: "/dev/vda".to_owned(),
                file_system: "ext4".to_owned(),
                kind: DiskKind::Ssd,
                total_bytes: 64 << 30,
                free_bytes: 3 << 29,
                is_read_only: false,
            }],
            gpus: Gpus::None { reason: "no driver".to_owned() },
        }
    }

    #[test]
    fn shows_one_fact_a_line() {
        let mut machine = machine();
        let expected = "\
System  Linux (Debian GNU/Linux 12), kernel unknown, x86_64
CPU     AMD EPYC, 16 cores, 32 threads
Usable  2 threads (affinity 8, quota 2.5 CPUs)
SIMD    avx2 fma
Cache   L1 data: 16 x 48 KiB, each for 2 threads
Cache   L3: 2 x 32768 KiB, each for 1 thread
Memory  192.0 GiB, 100.0 GiB available, limited to 0.5 GiB
Node    0: 192.0 GiB, 32 threads
Disk    /: 64.0 GiB, 1.5 GiB free (ext4, SSD)
GPU     none: no driver
";
        assert_eq!(machine.to_string(), expected);
        machine.gpus = Gpus::Found {
            driver: "570.1".to_owned(),
            cuda: "12.8".to_owned(),
            gpus: vec![Gpu {
                index: 0,
                name: "NVIDIA RTX".to_owned(),
                memory_total_bytes: 32 << 30,
                memory_free_bytes: 31 << 30,
                compute_capability: "12.0".to_owned(),
                pci_bus_id: "00000000:01:00.0".to_owned(),
            }],
        };
        let text = machine.to_string();
        assert!(
            text.ends_with("GPU     0: NVIDIA RTX, 32.0 GiB, 31.0 GiB free, compute 12.0\nDriver  570.1, CUDA 12.8\n")
        );
    }
}
