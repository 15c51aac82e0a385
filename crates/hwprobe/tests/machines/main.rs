//! Whole machines from the texts of their kernels, and the plans for them: from a container of 2 cores to a workstation
//! of 32 threads, 192 GiB and a GPU of 32 GiB. One of them was captured, the others are written in the same form.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod tree;

use std::time::Duration;

use hwprobe::{
    CpuReason, Device, DiskCounts, GpuMemory, GpuNeed, Gpus, Machine, NoGpu, Plan, Resources, Runs, Snapshot,
    StageNeed, plan,
};

use crate::tree::Tree;

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

const V2_HOST: &str = "\
22 28 0:20 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
28 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
35 23 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
";
/// With a namespace of its own, as Docker gives on a host of version 2.
const V2_CONTAINER: &str = "\
812 731 0:58 / / rw,relatime master:310 - overlay overlay rw,lowerdir=/l/A:/l/B,upperdir=/u/diff,workdir=/u/work
813 812 0:62 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
816 815 0:30 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw,nsdelegate,memory_recursiveprot
";
/// As in a pod: each hierarchy shows the container's own group as its root.
const V1_POD: &str = "\
1530 1420 0:301 / / rw,relatime - overlay overlay rw,lowerdir=/l/A,upperdir=/u/diff,workdir=/u/work
1541 1540 0:29 /kubepods/burstable/pod1c/7f /sys/fs/cgroup/cpu,cpuacct ro,nosuid - cgroup cgroup rw,cpu,cpuacct
1544 1540 0:32 /kubepods/burstable/pod1c/7f /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory
1549 1540 0:33 /kubepods/burstable/pod1c/7f /sys/fs/cgroup/cpuset ro,nosuid - cgroup cgroup rw,cpuset
";

fn need(name: &str, threads: (usize, usize), memory: (u64, u64), gpu: GpuNeed, runs: Runs) -> StageNeed {
    StageNeed {
        name: name.to_owned(),
        min_threads: threads.0,
        max_threads: threads.1,
        memory_bytes: memory.0,
        memory_per_thread_bytes: memory.1,
        gpu,
        runs,
    }
}

/// Loading beside a model, then a search that wants the whole machine.
fn stages() -> [StageNeed; 3] {
    let on_gpu = GpuNeed::Preferred { memory_bytes: 20 * GIB };
    [
        need("load", (1, 8), (100 * MIB, 50 * MIB), GpuNeed::Never, Runs::Together),
        need("model", (1, 4), (300 * MIB, 200 * MIB), on_gpu, Runs::Together),
        need("search", (1, 64), (200 * MIB, 300 * MIB), GpuNeed::Never, Runs::Alone),
    ]
}

fn threads(plan: &Plan) -> Vec<usize> {
    plan.stages.iter().map(|stage| stage.threads).collect()
}

fn machine(tree: &Tree) -> Machine {
    Machine::read(tree.root()).unwrap()
}

#[test]
fn a_container_of_2_cores_on_a_large_server_gets_what_version_2_leaves_it() {
    let tree = Tree::machine(32, 2, 256, 200);
    tree.write("proc/self/mountinfo", V2_CONTAINER);
    tree.write("proc/self/cgroup", "0::/\n");
    tree.write("sys/fs/cgroup/cpu.max", "200000 100000\n");
    tree.write("sys/fs/cgroup/cpuset.cpus.effective", "0-63\n");
    tree.write("sys/fs/cgroup/memory.max", "2147483648\n");
    tree.write("sys/fs/cgroup/memory.current", "314572800\n");
    tree.write("sys/fs/cgroup/memory.stat", "anon 104857600\nfile 209715200\ninactive_file 104857600\n");
    let machine = machine(&tree);
    assert_eq!((machine.cpu.logical_threads, machine.cpu.physical_cores), (64, Some(32)));
    assert_eq!((machine.cpu.usable_threads, machine.cpu.quota_cpus), (2, Some(2.0)));
    assert_eq!((machine.memory.ceiling_bytes(), machine.memory.left_bytes()), (2 * GIB, 2 * GIB - 200 * MIB));
    let plan = plan(&machine.resources(), &stages()).unwrap();
    assert_eq!(plan.budget, Resources { threads: 2, memory_bytes: 2 * GIB - 456 * MIB, gpus: vec![] });
    assert_eq!(threads(&plan), [1, 1, 2]);
    assert_eq!(plan.stages[1].device, Device::Cpu { because: CpuReason::NoGpu });
}

#[test]
fn a_pod_of_version_1_gets_its_quota_though_the_node_is_large() {
    let tree = Tree::machine(16, 1, 64, 40);
    tree.write("proc/self/mountinfo", V1_POD);
    tree.write(
        "proc/self/cgroup",
        "12:cpuset:/kubepods/burstable/pod1c/7f\n6:memory:/kubepods/burstable/pod1c/7f\n\
         4:cpu,cpuacct:/kubepods/burstable/pod1c/7f\n1:name=systemd:/kubepods/burstable/pod1c/7f\n",
    );
    for (file, text) in [("cpu.cfs_quota_us", "350000\n"), ("cpu.cfs_period_us", "100000\n")] {
        tree.write(&format!("sys/fs/cgroup/cpu,cpuacct/{file}"), text);
    }
    let limit = (4 * GIB).to_string();
    for (file, text) in [
        ("memory.limit_in_bytes", &*limit),
        ("memory.usage_in_bytes", "1073741824"),
        ("memory.stat", "cache 5\ninactive_file 7\ntotal_cache 5\ntotal_inactive_file 536870912"),
    ] {
        tree.write(&format!("sys/fs/cgroup/memory/{file}"), &format!("{text}\n"));
    }
    let machine = machine(&tree);
    assert_eq!((machine.cpu.usable_threads, machine.cpu.quota_cpus), (3, Some(3.5)));
    assert_eq!(machine.memory.left_bytes(), 4 * GIB - 512 * MIB);
    let plan = plan(&machine.resources(), &stages()).unwrap();
    assert_eq!(threads(&plan), [2, 1, 3]);
}

#[test]
fn nested_groups_and_a_cpuset_of_version_2_give_the_least_of_all() {
    let tree = Tree::machine(16, 2, 128, 100);
    tree.affinity("8-15");
    tree.write("proc/self/mountinfo", V2_HOST);
    tree.write("proc/self/cgroup", "0::/batch.slice/batch-night.slice/job.service\n");
    let folder = "sys/fs/cgroup/batch.slice";
    for (group, cpu, memory, current) in [
        ("/batch-night.slice/job.service", "max 100000", "max", "2147483648"),
        ("/batch-night.slice", "max 100000", "34359738368", "6442450944"),
        ("", "600000 100000", "max", "12884901888"),
    ] {
        tree.write(&format!("{folder}{group}/cpu.max"), &format!("{cpu}\n"));
        tree.write(&format!("{folder}{group}/memory.max"), &format!("{memory}\n"));
        tree.write(&format!("{folder}{group}/memory.current"), &format!("{current}\n"));
        tree.write(&format!("{folder}{group}/memory.stat"), "anon 5\ninactive_file 0\n");
    }
    let machine = machine(&tree);
    assert_eq!((machine.cpu.affinity_threads, machine.cpu.quota_cpus), (Some(8), Some(6.0)));
    assert_eq!(machine.cpu.usable_threads, 6);
    assert_eq!((machine.memory.limit_bytes, machine.memory.left_bytes()), (Some(32 * GIB), 26 * GIB));
    tree.write("sys/fs/cgroup/batch.slice/cpu.max", "max 100000\n");
    assert_eq!(Machine::read(tree.root()).unwrap().cpu.usable_threads, 8);
}

#[test]
fn a_workstation_of_32_threads_and_a_large_gpu_gives_all_that_is_of_use() {
    let tree = Tree::machine(16, 2, 192, 184);
    tree.write("proc/self/mountinfo", V2_HOST);
    tree.write("proc/self/cgroup", "0::/user.slice/user-1000.slice/user@1000.service/app.slice/term.scope\n");
    for group in ["user.slice", "user.slice/user-1000.slice", "user.slice/user-1000.slice/user@1000.service"] {
        tree.write(&format!("sys/fs/cgroup/{group}/cpu.max"), "max 100000\n");
        tree.write(&format!("sys/fs/cgroup/{group}/memory.max"), "max\n");
    }
    let machine = machine(&tree);
    assert_eq!(machine.gpus, Gpus::None { reason: NoGpu::NotAsked });
    assert_eq!((machine.cpu.usable_threads, machine.cpu.physical_cores), (32, Some(16)));
    assert_eq!((machine.memory.limit_bytes, machine.memory.limit_left_bytes), (None, None));
    assert_eq!(machine.topology.numa_nodes.iter().map(|node| node.memory_bytes / GIB).collect::<Vec<_>>(), [96, 96]);
    let mut resources = machine.resources();
    assert_eq!(resources, Resources { threads: 32, memory_bytes: 184 * GIB, gpus: vec![] });
    resources.gpus = vec![GpuMemory { index: 0, memory_bytes: 32 * GIB }];
    let plan = plan(&resources, &stages()).unwrap();
    assert_eq!(threads(&plan), [8, 4, 31]);
    assert_eq!(plan.stages[1].device, Device::Gpu { index: 0, memory_bytes: 20 * GIB });
    let shown = machine.to_string();
    let expected = "\
System  Ubuntu 24.04.2 LTS, kernel 6.8.0-60-generic, x86_64
CPU     AMD Ryzen Threadripper PRO 7955WX 16-Cores, 16 cores, 32 threads
Usable  32 threads (affinity 32, quota none)
";
    assert!(shown.starts_with(&expected.replace("x86_64", machine.os.architecture)), "{shown}");
    assert!(shown.contains("Cache   L3                2 x  32.0 MiB, each for 16 threads\n"), "{shown}");
}

#[test]
fn a_captured_machine_shows_the_limits_of_nested_groups_of_version_1() {
    let tree = Tree::captured(include_str!("../captured/nested-v1.txt"));
    let machine = machine(&tree);
    assert_eq!(machine.os.name.as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
    assert_eq!(machine.cpu.model.as_deref(), Some("AMD EPYC"));
    assert_eq!((machine.cpu.logical_threads, machine.cpu.physical_cores), (2, Some(2)));
    // `taskset -c 1` in a group of which the outer one has 1.5 CPUs.
    assert_eq!((machine.cpu.affinity_threads, machine.cpu.quota_cpus), (Some(1), Some(1.5)));
    assert_eq!(machine.cpu.usable_threads, 1);
    assert_eq!(machine.memory.total_bytes, 24_684_096 << 10);
    // 888832 bytes in use, of which 65536 are of a file not read lately.
    let limit = 512 * MIB;
    assert_eq!((machine.memory.limit_bytes, machine.memory.left_bytes()), (Some(limit), limit - (888_832 - 65_536)));
    let caches: Vec<_> = machine.topology.caches.iter().map(|c| (c.level, c.size_bytes >> 10, c.count)).collect();
    assert_eq!(caches, [(1, 32, 2), (1, 32, 2), (2, 1024, 2), (3, 32_768, 1)]);
}

#[test]
fn a_captured_machine_has_a_load_too() {
    let tree = Tree::captured(include_str!("../captured/nested-v1.txt"));
    let snapshot = Snapshot::read(tree.root(), Duration::ZERO).unwrap();
    assert_eq!(snapshot.cpus[0].busy_ticks, 642_485 + 32 + 88_221 + 102 + 658);
    let vda = DiskCounts { name: "vda".to_owned(), read_bytes: 52_804_450 * 512, written_bytes: 140_202_944 * 512 };
    assert_eq!(snapshot.disks, [vda]);
    let process = snapshot.process.unwrap();
    assert!(process.memory_bytes > 0 && process.memory_bytes <= process.memory_peak_bytes, "{process:?}");
    assert_eq!((process.threads, process.written_bytes), (1, Some(8192)));
}
