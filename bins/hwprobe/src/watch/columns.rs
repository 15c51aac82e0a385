use std::fmt::Write;

use hwprobe::Sample;

/// One line a sample, for files and pipes: numbers under headings with their units.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// How many GPUs the headings stand for; `None` before there are any.
    n_gpus: Option<usize>,
}

impl Columns {
    /// The line of a sample, after the headings where they are new.
    pub(crate) fn lines(&mut self, sample: &Sample) -> String {
        let mut text = String::new();
        if self.n_gpus != Some(sample.gpus.len()) {
            self.n_gpus = Some(sample.gpus.len());
            text.push_str("   time s  CPU %  max %  memory GiB  read MB/s  write MB/s   in MB/s  out MB/s");
            for gpu in &sample.gpus {
                let index = gpu.index;
                let (busy, memory, heat) =
                    (format!("GPU{index} %"), format!("GPU{index} GiB"), format!("GPU{index} °C"));
                let _ = write!(text, "  {busy:>7}  {memory:>8}  {heat:>7}");
            }
            text.push('\n');
        }
        let time = sample.until.as_secs_f64();
        let busiest = sample.cpus.iter().filter_map(|cpu| cpu.busy_fraction).reduce(f64::max);
        let (cpu, busiest) = (percent(sample.busy_fraction), percent(busiest));
        let memory = sample.memory.used_bytes() as f64 / f64::from(1 << 30);
        let (read, written) = sample.disk_bytes_per_second();
        let (received, sent) = sample.network_bytes_per_second();
        let [read, written, received, sent] = [read, written, received, sent].map(|rate| rate / 1e6);
        let _ = write!(
            text,
            "{time:>9.1}  {cpu:>5}  {busiest:>5}  {memory:>10.2}  {read:>9.2}  {written:>10.2}  {received:>8.2}  \
             {sent:>8.2}"
        );
        for gpu in &sample.gpus {
            let (busy, memory) = (percent(gpu.busy_fraction), gpu.memory_used_bytes as f64 / f64::from(1 << 30));
            let heat = gpu.temperature_celsius.map_or("-".to_owned(), |celsius| celsius.to_string());
            let _ = write!(text, "  {busy:>7}  {memory:>8.2}  {heat:>7}");
        }
        text.push('\n');
        text
    }
}

/// Without the sign, which stands in the heading.
fn percent(fraction: Option<f64>) -> String {
    fraction.map_or("-".to_owned(), |fraction| format!("{:.1}", 100.0 * fraction))
}

#[cfg(test)]
mod tests {
    use super::Columns;
    use crate::watch::screen::tests::sample;

    #[test]
    fn headings_come_once_and_numbers_stand_under_them() {
        let mut columns = Columns::default();
        let text = columns.lines(&sample(2, 0)) + &columns.lines(&sample(2, 0));
        let row = "      2.0   62.5  100.0        2.00       0.00       12.50      0.50      0.00";
        let headings = "   time s  CPU %  max %  memory GiB  read MB/s  write MB/s   in MB/s  out MB/s";
        assert_eq!(text.lines().collect::<Vec<_>>(), [headings, row, row]);
    }

    #[test]
    fn gpus_have_columns_of_their_own_and_new_headings_when_their_number_changes() {
        let mut columns = Columns::default();
        columns.lines(&sample(2, 0));
        let text = columns.lines(&sample(2, 1));
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].ends_with("  out MB/s   GPU0 %  GPU0 GiB  GPU0 °C"), "{text}");
        assert!(lines[1].ends_with("     87.0     12.00       64"), "{text}");
        assert_eq!(lines[0].chars().count(), lines[1].chars().count());
    }
}
