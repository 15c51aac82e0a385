//! Samples from texts as the kernel writes them.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use hwprobe::{
    Error, GpuFault, GpuLoad, ProcessCounts, Sample, Samples, Snapshot, parse_cpu_times, parse_disk_counts,
    parse_memory_use, parse_network_counts, parse_process_io, parse_process_status, parse_process_ticks,
};
use tempfile::TempDir;

const STAT: &str = "\
cpu  986949 57 125038 557221 8011 0 873 997 0 0
cpu0 482692 29 59528 294026 2535 0 63 507 0 0
cpu1 504256 28 65510 263195 5475 0 809 490 0 0
intr 5543815 0 0 0
ctxt 11512521
btime 1795357507
procs_running 3
";
const MEMINFO: &str = "\
MemTotal:       24684096 kB
MemFree:        16872148 kB
MemAvailable:   24169296 kB
Buffers:           36060 kB
";
const DISKSTATS: &str = "   7       0 loop0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
 254       0 vda 1321168 57842 40232658 4767982 227011 290226 88396088 522025 0 197228 5330219 171061 86 62926928 37809 24585 2402
 253       0 zram0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
";
const NET_DEV: &str = "\
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 9933235  102339    0    0    0     0          0         0  9933235  102339    0    0    0     0       0          0
  eth0: 1005066304   31988    0    0    0     0          0         0  1885294   18985    0    0    0     0       0          0
";

fn root() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("proc/net")).unwrap();
    for (name, text) in [("stat", STAT), ("meminfo", MEMINFO), ("diskstats", DISKSTATS), ("net/dev", NET_DEV)] {
        fs::write(root.path().join("proc").join(name), text).unwrap();
    }
    root
}

fn snapshot() -> Snapshot {
    Snapshot::read(root().path(), Duration::from_secs(100)).unwrap()
}

/// Two seconds later: a thread at work for a quarter of its time and one at work all the time.
fn later() -> Snapshot {
    let mut later = snapshot();
    later.at += Duration::from_secs(2);
    later.cpus[0].busy_ticks += 50;
    later.cpus[0].idle_ticks += 150;
    later.cpus[1].busy_ticks += 200;
    later.disks[0].read_bytes += 3_000_000;
    later.disks[0].written_bytes += 500;
    later.networks[0].received_bytes += 7_000;
    later
}

#[test]
fn a_snapshot_holds_what_the_files_say() {
    let snapshot = snapshot();
    assert_eq!(snapshot.at, Duration::from_secs(100));
    let cpus: Vec<_> = snapshot.cpus.iter().map(|cpu| (cpu.index, cpu.busy_ticks, cpu.idle_ticks)).collect();
    // user + nice + system + irq + softirq + steal, and idle + iowait.
    assert_eq!(cpus, [(0, 542_819, 296_561), (1, 571_093, 268_670)]);
    assert_eq!(snapshot.memory.total_bytes, 24_684_096 * 1024);
    assert_eq!(snapshot.memory.used_bytes(), 514_800 * 1024);
    let disks: Vec<_> = snapshot.disks.iter().map(|disk| (&*disk.name, disk.read_bytes, disk.written_bytes)).collect();
    assert_eq!(disks, [("vda", 40_232_658 * 512, 88_396_088 * 512)]);
    let networks: Vec<_> = snapshot.networks.iter().map(|n| (&*n.name, n.received_bytes, n.sent_bytes)).collect();
    assert_eq!(networks, [("eth0", 1_005_066_304, 1_885_294)]);
}

#[test]
fn a_sample_has_fractions_and_rates() {
    let sample = Sample::between(&snapshot(), &later()).unwrap();
    let cpus: Vec<_> = sample.cpus.iter().map(|cpu| (cpu.index, cpu.busy_fraction)).collect();
    assert_eq!(cpus, [(0, Some(0.25)), (1, Some(1.0))]);
    assert_eq!(sample.busy_fraction, Some(0.625));
    assert_eq!(sample.memory.used_bytes(), 514_800 * 1024);
    let disk = &sample.disks[0];
    assert_eq!((disk.read_bytes_per_second, disk.written_bytes_per_second), (1_500_000.0, 250.0));
    let network = &sample.networks[0];
    assert_eq!((network.received_bytes_per_second, network.sent_bytes_per_second), (3_500.0, 0.0));
}

#[test]
fn a_sample_shows_this_process() {
    let root = root();
    fs::create_dir(root.path().join("proc/self")).unwrap();
    let stat = "77 (a ) b) S 1 77 77 0 -1 4194304 120 0 0 0 250 50 0 0 20 0 2 0 9 1 1\n";
    let status = "Name:\ta\nVmHWM:\t    2048 kB\nVmRSS:\t    1024 kB\nRssAnon:\t 9 kB\nThreads:\t4\n";
    let io = "rchar: 1\nwchar: 2\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 0\n";
    for (name, text) in [("stat", stat), ("status", status), ("io", io)] {
        fs::write(root.path().join("proc/self").join(name), text).unwrap();
    }
    let before = Snapshot::read(root.path(), Duration::from_secs(1)).unwrap();
    let expected = ProcessCounts {
        // 300 ticks of 10 ms.
        cpu_time: Duration::from_secs(3),
        memory_bytes: 1 << 20,
        memory_peak_bytes: 2 << 20,
        threads: 4,
        read_bytes: Some(4096),
        written_bytes: Some(8192),
    };
    assert_eq!(before.process, Some(expected));
    let mut after = Snapshot { at: Duration::from_secs(3), ..before.clone() };
    let later = ProcessCounts { cpu_time: Duration::from_secs(6), memory_bytes: 5, read_bytes: Some(8096), ..expected };
    after.process = Some(later);
    let load = Sample::between(&before, &after).unwrap().process.unwrap();
    assert_eq!((load.busy_cpus, load.memory_bytes, load.threads), (1.5, 5, 4));
    assert_eq!((load.read_bytes_per_second, load.written_bytes_per_second), (Some(2000.0), Some(0.0)));
    fs::remove_file(root.path().join("proc/self/io")).unwrap();
    let without = Snapshot::read(root.path(), Duration::ZERO).unwrap().process.unwrap();
    assert_eq!((without.read_bytes, without.written_bytes), (None, None));
    assert_eq!(snapshot().process, None);
}

#[test]
fn a_sample_shows_the_gpus_of_its_end() {
    let (before, mut after) = (snapshot(), later());
    let load = GpuLoad {
        index: 1,
        busy_fraction: Some(0.5),
        memory_total_bytes: 9,
        memory_used_bytes: 4,
        temperature_celsius: None,
        power_watts: Some(70.5),
    };
    after.gpus = vec![load];
    after.gpu_faults = vec![GpuFault { index: 0, reason: "lost".to_owned() }];
    let sample = Sample::between(&before, &after).unwrap();
    assert_eq!((&sample.gpus, &sample.gpu_faults), (&after.gpus, &after.gpu_faults));
}

#[test]
fn sums_leave_out_disks_made_of_disks() {
    let (mut before, mut after) = (snapshot(), later());
    for snapshot in [&mut before, &mut after] {
        let mut mapped = snapshot.disks[0].clone();
        mapped.name = "dm-0".to_owned();
        snapshot.disks.push(mapped);
    }
    let mut sample = Sample::between(&before, &after).unwrap();
    assert_eq!(sample.disks.len(), 2);
    assert_eq!(sample.disk_bytes_per_second(), (1_500_000.0, 250.0));
    sample.disks.remove(0);
    assert_eq!(sample.disk_bytes_per_second(), (1_500_000.0, 250.0));
    assert_eq!(sample.network_bytes_per_second(), (3_500.0, 0.0));
}

#[test]
fn moments_are_seconds_in_json() {
    let json = serde_json::to_value(Sample::between(&snapshot(), &later()).unwrap()).unwrap();
    assert_eq!((&json["from_seconds"], &json["until_seconds"]), (&100.0.into(), &102.0.into()));
    assert!(json["gpus"].as_array().is_some_and(Vec::is_empty) && json["process"].is_null());
}

#[test]
fn time_must_pass() {
    let (before, after) = (snapshot(), later());
    for (before, after) in [(&after, &before), (&before, &before)] {
        let error = Sample::between(before, after).unwrap_err();
        assert!(matches!(error, Error::Order { .. }), "{error}");
    }
}

#[test]
fn what_cannot_be_compared_is_left_out() {
    let (mut before, mut after) = (snapshot(), later());
    before.cpus.remove(0);
    after.disks[0].read_bytes = 1;
    after.networks[0].name = "eth1".to_owned();
    let sample = Sample::between(&before, &after).unwrap();
    assert_eq!(sample.cpus.iter().map(|cpu| cpu.index).collect::<Vec<_>>(), [1]);
    assert_eq!((sample.disks.len(), sample.networks.len()), (0, 0));
}

#[test]
fn a_fraction_without_ticks_or_of_counts_that_went_back_is_unknown() {
    let (before, mut after) = (snapshot(), later());
    after.cpus = before.cpus.clone();
    after.cpus[1].idle_ticks -= 1;
    let sample = Sample::between(&before, &after).unwrap();
    assert!(sample.cpus.iter().all(|cpu| cpu.busy_fraction.is_none()));
    assert_eq!(sample.busy_fraction, None);
}

#[test]
fn the_iterator_gives_one_sample_fewer_and_hands_errors_on() {
    let last = Snapshot { at: Duration::from_secs(104), ..later() };
    let broken = Err(Error::Missing { what: "luck" });
    let samples: Vec<_> = Samples::new([Ok(snapshot()), Ok(later()), broken, Ok(last)].into_iter()).collect();
    assert_eq!(samples.len(), 3);
    assert_eq!(samples[0].as_ref().unwrap().busy_fraction, Some(0.625));
    assert!(samples[1].is_err());
    let last = samples[2].as_ref().unwrap();
    assert_eq!((last.from.as_secs(), last.until.as_secs(), last.busy_fraction), (102, 104, None));
}

#[test]
fn partitions_are_told_from_disks_by_their_names() {
    let names = "sda sda1 sda12 sdaa nvme0n1 nvme0n1p2 nvme0n10 mmcblk0 mmcblk0p1 dm-1 dm-10 md0 loop3 ram0 sr0";
    let lines: Vec<_> = names.split(' ').map(|name| format!("8 0 {name} 1 0 2 0 3 0 4 0 0 0 0")).collect();
    let disks = parse_disk_counts(&lines.join("\n")).unwrap();
    let kept: Vec<_> = disks.iter().map(|disk| disk.name.as_str()).collect();
    assert_eq!(kept, ["sda", "sdaa", "nvme0n1", "nvme0n10", "mmcblk0", "dm-1", "dm-10", "md0", "sr0"]);
}

#[test]
fn rejects_what_the_kernel_does_not_write() {
    for text in ["", "cpu 1 2 3 4 5 6 7 8", "cpu0 1 2 3", "cpu0 1 2 3 4 5 6 7 x", "cpux 1 2 3 4 5 6 7 8"] {
        assert!(parse_cpu_times(text).is_err(), "{text}");
    }
    for text in ["", "MemTotal: 5 kB", "MemTotal: x kB\nMemAvailable: 1 kB", "MemTotal: 5 MB\nMemAvailable: 1 kB"] {
        assert!(parse_memory_use(text).is_err(), "{text}");
    }
    for text in ["8 0", "8 0 sda 1 2 3", "8 0 sda 1 2 3 4 5 6 x", "8 0 sda 1 2 18446744073709551615 4 5 6 7"] {
        assert!(parse_disk_counts(text).is_err(), "{text}");
    }
    for text in ["a\nb\neth0 1 2", "a\nb\neth0: 1 2 3", "a\nb\neth0: 1 2 3 4 5 6 7 8 -9"] {
        assert!(parse_network_counts(text).is_err(), "{text}");
    }
    for text in ["", "1 (a) S 1", "1 (a) S 1 2 3 4 5 6 7 8 9 10 x 5", "1 a S 1 2 3 4 5 6 7 8 9 10 4 5"] {
        assert!(parse_process_ticks(text).is_err(), "{text}");
    }
    for text in ["", "VmRSS:", "VmRSS: x kB", "VmRSS: 5 MB", "VmRSSx: 5 kB", "VmRSS: 99999999999999999999 kB"] {
        assert!(parse_process_status(text, "VmRSS").is_err(), "{text}");
        assert!(parse_process_io(text, "VmRSS").is_err(), "{text}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let root = root();
    fs::remove_file(root.path().join("proc/diskstats")).unwrap();
    let error = Snapshot::read(root.path(), Duration::ZERO).unwrap_err().to_string();
    assert!(error.starts_with("cannot read ") && error.ends_with("proc/diskstats"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_real_files_are_read() {
    let snapshot = Snapshot::read(Path::new("/"), Duration::ZERO).unwrap();
    assert!(!snapshot.cpus.is_empty() && snapshot.memory.used_bytes() > 0);
}
