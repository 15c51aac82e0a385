//! Folders laid out as the kernel lays its files out.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

/// A machine's files below a folder that goes with it.
pub(crate) struct Tree {
    folder: TempDir,
}

impl Tree {
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// From texts in the form of `tail -n +1 FILES`; lines before the first name are passed over.
    pub(crate) fn captured(texts: &str) -> Self {
        let tree = Self::empty();
        for part in texts.split("==> ").skip(1) {
            let (path, text) = part.split_once(" <==\n").unwrap();
            tree.write(path, text);
        }
        tree
    }

    /// A machine without limits: `cores` with two threads each, numbered as the kernel does, on `nodes` chips that have
    /// 32 MiB of third level and an equal part of the memory.
    pub(crate) fn machine(cores: usize, nodes: usize, total_gib: u64, available_gib: u64) -> Self {
        let tree = Self::empty();
        let mut stat = "cpu  986949 57 125038 557221 8011 0 873 997 0 0\n".to_owned();
        let mut info = String::new();
        for cpu in 0..2 * cores {
            writeln!(stat, "cpu{cpu} 482692 29 59528 294026 2535 0 63 507 0 0").unwrap();
            writeln!(info, "processor\t: {cpu}\nmodel name\t: AMD Ryzen Threadripper PRO 7955WX 16-Cores\n").unwrap();
            tree.cpu(cpu, cores, nodes);
        }
        tree.write("proc/stat", &format!("{stat}intr 5543815 0 0\nctxt 11512521\nbtime 1795357507\n"));
        tree.write("proc/cpuinfo", &info);
        let kib = |gib: u64| gib << 20;
        let (total, free, available) = (kib(total_gib), kib(available_gib) / 2, kib(available_gib));
        let text = format!("MemTotal:       {total} kB\nMemFree:        {free} kB\nMemAvailable:   {available} kB\n");
        tree.write("proc/meminfo", &text);
        for node in 0..nodes {
            let folder = format!("sys/devices/system/node/node{node}");
            tree.write(&format!("{folder}/cpulist"), &format!("{}\n", chip(node, cores, nodes)));
            let total = total / nodes as u64;
            tree.write(&format!("{folder}/meminfo"), &format!("Node {node} MemTotal:       {total} kB\n"));
        }
        tree.write("etc/os-release", "NAME=\"Ubuntu\"\nPRETTY_NAME=\"Ubuntu 24.04.2 LTS\"\n");
        tree.write("proc/sys/kernel/osrelease", "6.8.0-60-generic\n");
        tree.affinity(&format!("0-{}", 2 * cores - 1));
        tree
    }

    fn cpu(&self, cpu: usize, cores: usize, nodes: usize) {
        let core = cpu % cores;
        let siblings = format!("{core},{}", core + cores);
        let folder = format!("sys/devices/system/cpu/cpu{cpu}");
        self.write(&format!("{folder}/topology/thread_siblings_list"), &format!("{siblings}\n"));
        let chip = chip(core * nodes / cores, cores, nodes);
        for (index, texts) in [
            ["1", "Data", "32K", &*siblings],
            ["1", "Instruction", "32K", &*siblings],
            ["2", "Unified", "1024K", &*siblings],
            ["3", "Unified", "32768K", &*chip],
        ]
        .into_iter()
        .enumerate()
        {
            for (name, text) in ["level", "type", "size", "shared_cpu_list"].into_iter().zip(texts) {
                self.write(&format!("{folder}/cache/index{index}/{name}"), &format!("{text}\n"));
            }
        }
    }

    /// The threads that a process may run on, by its affinity and its cpuset.
    pub(crate) fn affinity(&self, list: &str) {
        self.write("proc/self/status", &format!("Name:\taio\nThreads:\t1\nCpus_allowed_list:\t{list}\n"));
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }
}

/// The threads of a chip.
fn chip(node: usize, cores: usize, nodes: usize) -> String {
    let (each, first) = (cores / nodes, node * cores / nodes);
    let last = first + each - 1;
    format!("{first}-{last},{}-{}", first + cores, last + cores)
}
