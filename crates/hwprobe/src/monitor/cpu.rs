use super::counts;
use crate::Error;

/// How a hardware thread spent its time since the start of the system, in ticks of the kernel's clock, mostly 10 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CpuTimes {
    /// Its number, from 0.
    pub index: u32,
    /// Ticks at work: for programs, the kernel and interrupts, and those that the host of a virtual machine withheld.
    pub busy_ticks: u64,
    /// Ticks without work, waiting for disks included.
    pub idle_ticks: u64,
}

/// The times of each hardware thread in a text of `/proc/stat`; the sum over all of them and other lines are passed
/// over.
///
/// ```
/// let times = hwprobe::parse_cpu_times("cpu  9 0 1 80 5 0 0 0 0 0\ncpu0 9 0 1 80 5 0 0 0 0 0\n")?;
/// assert_eq!((times[0].busy_ticks, times[0].idle_ticks), (10, 85));
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] with a line of another form, or for a text without a hardware thread. Source: Linux `proc_stat(5)`.
pub fn parse_cpu_times(text: &str) -> Result<Vec<CpuTimes>, Error> {
    let fails = |line: &str| Error::Text { text: line.to_owned(), expected: "the times of a CPU" };
    let lines = text.lines().filter(|line| line.starts_with("cpu") && !line.starts_with("cpu "));
    let cpus: Vec<_> = lines.map(|line| cpu(line).ok_or_else(|| fails(line))).collect::<Result<_, _>>()?;
    if cpus.is_empty() { Err(fails(text.lines().next().unwrap_or_default())) } else { Ok(cpus) }
}

/// Time for guests of this machine is also in that of its programs, so the words after the eighth are left out.
fn cpu(line: &str) -> Option<CpuTimes> {
    let words: Vec<_> = line.split_whitespace().collect();
    let index = words.first()?.strip_prefix("cpu")?.parse().ok()?;
    let ticks = counts(&words[1..])?;
    let [user, nice, system, idle, wait, interrupt, soft_interrupt, stolen] = *ticks.first_chunk()?;
    let busy = [user, nice, system, interrupt, soft_interrupt, stolen];
    let busy_ticks = busy.into_iter().try_fold(0_u64, u64::checked_add)?;
    Some(CpuTimes { index, busy_ticks, idle_ticks: idle.checked_add(wait)? })
}
