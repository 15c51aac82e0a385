use super::counts;
use crate::Error;

/// What came and went through a network interface since it was set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkCounts {
    /// Its name, such as `eth0`.
    pub name: String,
    /// What came in.
    pub received_bytes: u64,
    /// What went out.
    pub sent_bytes: u64,
}

/// The network interfaces in a text of `/proc/net/dev`, but for `lo`, whose bytes stay in the machine.
///
/// ```
/// let text = "Inter-| Receive\n face |bytes\n  eth0: 700 9 0 0 0 0 0 0 300 4 0 0 0 0 0 0\n";
/// let networks = hwprobe::parse_network_counts(text)?;
/// assert_eq!((networks[0].received_bytes, networks[0].sent_bytes), (700, 300));
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] with a line of another form. Source: Linux `proc_pid_net(5)`, "/proc/net/dev".
pub fn parse_network_counts(text: &str) -> Result<Vec<NetworkCounts>, Error> {
    let fails =
        |line: &str| Error::Text { text: line.trim().to_owned(), expected: "the counts of a network interface" };
    let lines = text.lines().skip(2).filter(|line| !line.trim().is_empty());
    let all: Vec<_> = lines.map(|line| network(line).ok_or_else(|| fails(line))).collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter(|network| network.name != "lo").collect())
}

/// An alias has a colon in its name, so the last one counts.
fn network(line: &str) -> Option<NetworkCounts> {
    let (name, numbers) = line.rsplit_once(':')?;
    let numbers = counts(&numbers.split_whitespace().collect::<Vec<_>>())?;
    let (received_bytes, sent_bytes) = (*numbers.first()?, *numbers.get(8)?);
    Some(NetworkCounts { name: name.trim().to_owned(), received_bytes, sent_bytes })
}
