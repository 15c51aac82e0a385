//! Plans for stated machines.

use hwprobe::{
    Cpu, CpuReason, Device, Gpu, GpuMemory, GpuNeed, Gpus, Machine, Memory, NoGpu, Os, Plan, Resources, Runs,
    StageNeed, Topology, plan,
};

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

fn machine(threads: usize, memory_bytes: u64, gpu_bytes: &[u64]) -> Resources {
    let gpus = (0..).zip(gpu_bytes).map(|(index, &memory_bytes)| GpuMemory { index, memory_bytes }).collect();
    Resources { threads, memory_bytes, gpus }
}

fn need(name: &str, threads: (usize, usize), memory: (u64, u64), runs: Runs) -> StageNeed {
    StageNeed {
        name: name.to_owned(),
        min_threads: threads.0,
        max_threads: threads.1,
        memory_bytes: memory.0,
        memory_per_thread_bytes: memory.1,
        gpu: GpuNeed::Never,
        runs,
    }
}

/// Loading beside a model, then a search that wants the whole machine.
fn pipeline() -> [StageNeed; 3] {
    let model = need("model", (1, 4), (300 * MIB, 200 * MIB), Runs::Together);
    [
        need("load", (1, 16), (100 * MIB, 50 * MIB), Runs::Together),
        StageNeed { gpu: GpuNeed::Preferred { memory_bytes: 20 * GIB }, ..model },
        need("search", (1, 64), (200 * MIB, 500 * MIB), Runs::Alone),
    ]
}

fn threads(plan: &Plan) -> Vec<usize> {
    plan.stages.iter().map(|stage| stage.threads).collect()
}

/// A server of 64 threads and 256 GiB, of which a control group leaves a container 2 CPUs and 2 GiB.
fn container() -> Machine {
    Machine {
        os: Os { name: None, kernel: None, architecture: "x86_64" },
        cpu: Cpu {
            model: None,
            physical_cores: Some(32),
            logical_threads: 64,
            usable_threads: 2,
            affinity_threads: Some(64),
            quota_cpus: Some(2.0),
            instruction_sets: vec![],
        },
        topology: Topology::default(),
        memory: Memory {
            total_bytes: 256 * GIB,
            available_bytes: 100 * GIB,
            limit_bytes: Some(2 * GIB),
            limit_left_bytes: None,
        },
        disks: vec![],
        gpus: Gpus::None { reason: NoGpu::NoDriver },
    }
}

#[test]
fn resources_are_what_the_limits_and_others_leave() {
    let mut machine_there = container();
    assert_eq!(machine_there.resources(), machine(2, 2 * GIB, &[]));
    machine_there.memory.limit_left_bytes = Some(1500 * MIB);
    assert_eq!(machine_there.resources(), machine(2, 1500 * MIB, &[]));
    machine_there.memory.available_bytes = GIB;
    assert_eq!(machine_there.resources(), machine(2, GIB, &[]));
    machine_there.gpus = Gpus::Found {
        driver: "570.1".to_owned(),
        cuda: "12.8".to_owned(),
        gpus: vec![Gpu {
            index: 0,
            name: "NVIDIA RTX".to_owned(),
            uuid: "GPU-0".to_owned(),
            pci_bus_id: "00000000:01:00.0".to_owned(),
            compute_capability: "12.0".to_owned(),
            memory_total_bytes: 32 * GIB,
            memory_free_bytes: 30 * GIB,
            busy_fraction: None,
            temperature_celsius: None,
            power_watts: None,
            power_limit_watts: None,
        }],
        faults: vec![],
    };
    assert_eq!(machine_there.resources(), machine(2, GIB, &[30 * GIB]));
    machine_there.gpus = Gpus::Failed { reason: "lost".to_owned() };
    assert_eq!(machine_there.resources(), machine(2, GIB, &[]));
}

#[test]
fn a_container_of_2_cores_and_2_gib_runs_all_stages() {
    let plan = plan(&container().resources(), &pipeline()).unwrap();
    assert_eq!(threads(&plan), [1, 1, 2]);
    let bytes: Vec<_> = plan.stages.iter().map(|stage| stage.memory_bytes / MIB).collect();
    assert_eq!(bytes, [150, 500, 1200]);
    assert_eq!(plan.stage("model").unwrap().device, Device::Cpu { because: CpuReason::NoGpu });
    assert_eq!(plan.stage("load").unwrap().device, Device::Cpu { because: CpuReason::NotAsked });
    assert_eq!(plan.stage("nobody"), None);
}

#[test]
fn a_laptop_keeps_one_thread_for_the_system() {
    // 8 threads less 1; 16 GiB less 2; a GPU of 4 GiB is too small for the model.
    let plan = plan(&machine(8, 16 * GIB, &[4 * GIB]), &pipeline()).unwrap();
    assert_eq!((plan.budget.threads, plan.budget.memory_bytes), (7, 14 * GIB));
    assert_eq!(threads(&plan), [4, 3, 7]);
    let expected = "\
Stage   Threads      Memory  Runs      Device
budget        7    14.0 GiB            GPU 0, 3.8 GiB
load          4   300.0 MiB  together  CPU
model         3   900.0 MiB  together  CPU (needs 20.0 GiB of GPU memory, the largest has 3.8 GiB)
search        7     3.6 GiB  alone     CPU
";
    assert_eq!(plan.to_string(), expected);
}

#[test]
fn a_workstation_gives_all_that_is_of_use() {
    let plan = plan(&machine(32, 192 * GIB, &[32 * GIB]), &pipeline()).unwrap();
    assert_eq!((plan.budget.threads, plan.budget.memory_bytes), (31, 184 * GIB));
    assert_eq!(threads(&plan), [16, 4, 31]);
    assert_eq!(plan.stages[1].device, Device::Gpu { index: 0, memory_bytes: 20 * GIB });
}

#[test]
fn a_fallback_to_the_cpu_says_why_in_json_too() {
    let plan = plan(&machine(16, 32 * GIB, &[16 * GIB]), &pipeline()).unwrap();
    let device = serde_json::to_value(plan.stages[1].device).unwrap();
    let reason = serde_json::json!({ "needed_bytes": 20 * GIB, "largest_bytes": 15 * GIB });
    assert_eq!(device, serde_json::json!({ "kind": "cpu", "because": { "gpu_too_small": reason } }));
}

#[test]
fn memory_for_each_thread_limits_threads() {
    let hungry = need("hungry", (1, 16), (GIB, 3 * GIB), Runs::Alone);
    let plan = plan(&machine(16, 16 * GIB, &[]), &[hungry]).unwrap();
    assert_eq!((plan.stages[0].threads, plan.stages[0].memory_bytes), (4, 13 * GIB));
}

#[test]
fn most_stages_find_room_on_a_gpu_and_those_that_require_it_come_first() {
    let on_gpu = |name, gpu| StageNeed { gpu, ..need(name, (1, 1), (0, 0), Runs::Together) };
    let stages = [
        on_gpu("large", GpuNeed::Preferred { memory_bytes: 10 * GIB }),
        on_gpu("small", GpuNeed::Preferred { memory_bytes: 5 * GIB }),
        on_gpu("must", GpuNeed::Required { memory_bytes: 12 * GIB }),
    ];
    let devices = |gpus: &[u64]| -> Vec<_> {
        plan(&machine(4, GIB, gpus), &stages)
            .unwrap()
            .stages
            .into_iter()
            .map(|stage| stage.device.to_string())
            .collect()
    };
    let taken = "CPU (needs 10.0 GiB of GPU memory, other stages hold it)";
    assert_eq!(devices(&[24 * GIB]), [taken, "GPU 0, 5.0 GiB", "GPU 0, 12.0 GiB"]);
    assert_eq!(devices(&[16 * GIB, 24 * GIB]), ["GPU 1, 10.0 GiB", "GPU 1, 5.0 GiB", "GPU 0, 12.0 GiB"]);
}

#[test]
fn an_error_names_the_stage_and_what_is_missing() {
    let must = |memory_bytes| StageNeed {
        gpu: GpuNeed::Required { memory_bytes },
        ..need("vision", (1, 1), (0, 0), Runs::Together)
    };
    let one = |name| need(name, (1, 1), (0, 0), Runs::Together);
    let big = need("big", (1, 1), (2 * GIB, 0), Runs::Alone);
    for (gpus, stages, text) in [
        (vec![], vec![one("a"), one("b"), one("c")], "stage `c` does not fit: too few threads (1 needed, 0 left)"),
        (vec![], vec![big], "stage `big` does not fit: too little memory (2147483648 bytes needed, 1879048192 left)"),
        (vec![], vec![must(9)], "stage `vision` does not fit: no room on a GPU (9 bytes needed, there is none)"),
        (
            vec![GIB],
            vec![must(GIB)],
            "stage `vision` does not fit: no room on a GPU (1073741824 bytes needed, the largest has 805306368)",
        ),
        (
            vec![GIB],
            vec![StageNeed { name: "first".to_owned(), ..must(600 * MIB) }, must(600 * MIB)],
            "stage `vision` does not fit: no room on a GPU (629145600 bytes needed, stages that run at the same time \
             hold too much)",
        ),
        (vec![], vec![one("a"), one("a")], "stage `a` has the name of an earlier stage"),
        (vec![], vec![need("a", (0, 1), (0, 0), Runs::Alone)], "stage `a` needs 0 threads and must need 1 at least"),
        (vec![], vec![need("a", (2, 1), (0, 0), Runs::Alone)], "stage `a` needs more threads than it can make use of"),
    ] {
        let error = plan(&machine(2, 2 * GIB, &gpus), &stages).unwrap_err();
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn no_need_overflows() {
    let endless = need("endless", (1, usize::MAX), (0, u64::MAX), Runs::Alone);
    assert!(plan(&machine(2, 2 * GIB, &[]), &[endless]).is_err());
    let wide = need("wide", (1, usize::MAX), (GIB, MIB), Runs::Alone);
    assert_eq!(threads(&plan(&machine(64, 64 * GIB, &[]), &[wide]).unwrap()), [63]);
    assert_eq!(plan(&machine(0, 0, &[]), &[]).unwrap().stages, []);
}

#[test]
fn stages_are_read_back_from_json_as_they_were() {
    for need in pipeline() {
        let json = serde_json::to_string(&need).unwrap();
        assert_eq!(serde_json::from_str::<StageNeed>(&json).unwrap(), need);
    }
    let json = serde_json::to_value(&pipeline()[1]).unwrap();
    for (key, word) in [("min_threads", "missing field `min_threads`"), ("gpu", "missing field `gpu`")] {
        let mut json = json.clone();
        json.as_object_mut().unwrap().remove(key);
        assert!(serde_json::from_value::<StageNeed>(json).unwrap_err().to_string().contains(word));
    }
    let mut json = json;
    json["gpu"]["memory"] = 5.into();
    assert!(serde_json::from_value::<StageNeed>(json).unwrap_err().to_string().contains("unknown field `memory`"));
}
