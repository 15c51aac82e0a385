use crate::Error;

/// How many CPUs a list such as `0-3,8,10-11` names.
///
/// ```
/// assert_eq!(hwprobe::cpu_list_len("0-3,8,10-11")?, 7);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] for another form. Source: Linux `cpuset(7)`, "List format".
pub fn cpu_list_len(list: &str) -> Result<usize, Error> {
    let malformed = || Error::Text { text: list.trim().to_owned(), expected: "a list of CPUs such as 0-3,8" };
    let mut len = 0;
    for range in list.trim().split(',') {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let first: usize = first.parse().map_err(|_| malformed())?;
        let last: usize = last.parse().map_err(|_| malformed())?;
        len += last.checked_sub(first).and_then(|steps| steps.checked_add(1)).ok_or_else(malformed)?;
    }
    Ok(len)
}

/// The CPU quota of a `cpu.max` file (control groups of version 2) in CPUs; `None` for `max`.
///
/// ```
/// assert_eq!(hwprobe::parse_cpu_max("250000 100000\n")?, Some(2.5));
/// assert_eq!(hwprobe::parse_cpu_max("max 100000\n")?, None);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] for another form. Source: Linux Documentation/admin-guide/cgroup-v2.rst, "cpu.max".
pub fn parse_cpu_max(text: &str) -> Result<Option<f64>, Error> {
    let mut words = text.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("max"), Some(period), None) => ratio("1", period, text).map(|_| None),
        (Some(quota), Some(period), None) => ratio(quota, period, text).map(Some),
        _ => Err(Error::Text { text: text.trim().to_owned(), expected: CPU_MAX }),
    }
}

const CPU_MAX: &str = "a quota and a period in microseconds";

/// The CPU quota of `cpu.cfs_quota_us` and `cpu.cfs_period_us` (version 1) in CPUs; `None` for −1.
///
/// ```
/// assert_eq!(hwprobe::parse_cpu_quota("50000\n", "100000\n")?, Some(0.5));
/// assert_eq!(hwprobe::parse_cpu_quota("-1\n", "100000\n")?, None);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] for another form. Source: Linux Documentation/scheduler/sched-bwc.rst.
pub fn parse_cpu_quota(quota: &str, period: &str) -> Result<Option<f64>, Error> {
    match quota.trim() {
        "-1" => ratio("1", period.trim(), period).map(|_| None),
        number => ratio(number, period.trim(), &format!("{number} {}", period.trim())).map(Some),
    }
}

fn ratio(quota: &str, period: &str, text: &str) -> Result<f64, Error> {
    match (quota.parse::<u64>(), period.parse::<u64>()) {
        (Ok(quota @ 1..), Ok(period @ 1..)) => Ok(quota as f64 / period as f64),
        _ => Err(Error::Text { text: text.trim().to_owned(), expected: CPU_MAX }),
    }
}

/// The bytes of `memory.max` (version 2) or `memory.limit_in_bytes` (version 1); `None` for no limit, which is `max`
/// or a number from 2⁶² up: version 1 shows the largest whole number of pages.
///
/// ```
/// assert_eq!(hwprobe::parse_memory_limit("2147483648\n")?, Some(2 << 30));
/// assert_eq!(hwprobe::parse_memory_limit("max\n")?, None);
/// assert_eq!(hwprobe::parse_memory_limit("9223372036854771712\n")?, None);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] for another form. Source: Linux Documentation/admin-guide/cgroup-v2.rst, "memory.max", and
/// cgroup-v1/memory.rst.
pub fn parse_memory_limit(text: &str) -> Result<Option<u64>, Error> {
    let text = text.trim();
    if text == "max" {
        return Ok(None);
    }
    match text.parse::<u64>() {
        Ok(bytes) => Ok(Some(bytes).filter(|&bytes| bytes < 1 << 62)),
        Err(_) => Err(Error::Text { text: text.to_owned(), expected: "a number of bytes or max" }),
    }
}

/// The bytes of a line such as `inactive_file 4096` in a `memory.stat` file.
///
/// ```
/// assert_eq!(hwprobe::parse_memory_stat("anon 8192\ninactive_file 4096\n", "inactive_file")?, 4096);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] if the line is missing or of another form. Source: Linux Documentation/admin-guide/cgroup-v2.rst,
/// "memory.stat", and cgroup-v1/memory.rst.
pub fn parse_memory_stat(text: &str, key: &str) -> Result<u64, Error> {
    let line = text.lines().find(|line| line.split(' ').next() == Some(key));
    let bytes = line.and_then(|line| line.split_once(' ')?.1.trim().parse().ok());
    let expected = "a line of memory.stat with its bytes";
    bytes.ok_or_else(|| Error::Text { text: line.unwrap_or(key).to_owned(), expected })
}

#[cfg(test)]
mod tests {
    use super::{cpu_list_len, parse_cpu_max, parse_cpu_quota, parse_memory_limit, parse_memory_stat};

    #[test]
    fn rejects_what_the_kernel_does_not_write() {
        for list in ["", "a", "3-1", "1,,2", "0-", "-1", "0-18446744073709551615"] {
            let error = cpu_list_len(list).unwrap_err().to_string();
            assert_eq!(error, format!("`{list}` is not a list of CPUs such as 0-3,8"));
        }
        for text in ["", "max", "1", "0 100000", "1 0", "-1 100000", "1 2 3", "max x"] {
            assert!(parse_cpu_max(text).is_err(), "{text:?}");
        }
        for (quota, period) in [("0", "100000"), ("x", "1"), ("-2", "1"), ("-1", "x"), ("1", "0")] {
            assert!(parse_cpu_quota(quota, period).is_err(), "{quota} {period}");
        }
        for text in ["", "-1", "1 GiB", "unlimited"] {
            assert!(parse_memory_limit(text).is_err(), "{text:?}");
        }
        for text in ["", "inactive_file", "inactive_file x", "total_inactive_file 1", "inactive_file -1"] {
            assert!(parse_memory_stat(text, "inactive_file").is_err(), "{text:?}");
        }
    }

    #[test]
    fn reads_pages_of_64_kib_as_no_limit_too() {
        assert_eq!(parse_memory_limit("9223372036854710272").unwrap(), None);
    }
}
