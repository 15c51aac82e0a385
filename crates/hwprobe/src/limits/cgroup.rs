use crate::Error;

/// A control group that a process is in, a line of `/proc/PID/cgroup`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cgroup {
    /// What it controls, such as `["cpu", "cpuacct"]`; empty for version 2, which names its controllers elsewhere.
    pub controllers: Vec<String>,
    /// Its path within its hierarchy, such as `/system.slice/ssh.service`.
    pub path: String,
}

impl Cgroup {
    /// Whether it is of version 2.
    pub fn is_v2(&self) -> bool {
        self.controllers.is_empty()
    }

    /// Whether it may limit what `controller` controls.
    #[cfg(target_os = "linux")]
    pub(super) fn has(&self, controller: &str) -> bool {
        self.is_v2() || self.controllers.iter().any(|own| own == controller)
    }
}

/// The groups in a text of `/proc/PID/cgroup`: lines of `id:controllers:path`, version 2 as `0::path`.
///
/// ```
/// let groups = hwprobe::parse_cgroups("4:memory:/app\n1:cpu,cpuacct:/\n0::/user.slice\n")?;
/// assert_eq!(groups[1].controllers, ["cpu", "cpuacct"]);
/// assert!(groups[2].is_v2() && groups[2].path == "/user.slice");
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] with a line of another form. Source: Linux `cgroups(7)`, "/proc files".
pub fn parse_cgroups(text: &str) -> Result<Vec<Cgroup>, Error> {
    text.lines().filter(|line| !line.is_empty()).map(parse_line).collect()
}

fn parse_line(line: &str) -> Result<Cgroup, Error> {
    let malformed = || Error::Text { text: line.to_owned(), expected: "a control group as id:controllers:path" };
    let (id, rest) = line.split_once(':').ok_or_else(malformed)?;
    let (controllers, path) = rest.split_once(':').ok_or_else(malformed)?;
    let is_v2 = controllers.is_empty();
    let id: u32 = id.parse().map_err(|_| malformed())?;
    if !path.starts_with('/') || is_v2 != (id == 0) {
        return Err(malformed());
    }
    let controllers = controllers.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    Ok(Cgroup { controllers, path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::parse_cgroups;

    /// Captured: Debian 12 with version 1 and an empty version 2 beside it.
    const HYBRID: &str = "9:name=systemd:/\n8:pids:/\n4:memory:/app/06b6\n2:cpuacct:/\n1:cpu:/\n0::/\n";

    #[test]
    fn reads_a_captured_text() {
        let groups = parse_cgroups(HYBRID).unwrap();
        assert_eq!(groups.len(), 6);
        assert_eq!(
            (groups[2].controllers.as_slice(), groups[2].path.as_str()),
            (&["memory".to_owned()][..], "/app/06b6")
        );
        assert!(groups[5].is_v2());
    }

    #[test]
    fn keeps_colons_of_a_path_and_rejects_other_lines() {
        assert_eq!(parse_cgroups("0::/a:b\n").unwrap()[0].path, "/a:b");
        for text in ["x", "1:cpu", "a:cpu:/", "1::/", "0:cpu:/", "1:cpu:relative"] {
            assert!(parse_cgroups(text).is_err(), "{text}");
        }
    }
}
