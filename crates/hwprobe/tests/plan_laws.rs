//! What holds for every plan.

use hwprobe::{Device, GpuMemory, GpuNeed, Plan, Resources, Runs, StageNeed, plan};
use proptest::prelude::*;

const MIB: u64 = 1 << 20;

fn machine() -> impl Strategy<Value = Resources> {
    (prop_oneof![1..12_usize, 1..48_usize], 300..40_000_u64, prop::collection::vec(200..40_000_u64, 0..4)).prop_map(
        |(threads, mib, gpus)| {
            let gpus = (0..).zip(gpus).map(|(index, mib)| GpuMemory { index, memory_bytes: mib * MIB }).collect();
            Resources { threads, memory_bytes: mib * MIB, gpus }
        },
    )
}

/// The machine with more of some things: threads, memory, memory of its GPUs, a further GPU.
fn larger(machine: &Resources, threads: usize, mib: u64, gpu_mib: &[u64], further: Option<u64>) -> Resources {
    let mut larger = machine.clone();
    larger.threads += threads;
    larger.memory_bytes += mib * MIB;
    for (gpu, mib) in larger.gpus.iter_mut().zip(gpu_mib) {
        gpu.memory_bytes += mib * MIB;
    }
    larger.gpus.extend(further.map(|mib| GpuMemory { index: 9, memory_bytes: mib * MIB }));
    larger
}

fn stages() -> impl Strategy<Value = Vec<StageNeed>> {
    let gpu = prop_oneof![
        Just(GpuNeed::Never),
        (0..20_000_u64).prop_map(|mib| GpuNeed::Preferred { memory_bytes: mib * MIB }),
        (0..4_000_u64).prop_map(|mib| GpuNeed::Required { memory_bytes: mib * MIB }),
    ];
    let runs = prop_oneof![Just(Runs::Together), Just(Runs::Together), Just(Runs::Alone)];
    let one = (1..4_usize, 0..40_usize, 0..2_000_u64, 0..1_500_u64, gpu, runs);
    prop::collection::vec(one, 0..6).prop_map(|stages| {
        let need = |(place, (min_threads, steps, mib, mib_each, gpu, runs))| StageNeed {
            name: format!("stage {place}"),
            min_threads,
            max_threads: min_threads + steps,
            memory_bytes: mib * MIB,
            memory_per_thread_bytes: mib_each * MIB,
            gpu,
            runs,
        };
        stages.into_iter().enumerate().map(need).collect()
    })
}

/// Threads, main memory and GPU memory by index that the chosen stages hold.
fn held(plan: &Plan, chosen: &[usize]) -> (usize, u64, Vec<(u32, u64)>) {
    let stages = chosen.iter().map(|&place| &plan.stages[place]);
    let on_gpus = stages.clone().filter_map(|stage| match stage.device {
        Device::Gpu { index, memory_bytes } => Some((index, memory_bytes)),
        Device::Cpu { .. } => None,
    });
    (stages.clone().map(|stage| stage.threads).sum(), stages.map(|stage| stage.memory_bytes).sum(), on_gpus.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_runs_at_the_same_time_fits_into_the_machine(machine in machine(), stages in stages()) {
        let Ok(plan) = plan(&machine, &stages) else { return Ok(()) };
        let together = (0..stages.len()).filter(|&place| stages[place].runs == Runs::Together).collect();
        let alone = (0..stages.len()).filter(|&place| stages[place].runs == Runs::Alone).map(|place| vec![place]);
        for chosen in alone.chain([together]) {
            let (threads, bytes, on_gpus) = held(&plan, &chosen);
            prop_assert!(threads <= machine.threads && bytes <= machine.memory_bytes);
            for gpu in &machine.gpus {
                let bytes: u64 = on_gpus.iter().filter(|(index, _)| *index == gpu.index).map(|(_, bytes)| bytes).sum();
                prop_assert!(bytes <= gpu.memory_bytes);
            }
        }
    }

    #[test]
    fn each_stage_gets_what_it_stated(machine in machine(), stages in stages()) {
        let Ok(plan) = plan(&machine, &stages) else { return Ok(()) };
        prop_assert_eq!(plan.stages.len(), stages.len());
        for (stage, need) in plan.stages.iter().zip(&stages) {
            prop_assert_eq!(&stage.name, &need.name);
            prop_assert!((need.min_threads..=need.max_threads).contains(&stage.threads));
            let bytes = need.memory_bytes + need.memory_per_thread_bytes * stage.threads as u64;
            prop_assert_eq!(stage.memory_bytes, bytes);
            let is_on_gpu = matches!(stage.device, Device::Gpu { .. });
            let requires_gpu = matches!(need.gpu, GpuNeed::Required { .. });
            prop_assert!(is_on_gpu || !requires_gpu);
            prop_assert!(!is_on_gpu || need.gpu != GpuNeed::Never);
        }
    }

    // Small steps add up to large ones, and show a loss that a larger gain would hide.
    #[test]
    fn a_larger_machine_gives_no_stage_less(
        machine in machine(),
        stages in stages(),
        threads in 0..3_usize,
        mib in 0..400_u64,
        gpu_mib in prop::collection::vec(0..2_000_u64, 4),
        further in prop::option::of(200..40_000_u64),
    ) {
        let Ok(small) = plan(&machine, &stages) else { return Ok(()) };
        let large = plan(&larger(&machine, threads, mib, &gpu_mib, further), &stages);
        prop_assert!(large.is_ok(), "{:?}", large);
        for (small, large) in small.stages.iter().zip(&large.map_err(|e| TestCaseError::fail(e.to_string()))?.stages) {
            prop_assert!(large.threads >= small.threads && large.memory_bytes >= small.memory_bytes);
            let lost_gpu = matches!((small.device, large.device), (Device::Gpu { .. }, Device::Cpu { .. }));
            prop_assert!(!lost_gpu, "{:?} {:?}", small, large);
        }
    }

    #[test]
    fn a_larger_gpu_sends_no_stage_to_the_cpu(
        gib in prop::collection::vec(1..16_u64, 1..4),
        needs in prop::collection::vec((1..10_u64, any::<bool>()), 1..6),
        grown in prop::collection::vec(0..3_u64, 4),
    ) {
        let stage = |(place, &(gib, is_required)): (usize, &(u64, bool))| StageNeed {
            name: place.to_string(),
            min_threads: 1,
            max_threads: 1,
            memory_bytes: 0,
            memory_per_thread_bytes: 0,
            gpu: match gib * 1024 * MIB {
                memory_bytes if is_required && gib < 3 => GpuNeed::Required { memory_bytes },
                memory_bytes => GpuNeed::Preferred { memory_bytes },
            },
            runs: Runs::Together,
        };
        let stages: Vec<_> = needs.iter().enumerate().map(stage).collect();
        // A GiB more than the stages are told of, for the reserve.
        let gpu = |(index, gib): (u32, &u64)| GpuMemory { index, memory_bytes: (gib + 1) * 1024 * MIB };
        let machine = Resources { threads: 6, memory_bytes: 1024 * MIB, gpus: (0..).zip(&gib).map(gpu).collect() };
        let Ok(small) = plan(&machine, &stages) else { return Ok(()) };
        let grown: Vec<_> = grown.iter().map(|gib| gib * 1024).collect();
        let large = plan(&larger(&machine, 0, 0, &grown, None), &stages);
        prop_assert!(large.is_ok(), "{:?}", large);
        for (small, large) in small.stages.iter().zip(&large.map_err(|e| TestCaseError::fail(e.to_string()))?.stages) {
            let lost_gpu = matches!((small.device, large.device), (Device::Gpu { .. }, Device::Cpu { .. }));
            prop_assert!(!lost_gpu, "{:?} {:?}", small, large);
        }
    }

    #[test]
    fn a_stage_alone_gets_all_that_fits(machine in machine(), stages in stages()) {
        let Ok(plan) = plan(&machine, &stages) else { return Ok(()) };
        for (stage, need) in plan.stages.iter().zip(&stages).filter(|(_, need)| need.runs == Runs::Alone) {
            let one_more = stage.memory_bytes + need.memory_per_thread_bytes;
            let is_full = stage.threads == need.max_threads || stage.threads == plan.budget.threads;
            prop_assert!(is_full || one_more > plan.budget.memory_bytes);
        }
    }
}
