//! Beside what other programs say of the machine that the tests run on.
#![cfg(target_os = "linux")]
#![expect(clippy::print_stdout, reason = "a skip is visible")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use hwprobe::{CacheKind, Gpus, Snapshot, probe};

/// The first word of what a program prints; `None` with a visible line where it is not there.
fn says(program: &str, args: &[&str]) -> Option<String> {
    match Command::new(program).args(args).output() {
        Ok(output) if output.status.success() => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        _ => {
            println!("skipped: {program} is not there");
            None
        }
    }
}

#[test]
fn threads_are_those_of_the_standard_library_and_of_nproc() {
    let cpu = probe().unwrap().cpu;
    assert_eq!(cpu.usable_threads, std::thread::available_parallelism().unwrap().get());
    if let Some(nproc) = says("nproc", &[]) {
        // nproc of coreutils before 9.8 knows no quotas.
        let nproc: usize = nproc.trim().parse().unwrap();
        assert!(cpu.usable_threads == nproc || cpu.affinity_threads == Some(nproc), "{nproc} {cpu:?}");
    }
    if let Some(all) = says("nproc", &["--all"]) {
        assert!(cpu.logical_threads <= all.trim().parse().unwrap());
    }
}

#[test]
fn memory_is_that_of_the_kernel() {
    let memory = probe().unwrap().memory;
    let text = fs::read_to_string("/proc/meminfo").unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:")).unwrap();
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    assert_eq!(memory.total_bytes, kib * 1024);
    assert!(memory.available_bytes > 0 && memory.available_bytes <= memory.total_bytes);
}

#[test]
fn cores_memory_and_model_are_those_of_sysinfo() {
    let machine = probe().unwrap();
    let system = sysinfo::System::new_all();
    assert_eq!(machine.cpu.logical_threads, system.cpus().len());
    assert_eq!(machine.cpu.physical_cores, sysinfo::System::physical_core_count());
    assert_eq!(machine.cpu.model.as_deref(), system.cpus().first().map(sysinfo::Cpu::brand));
    assert_eq!(machine.memory.total_bytes, system.total_memory());
    assert_eq!(machine.os.kernel, sysinfo::System::kernel_version());
}

#[test]
fn disks_have_the_sizes_that_df_shows() {
    for disk in probe().unwrap().disks {
        let Some(text) = says("df", &["-B1", "--output=size", &disk.mount_point]) else { return };
        let size: u64 = text.lines().nth(1).unwrap().trim().parse().unwrap();
        assert_eq!(disk.total_bytes, size, "{}", disk.mount_point);
        assert!(disk.free_bytes <= disk.total_bytes);
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn instruction_sets_are_flags_of_the_kernel() {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap();
    let Some(flags) = text.lines().find_map(|line| line.strip_prefix("flags")) else {
        println!("skipped: /proc/cpuinfo shows no flags");
        return;
    };
    let flags: Vec<_> = flags.split_whitespace().map(|flag| flag.replace('_', "")).collect();
    for set in probe().unwrap().cpu.instruction_sets {
        // The kernel calls SSE3 by its first name and SHA by its extension.
        let name = match set {
            "sse3" => "pni".to_owned(),
            "sha" => "shani".to_owned(),
            other => other.replace('.', ""),
        };
        assert!(flags.contains(&name), "{set}");
    }
}

#[test]
fn caches_are_those_of_lscpu() {
    let args = ["-B", "--caches=LEVEL,TYPE,ONE-SIZE,ALL-SIZE"];
    let Some(text) = says("lscpu", &args) else { return };
    let caches = probe().unwrap().topology.caches;
    let kinds: BTreeSet<_> = caches.iter().map(|cache| (cache.level, cache.kind)).collect();
    // lscpu knows one size for each level and kind.
    if kinds.len() < caches.len() {
        println!("skipped: the cores are unlike");
        return;
    }
    let mut ours: Vec<_> = caches
        .iter()
        .map(|cache| {
            let kind = match cache.kind {
                CacheKind::Data => "Data",
                CacheKind::Instruction => "Instruction",
                CacheKind::Unified => "Unified",
            };
            format!("{} {kind} {} {}", cache.level, cache.size_bytes, cache.size_bytes * cache.count as u64)
        })
        .collect();
    let mut theirs: Vec<_> =
        text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs);
}

#[test]
fn disks_watched_are_those_that_the_kernel_lists() {
    for disk in Snapshot::read(Path::new("/"), Duration::ZERO).unwrap().disks {
        // The kernel writes a slash in a device's name as an exclamation mark.
        assert!(Path::new("/sys/block").join(disk.name.replace('/', "!")).exists(), "{}", disk.name);
    }
}

#[test]
fn gpus_are_those_of_nvidia_smi() {
    let gpus = probe().unwrap().gpus;
    let names = Command::new("nvidia-smi").args(["--query-gpu=name", "--format=csv,noheader"]).output();
    match names {
        Ok(output) if output.status.success() => {
            let names = String::from_utf8_lossy(&output.stdout).into_owned();
            let Gpus::Found { gpus, .. } = gpus else { panic!("{gpus:?} beside {names}") };
            assert_eq!(gpus.iter().map(|gpu| gpu.name.as_str()).collect::<Vec<_>>(), names.lines().collect::<Vec<_>>());
        }
        _ => {
            println!("skipped: no GPU is there to compare ({gpus:?})");
            assert!(matches!(gpus, Gpus::None { .. } | Gpus::Failed { .. }));
        }
    }
}
