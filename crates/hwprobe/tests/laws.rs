//! What holds for every text.

use hwprobe::{
    cpu_list_len, parse_cache_size, parse_cgroups, parse_cpu_max, parse_cpu_model, parse_cpu_quota, parse_cpu_times,
    parse_disk_counts, parse_memory_limit, parse_memory_stat, parse_memory_use, parse_mounts, parse_network_counts,
    parse_node_memory, parse_os_name, parse_process_io, parse_process_status, parse_process_ticks,
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_list_of_ranges_has_the_length_of_its_ranges(
        ranges in prop::collection::vec((0..1000_usize, 0..64_usize), 1..8),
    ) {
        let text = ranges
            .iter()
            .map(|(first, steps)| match steps {
                0 => first.to_string(),
                _ => format!("{first}-{}", first + steps),
            })
            .collect::<Vec<_>>()
            .join(",");
        prop_assert_eq!(cpu_list_len(&text).unwrap(), ranges.iter().map(|(_, steps)| steps + 1).sum::<usize>());
    }

    #[test]
    fn both_versions_of_a_quota_mean_the_same(quota in 1_000..10_000_000_u64, period in 1_000..1_000_000_u64) {
        let v2 = parse_cpu_max(&format!("{quota} {period}\n")).unwrap();
        let v1 = parse_cpu_quota(&format!("{quota}\n"), &format!("{period}\n")).unwrap();
        prop_assert_eq!(v1, v2);
        prop_assert!(v1.is_some_and(|cpus| cpus > 0.0));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "[a-z0-9:,/ ()=\"\\\\.\n-]{0,80}") {
        let _ = (cpu_list_len(&text), parse_cpu_max(&text), parse_cpu_quota(&text, &text));
        let _ = (parse_memory_limit(&text), parse_cgroups(&text), parse_mounts(&text));
        let _ = (parse_cache_size(&text), parse_node_memory(&text), parse_memory_use(&text));
        let _ = (parse_cpu_model(&text), parse_os_name(&text), parse_memory_stat(&text, "a"));
        let _ = (parse_process_ticks(&text), parse_process_status(&text, "a"), parse_process_io(&text, "a"));
        let _ = (parse_cpu_times(&text), parse_disk_counts(&text), parse_network_counts(&text));
    }
}
