//! The limits of a process, read from folders laid out as the kernel lays them out.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::fs;
use std::path::Path;

use hwprobe::Limits;
use tempfile::TempDir;

/// A root folder with these files.
fn root(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn read(files: &[(&str, &str)]) -> Limits {
    Limits::read(root(files).path()).unwrap()
}

fn problem(files: &[(&str, &str)]) -> String {
    let root = root(files);
    let mut text = String::new();
    let error = Limits::read(root.path()).unwrap_err();
    let mut next: Option<&dyn std::error::Error> = Some(&error);
    while let Some(error) = next {
        text.push_str(&error.to_string());
        text.push('|');
        next = error.source();
    }
    text.replace(root.path().to_str().unwrap(), "")
}

const STATUS: (&str, &str) = ("proc/self/status", "Name:\taio\nCpus_allowed:\t00ff\nCpus_allowed_list:\t0-3,6\n");
const V2_MOUNT: (&str, &str) =
    ("proc/self/mountinfo", "31 22 0:27 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
const V1_MOUNTS: &str = "\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
33 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
";

#[test]
fn without_control_groups_only_the_affinity_counts() {
    assert_eq!(read(&[STATUS]), Limits { affinity_threads: Some(5), ..Limits::default() });
}

#[test]
fn version_2_takes_the_least_on_the_way_up() {
    let limits = read(&[
        STATUS,
        V2_MOUNT,
        ("proc/self/cgroup", "0::/system.slice/aio.service\n"),
        ("sys/fs/cgroup/system.slice/aio.service/cpu.max", "max 100000\n"),
        ("sys/fs/cgroup/system.slice/aio.service/memory.max", "2147483648\n"),
        ("sys/fs/cgroup/system.slice/cpu.max", "250000 100000\n"),
        ("sys/fs/cgroup/system.slice/memory.max", "1073741824\n"),
    ]);
    assert_eq!(limits.quota_cpus, Some(2.5));
    assert_eq!(limits.memory_bytes, Some(1 << 30));
}

#[test]
fn what_is_left_is_the_least_on_the_way_up_without_idle_page_cache() {
    let files = [
        STATUS,
        V2_MOUNT,
        ("proc/self/cgroup", "0::/system.slice/aio.service\n"),
        ("sys/fs/cgroup/system.slice/aio.service/memory.max", "2147483648\n"),
        ("sys/fs/cgroup/system.slice/aio.service/memory.current", "536870912\n"),
        (
            "sys/fs/cgroup/system.slice/aio.service/memory.stat",
            "anon 1\nfile 2\ninactive_file 268435456\nactive_file 3\n",
        ),
        // The slice above has a larger limit, and others hold most of it.
        ("sys/fs/cgroup/system.slice/memory.max", "4294967296\n"),
        ("sys/fs/cgroup/system.slice/memory.current", "4026531840\n"),
        ("sys/fs/cgroup/system.slice/memory.stat", "inactive_file 0\n"),
    ];
    let limits = read(&files);
    assert_eq!((limits.memory_bytes, limits.memory_left_bytes), (Some(2 << 30), Some(256 << 20)));
    assert_eq!(read(&files[..6]).memory_left_bytes, Some((2 << 30) - (256 << 20)));
    // A limit whose use the kernel does not tell leaves it open what is left.
    assert_eq!(read(&files[..5]).memory_left_bytes, None);
    let (mut over, mut malformed) = (files, files);
    over[7].1 = "9000000000\n";
    assert_eq!(read(&over).memory_left_bytes, Some(0));
    malformed[5].1 = "anon 1\n";
    let expected = "aio.service/memory.stat is malformed|`inactive_file` is not a line of memory.stat with its bytes|";
    assert!(problem(&malformed).ends_with(expected));
}

#[test]
fn version_2_in_a_container_shows_the_group_as_the_root() {
    let limits = read(&[
        STATUS,
        V2_MOUNT,
        ("proc/self/cgroup", "0::/\n"),
        ("sys/fs/cgroup/cpu.max", "150000 50000\n"),
        ("sys/fs/cgroup/memory.max", "max\n"),
    ]);
    assert_eq!((limits.quota_cpus, limits.memory_bytes), (Some(3.0), None));
}

#[test]
fn version_1_has_a_folder_for_each_controller() {
    let limits = read(&[
        STATUS,
        ("proc/self/mountinfo", V1_MOUNTS),
        ("proc/self/cgroup", "4:memory:/app\n3:cpu,cpuacct:/app/worker\n0::/\n"),
        ("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n"),
        ("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n"),
        ("sys/fs/cgroup/cpu,cpuacct/app/worker/cpu.cfs_quota_us", "50000\n"),
        ("sys/fs/cgroup/cpu,cpuacct/app/worker/cpu.cfs_period_us", "100000\n"),
        ("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"),
        ("sys/fs/cgroup/memory/app/memory.limit_in_bytes", "536870912\n"),
        ("sys/fs/cgroup/memory/app/memory.usage_in_bytes", "209715200\n"),
        ("sys/fs/cgroup/memory/app/memory.stat", "inactive_file 9\ntotal_inactive_file 104857600\n"),
    ]);
    assert_eq!((limits.quota_cpus, limits.memory_bytes), (Some(0.5), Some(512 << 20)));
    assert_eq!(limits.memory_left_bytes, Some(412 << 20));
}

#[test]
fn version_1_in_a_container_mounts_its_own_group() {
    let limits = read(&[
        STATUS,
        ("proc/self/mountinfo", "35 31 0:32 /docker/7f /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"),
        ("proc/self/cgroup", "4:memory:/docker/7f\n"),
        ("sys/fs/cgroup/memory/memory.limit_in_bytes", "268435456\n"),
    ]);
    assert_eq!(limits.memory_bytes, Some(256 << 20));
}

#[test]
fn a_malformed_file_is_named() {
    let groups = ("proc/self/cgroup", "0::/\n");
    for (files, text) in [
        (vec![], "cannot read /proc/self/status|No such file"),
        (
            vec![("proc/self/status", "Cpus_allowed_list:\t3-1\n")],
            "/proc/self/status is malformed|`3-1` is not a list of CPUs such as 0-3,8|",
        ),
        (vec![STATUS, ("proc/self/cgroup", "what\n")], "/proc/self/cgroup is malformed|`what` is not a control group"),
        (
            vec![STATUS, groups, ("proc/self/mountinfo", "what\n")],
            "/proc/self/mountinfo is malformed|`what` is not a mount",
        ),
        (
            vec![STATUS, groups, V2_MOUNT, ("sys/fs/cgroup/cpu.max", "lots\n")],
            "/sys/fs/cgroup/cpu.max is malformed|`lots` is not a quota and a period in microseconds|",
        ),
        (
            vec![STATUS, groups, V2_MOUNT, ("sys/fs/cgroup/memory.max", "-5\n")],
            "/sys/fs/cgroup/memory.max is malformed|`-5` is not a number of bytes or max|",
        ),
    ] {
        let found = problem(&files);
        assert!(found.starts_with(text), "{found}");
    }
}

#[test]
fn the_real_files_are_read() {
    let limits = Limits::read(Path::new("/")).unwrap();
    assert!(limits.affinity_threads.is_some_and(|threads| threads >= 1));
}
