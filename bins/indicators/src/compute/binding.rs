use anyhow::{Context, Result, bail, ensure};
use indicators::Live;

use crate::args::ComputeArgs;
use crate::call::Call;

/// The indicators of some calls, bound to the columns of a table.
#[derive(Debug)]
pub(crate) struct Binding {
    bound: Vec<Bound>,
    /// The columns of the table that are read, each once.
    pub(crate) read: Vec<usize>,
    /// The names of the columns that are added.
    pub(crate) added: Vec<String>,
    /// The inputs of one indicator, kept for its memory.
    bar: Vec<f64>,
}

#[derive(Debug)]
struct Bound {
    live: Live,
    /// Places in [`Binding::read`].
    inputs: Vec<usize>,
    n_outputs: usize,
}

impl Binding {
    /// Binds `calls` to the columns of a table by their names.
    pub(crate) fn new(calls: &[Call], options: &ComputeArgs, names: &[String]) -> Result<Self> {
        let mut binding = Self { bound: Vec::new(), read: Vec::new(), added: Vec::new(), bar: Vec::new() };
        for call in calls {
            let columns = call.columns(options)?;
            let found = columns.iter().map(|column| find(column, names));
            let found: Vec<usize> = found.collect::<Result<_>>().with_context(|| format!("`{}`", call.spec))?;
            let inputs = found.into_iter().map(|column| binding.place(column)).collect();
            let live = call.spec.live(options.profile)?;
            let added = call.result_names();
            binding.bound.push(Bound { live, inputs, n_outputs: added.len() });
            for name in added {
                let is_taken = names.contains(&name) || binding.added.contains(&name);
                ensure!(!is_taken, "there would be two columns `{name}`");
                binding.added.push(name);
            }
        }
        Ok(binding)
    }

    fn place(&mut self, column: usize) -> usize {
        self.read.iter().position(|&read| read == column).unwrap_or_else(|| {
            self.read.push(column);
            self.read.len() - 1
        })
    }

    /// Takes the next row, one number for each column that is read, and writes those to add.
    pub(crate) fn update(&mut self, row: &[f64], values: &mut Vec<f64>) {
        values.clear();
        for bound in &mut self.bound {
            self.bar.clear();
            self.bar.extend(bound.inputs.iter().map(|&input| row[input]));
            let start = values.len();
            values.resize(start + bound.n_outputs, f64::NAN);
            bound.live.update(&self.bar, &mut values[start..]);
        }
    }

    /// Takes the next rows as columns and gives those to add.
    pub(crate) fn run(&mut self, columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let n_rows = columns.first().map_or(0, Vec::len);
        let mut added = Vec::with_capacity(self.added.len());
        for bound in &mut self.bound {
            let inputs: Vec<&[f64]> = bound.inputs.iter().map(|&input| columns[input].as_slice()).collect();
            let mut outputs = vec![vec![f64::NAN; n_rows]; bound.n_outputs];
            let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
            bound.live.run(&inputs, &mut slices);
            added.append(&mut outputs);
        }
        added
    }
}

/// The column of this name; where none has it exactly, the only one that has it in other letters or with spaces around.
fn find(column: &str, names: &[String]) -> Result<usize> {
    let matching = |is_named: &dyn Fn(&str) -> bool| -> Vec<usize> {
        names.iter().enumerate().filter(|(_, name)| is_named(name)).map(|(at, _)| at).collect()
    };
    let mut found = matching(&|name| name == column);
    if found.is_empty() {
        found = matching(&|name| name.trim().eq_ignore_ascii_case(column.trim()));
    }
    match *found.as_slice() {
        [at] => Ok(at),
        [] => bail!("there is no column `{column}`; the columns are {}{}", list(names), hint(names)),
        _ => bail!("several columns are called `{column}`; the columns are {}", list(names)),
    }
}

/// What may be wrong with a table of such columns.
fn hint(names: &[String]) -> String {
    if let [one] = names
        && let Some(delimiter) = [';', '\t', '|', ','].into_iter().find(|&delimiter| one.contains(delimiter))
    {
        let delimiter = if delimiter == '\t' { "tab".to_owned() } else { format!("'{delimiter}'") };
        return format!(" (one column: is --delimiter {delimiter} missing?)");
    }
    if names.iter().all(|name| name.trim().parse::<f64>().is_ok()) {
        return " (the first line has to have the names of the columns)".to_owned();
    }
    String::new()
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn columns_are_found_by_their_exact_name_first() {
        let names = ["time", "Close", "close", "HIGH"].map(str::to_owned);
        assert_eq!(find("close", &names).unwrap(), 2);
        assert_eq!(find("high", &names).unwrap(), 3);
        assert!(find("CLOSE", &names).unwrap_err().to_string().starts_with("several columns are called `CLOSE`"));
        assert_eq!(find("volume", &[" Volume ".to_owned()]).unwrap(), 0);
        let error = find("low", &names).unwrap_err().to_string();
        assert_eq!(error, "there is no column `low`; the columns are `time`, `Close`, `close`, `HIGH`");
    }

    #[test]
    fn a_wrong_delimiter_and_missing_names_are_guessed() {
        let said = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            find("close", &names).unwrap_err().to_string()
        };
        assert!(said(&["time;close"]).ends_with("(one column: is --delimiter ';' missing?)"));
        assert!(said(&["time\tclose"]).ends_with("(one column: is --delimiter tab missing?)"));
        assert!(said(&["1", "1.5"]).ends_with("(the first line has to have the names of the columns)"));
        assert!(said(&["open"]).ends_with("the columns are `open`"));
    }
}
