//! Caches and memory nodes, read from folders laid out as the kernel lays them out.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::error::Error as _;
use std::fs;
use std::path::Path;

use hwprobe::{Cache, CacheKind, NumaNode, Topology, parse_cache_size, parse_node_memory};
use tempfile::TempDir;

fn write(root: &TempDir, path: &str, text: &str) {
    let path = root.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn cache(root: &TempDir, cpu: usize, index: usize, texts: [&str; 4]) {
    for (name, text) in ["level", "type", "size", "shared_cpu_list"].into_iter().zip(texts) {
        write(root, &format!("sys/devices/system/cpu/cpu{cpu}/cache/index{index}/{name}"), &format!("{text}\n"));
    }
}

fn node(root: &TempDir, index: usize, cpus: &str, kib: u64) {
    let folder = format!("sys/devices/system/node/node{index}");
    write(root, &format!("{folder}/cpulist"), &format!("{cpus}\n"));
    let meminfo = format!("Node {index} MemTotal:       {kib} kB\nNode {index} MemFree:        1024 kB\n");
    write(root, &format!("{folder}/meminfo"), &meminfo);
}

/// 16 cores with two threads each, numbered as the kernel does, on two chips with 32 MiB of third level each.
fn workstation() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for cpu in 0..32 {
        let core = format!("{},{}", cpu % 16, cpu % 16 + 16);
        let chip = if cpu % 16 < 8 { "0-7,16-23" } else { "8-15,24-31" };
        cache(&root, cpu, 0, ["1", "Data", "48K", &core]);
        cache(&root, cpu, 1, ["1", "Instruction", "32K", &core]);
        cache(&root, cpu, 2, ["2", "Unified", "1024K", &core]);
        cache(&root, cpu, 3, ["3", "Unified", "32768K", chip]);
    }
    write(&root, "sys/devices/system/cpu/online", "0-31\n");
    write(&root, "sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "performance\n");
    root
}

#[test]
fn caches_that_threads_share_are_counted_once() {
    let root = workstation();
    node(&root, 0, "0-31", 192 << 20);
    let topology = Topology::read(root.path()).unwrap();
    let cache = |level, kind, kib: u64, threads, count| Cache { level, kind, size_bytes: kib << 10, threads, count };
    let expected = [
        cache(1, CacheKind::Data, 48, 2, 16),
        cache(1, CacheKind::Instruction, 32, 2, 16),
        cache(2, CacheKind::Unified, 1024, 2, 16),
        cache(3, CacheKind::Unified, 32768, 16, 2),
    ];
    assert_eq!(topology.caches, expected);
    assert_eq!(topology.numa_nodes, [NumaNode { index: 0, threads: 32, memory_bytes: 192 << 30 }]);
}

#[test]
fn unlike_cores_have_an_entry_each() {
    let root = tempfile::tempdir().unwrap();
    cache(&root, 0, 0, ["1", "Data", "48K", "0-1"]);
    cache(&root, 1, 0, ["1", "Data", "48K", "0-1"]);
    cache(&root, 2, 0, ["1", "Data", "32K", "2"]);
    cache(&root, 3, 0, ["1", "Data", "32K", "3"]);
    let caches = Topology::read(root.path()).unwrap().caches;
    let seen: Vec<_> = caches.iter().map(|cache| (cache.size_bytes >> 10, cache.threads, cache.count)).collect();
    assert_eq!(seen, [(32, 1, 2), (48, 2, 1)]);
}

#[test]
fn nodes_of_memory_only_have_no_threads_and_order_is_by_number() {
    let root = tempfile::tempdir().unwrap();
    node(&root, 10, "", 4 << 20);
    node(&root, 2, "8-15,24-31", 96 << 20);
    let nodes = Topology::read(root.path()).unwrap().numa_nodes;
    let node = |index, threads, gib: u64| NumaNode { index, threads, memory_bytes: gib << 30 };
    assert_eq!(nodes, [node(2, 16, 96), node(10, 0, 4)]);
}

#[test]
fn what_the_system_does_not_tell_is_left_out() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(Topology::read(root.path()).unwrap(), Topology::default());
    write(&root, "sys/devices/system/cpu/cpu0/cache/index0/level", "1\n");
    write(&root, "sys/devices/system/cpu/cpu0/cache/uevent", "\n");
    assert_eq!(Topology::read(root.path()).unwrap(), Topology::default());
}

#[test]
fn a_malformed_file_is_named() {
    for (texts, file, problem) in [
        (["0", "Data", "48K", "0"], "level", "`0` is not a cache level"),
        (["1", "Trace", "48K", "0"], "type", "`Trace` is not Data, Instruction or Unified"),
        (["1", "Data", "48", "0"], "size", "`48` is not a cache size such as 32K"),
        (["1", "Data", "48K", ""], "shared_cpu_list", "`` is not a list of CPUs such as 0-3,8"),
    ] {
        let root = tempfile::tempdir().unwrap();
        cache(&root, 0, 0, texts);
        let error = Topology::read(root.path()).unwrap_err();
        assert!(error.to_string().ends_with(&format!("cache/index0/{file} is malformed")), "{error}");
        assert_eq!(error.source().unwrap().to_string(), problem);
    }
}

#[test]
fn sizes_have_their_units() {
    assert_eq!(parse_cache_size("2M").unwrap(), 2 << 20);
    for text in ["", "K", "0K", "-1K", "1G", "1KB", "18446744073709551615K"] {
        assert!(parse_cache_size(text).is_err(), "{text}");
    }
    for text in ["", "MemTotal: 5 kB", "Node 0 MemTotal: x kB", "Node 0 MemTotal: 5 MB"] {
        assert!(parse_node_memory(text).is_err(), "{text}");
    }
}

#[test]
fn the_real_files_are_read() {
    let topology = Topology::read(Path::new("/")).unwrap();
    assert!(topology.caches.iter().all(|cache| cache.count >= 1 && cache.threads >= 1));
}
