//! What stages made of the machine: from stated snapshots, and of this one.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::time::Duration;

use hwprobe::{
    BytesMoved, CpuTimes, DiskCounts, Error, GpuLoad, MemoryUse, NetworkCounts, ProcessCounts, Recorder, Snapshot,
    Summary, Utilisation,
};

fn gpu(percent: u32, gib: u64, celsius: u32) -> GpuLoad {
    GpuLoad {
        index: 0,
        busy_fraction: Some(f64::from(percent) / 100.0),
        memory_total_bytes: 32 << 30,
        memory_used_bytes: gib << 30,
        temperature_celsius: Some(celsius),
        power_watts: None,
    }
}

/// One moment: what two threads, the memory, the disk and this process have used so far.
fn at(millis: u64, busy: u64, used_mib: u64, disk: u64, process: (u64, u64, u64)) -> Snapshot {
    let ticks = 2 * millis / 10;
    Snapshot {
        at: Duration::from_millis(millis),
        cpus: (0..2).map(|index| CpuTimes { index, busy_ticks: busy / 2, idle_ticks: (ticks - busy) / 2 }).collect(),
        memory: MemoryUse { total_bytes: 8 << 30, available_bytes: (8 << 30) - (used_mib << 20) },
        disks: ["vda", "dm-0"]
            .map(|name| DiskCounts { name: name.to_owned(), read_bytes: disk, written_bytes: 2 * disk })
            .to_vec(),
        networks: vec![NetworkCounts { name: "eth0".to_owned(), received_bytes: 10 * disk, sent_bytes: 0 }],
        process: Some(ProcessCounts {
            cpu_time: Duration::from_millis(process.0),
            memory_bytes: process.1 << 20,
            memory_peak_bytes: process.2 << 20,
            threads: 3,
            read_bytes: Some(disk / 2),
            written_bytes: Some(disk),
        }),
        gpus: vec![],
        gpu_faults: vec![],
    }
}

fn summary(snapshots: Vec<Snapshot>, shortest: Duration) -> Utilisation {
    let mut snapshots = snapshots.into_iter();
    let mut summary = Summary::new(snapshots.next().unwrap(), shortest);
    snapshots.for_each(|snapshot| summary.add(snapshot).unwrap());
    summary.utilisation("stage")
}

/// A second at half load and three at full load.
fn stage() -> Vec<Snapshot> {
    vec![
        at(1000, 100, 1000, 0, (500, 100, 300)),
        at(2000, 200, 3000, 500, (1000, 200, 300)),
        at(5000, 800, 2000, 2000, (6400, 150, 300)),
    ]
}

#[test]
fn means_are_by_time_and_maxima_by_sample() {
    let stage = summary(stage(), Duration::ZERO);
    assert_eq!((&*stage.name, stage.seconds, stage.n_samples), ("stage", 4.0, 2));
    assert_eq!((stage.cpu.mean_fraction, stage.cpu.max_fraction), (Some(0.875), Some(1.0)));
    assert_eq!((stage.cpu.threads, stage.memory.max_used_bytes), (2, 3000 << 20));
    let process = stage.process.unwrap();
    assert_eq!((process.cpu_seconds, process.mean_cpus, process.max_cpus), (5.9, Some(1.475), Some(1.8)));
    assert_eq!(process.disk, Some(BytesMoved { read_bytes: 1000, written_bytes: 2000 }));
}

#[test]
fn a_disk_made_of_disks_is_not_counted_twice() {
    let stage = summary(stage(), Duration::ZERO);
    assert_eq!(stage.disk, BytesMoved { read_bytes: 2000, written_bytes: 4000 });
    assert_eq!(stage.network, BytesMoved { read_bytes: 20_000, written_bytes: 0 });
    let mut only_mapped = self::stage();
    for snapshot in &mut only_mapped {
        snapshot.disks.remove(0);
    }
    assert_eq!(summary(only_mapped, Duration::ZERO).disk, BytesMoved { read_bytes: 2000, written_bytes: 4000 });
}

#[test]
fn the_peak_of_this_process_is_the_kernel_s_where_it_rose_and_of_the_samples_where_not() {
    assert_eq!(summary(stage(), Duration::ZERO).process.unwrap().max_memory_bytes, 200 << 20);
    let mut risen = stage();
    risen[2].process.as_mut().unwrap().memory_peak_bytes = 350 << 20;
    assert_eq!(summary(risen, Duration::ZERO).process.unwrap().max_memory_bytes, 350 << 20);
}

#[test]
fn a_short_piece_makes_no_maximum_of_a_rate_unless_all_are_short() {
    let mut pieces = vec![at(1000, 100, 1000, 0, (500, 100, 300)), at(2000, 200, 1000, 0, (900, 100, 300))];
    // 20 ms at full load.
    pieces.push(at(2020, 204, 4000, 10, (940, 100, 300)));
    let stage = summary(pieces.clone(), Duration::from_millis(100));
    assert_eq!((stage.n_samples, stage.cpu.max_fraction), (2, Some(0.5)));
    assert_eq!((stage.memory.max_used_bytes, stage.disk.read_bytes), (4000 << 20, 10));
    assert_eq!(stage.process.unwrap().max_cpus, Some(0.4));
    let short = summary(pieces.split_off(1), Duration::from_millis(100));
    assert_eq!((short.cpu.max_fraction, short.process.unwrap().max_cpus), (Some(1.0), Some(2.0)));
    let late = vec![at(1000, 100, 1, 0, (0, 1, 1)), at(1020, 104, 1, 0, (0, 1, 1)), at(2020, 204, 1, 0, (0, 1, 1))];
    assert_eq!(summary(late, Duration::from_millis(100)).cpu.max_fraction, Some(0.5));
}

#[test]
fn a_gpu_is_weighed_by_time_and_may_come_late() {
    let mut snapshots = stage();
    snapshots[0].gpus = vec![gpu(99, 31, 99)];
    snapshots[1].gpus = vec![gpu(20, 10, 50)];
    snapshots[2].gpus = vec![GpuLoad { index: 1, busy_fraction: None, ..gpu(0, 1, 40) }, gpu(100, 20, 80)];
    snapshots[2].gpus.reverse();
    let stage = summary(snapshots, Duration::ZERO);
    assert_eq!(stage.gpus.iter().map(|gpu| gpu.index).collect::<Vec<_>>(), [0, 1]);
    let first = &stage.gpus[0];
    // A second at 20 % and three at 100 %; what was before the first sample is of the stage before.
    assert_eq!((first.mean_fraction, first.max_fraction), (Some(0.8), Some(1.0)));
    assert_eq!((first.max_memory_bytes, first.max_temperature_celsius), (20 << 30, Some(80)));
    assert_eq!((first.mean_power_watts, first.max_power_watts), (None, None));
    assert_eq!((stage.gpus[1].mean_fraction, stage.gpus[1].max_fraction), (None, None));
}

#[test]
fn nothing_happened_in_no_time() {
    let none = summary(vec![at(1000, 100, 1000, 7, (500, 100, 300))], Duration::ZERO);
    assert_eq!((none.seconds, none.n_samples), (0.0, 0));
    assert_eq!((none.cpu.mean_fraction, none.cpu.max_fraction), (None, None));
    let process = none.process.unwrap();
    assert_eq!((process.mean_cpus, process.max_cpus, process.max_memory_bytes), (None, None, 100 << 20));
    assert_eq!(none.disk, BytesMoved::default());
}

#[test]
fn a_snapshot_out_of_order_is_left_out() {
    let mut summary = Summary::new(stage().remove(1), Duration::ZERO);
    assert!(matches!(summary.add(stage().remove(0)), Err(Error::Order { .. })));
    summary.add(stage().remove(2)).unwrap();
    assert_eq!((summary.utilisation("x").seconds, summary.utilisation("x").n_samples), (3.0, 1));
}

#[test]
fn it_is_one_line_for_people_and_comes_back_from_json() {
    let mut snapshots = stage();
    snapshots[2].gpus = vec![gpu(50, 20, 80)];
    let stage = summary(snapshots, Duration::ZERO);
    let expected = "stage: 4.0 s, CPU 88 % (max 100 %), this process 1.5 CPUs and up to 200.0 MiB, disk 2.0 KiB read \
                    and 3.9 KiB written, network 19.5 KiB in and 0 B out, GPU 0 50 % (max 50 %) and up to 20.0 GiB, \
                    80 °C";
    assert_eq!(stage.to_string(), expected);
    let json = serde_json::to_string(&stage).unwrap();
    assert_eq!(serde_json::from_str::<Utilisation>(&json).unwrap(), stage);
}

#[test]
fn an_interval_of_nothing_is_refused() {
    assert!(matches!(Recorder::start(Duration::ZERO), Err(Error::Interval)));
}

#[cfg(target_os = "linux")]
#[test]
fn work_is_seen_in_its_lap_and_not_in_the_next() {
    let recorder = Recorder::start(Duration::from_millis(5)).unwrap();
    let mut held = vec![0_u8; 64 << 20];
    let mut rounds = 0_u32;
    let busy = loop {
        // A byte of each page, so that the kernel has to give it.
        held.iter_mut().step_by(4096).for_each(|byte| *byte = byte.wrapping_add(1));
        rounds += 1;
        if rounds.is_multiple_of(50) {
            let lap = recorder.lap("busy").unwrap();
            if lap.process.unwrap().cpu_seconds > 0.0 && lap.n_samples > 1 {
                break lap;
            }
        }
    };
    assert!(held.iter().any(|&byte| byte > 0));
    let process = busy.process.unwrap();
    assert!(process.max_memory_bytes >= 64 << 20 && process.mean_cpus.is_some_and(|cpus| cpus > 0.0), "{busy:?}");
    assert!(busy.cpu.mean_fraction.is_some_and(|fraction| fraction > 0.0 && fraction <= 1.0), "{busy:?}");
    assert!(busy.memory.max_used_bytes >= 64 << 20 && busy.memory.total_bytes > busy.memory.max_used_bytes);
    let idle = recorder.lap("idle").unwrap();
    assert!(idle.name == "idle" && idle.seconds < busy.seconds, "{idle:?}");
}
