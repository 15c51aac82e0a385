use std::time::Duration;

use crate::Error;

/// What this process has used up to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessCounts {
    /// The CPU time of its threads, ended ones too, in programs and in the kernel.
    pub cpu_time: Duration,
    /// The main memory that it holds now.
    pub memory_bytes: u64,
    /// The most main memory that it has held since its start.
    pub memory_peak_bytes: u64,
    /// Its threads.
    pub threads: usize,
    /// What disks had to read for it; `None` where the kernel does not count it or does not tell.
    pub read_bytes: Option<u64>,
    /// What it gave to be written to disks; `None` where the kernel does not count it or does not tell.
    pub written_bytes: Option<u64>,
}

/// The CPU time of a process in a text of `/proc/PID/stat`, in ticks of the kernel's clock, mostly 10 ms.
///
/// ```
/// let text = "42 (a (name)) S 1 42 42 0 -1 4194304 120 0 0 0 31 11 0 0 20 0 2 0 9 1 1";
/// assert_eq!(hwprobe::parse_process_ticks(text)?, 42);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] for another form. Source: Linux `proc_pid_stat(5)`, fields 14 and 15.
pub fn parse_process_ticks(text: &str) -> Result<u64, Error> {
    // The second word is the program's name, which may hold spaces and brackets.
    let words = text.rsplit_once(')').map(|(_, words)| words.split_whitespace().skip(11));
    let ticks = words.and_then(|mut words| {
        let (user, system): (u64, u64) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        user.checked_add(system)
    });
    ticks.ok_or_else(|| Error::Text { text: text.trim().to_owned(), expected: "the state of a process" })
}

/// The value of a line such as `VmRSS:  1764 kB` or `Threads: 2` in a text of `/proc/PID/status`, in bytes where it
/// has the unit.
///
/// ```
/// let text = "Name:\tx\nVmRSS:\t    1764 kB\nThreads:\t2\n";
/// assert_eq!(hwprobe::parse_process_status(text, "VmRSS")?, 1764 << 10);
/// assert_eq!(hwprobe::parse_process_status(text, "Threads")?, 2);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] if the line is missing or of another form. Source: Linux `proc_pid_status(5)`.
pub fn parse_process_status(text: &str, key: &str) -> Result<u64, Error> {
    value(text, key, "the status of a process")
}

/// The value of a line such as `read_bytes: 4096` in a text of `/proc/PID/io`.
///
/// ```
/// assert_eq!(hwprobe::parse_process_io("rchar: 9\nread_bytes: 4096\nwrite_bytes: 0\n", "read_bytes")?, 4096);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] if the line is missing or of another form. Source: Linux `proc_pid_io(5)`.
pub fn parse_process_io(text: &str, key: &str) -> Result<u64, Error> {
    value(text, key, "the bytes that a process read and wrote")
}

fn value(text: &str, key: &str, expected: &'static str) -> Result<u64, Error> {
    let line = text.lines().find(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    let number = line.and_then(|line| {
        let words: Vec<_> = line.split_once(':')?.1.split_whitespace().collect();
        match words[..] {
            [number] => number.parse().ok(),
            [number, "kB"] => number.parse::<u64>().ok()?.checked_mul(1024),
            _ => None,
        }
    });
    number.ok_or_else(|| Error::Text { text: line.unwrap_or(key).trim().to_owned(), expected })
}
