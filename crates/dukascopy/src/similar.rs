/// The number of letters to insert, delete, replace or swap with a neighbour to make `b` of `a`.
///
/// Source: the restricted edit distance of F. J. Damerau, "A technique for computer detection and correction of spelling
/// errors" (1964).
pub(crate) fn edit_distance(a: &[u8], b: &[u8]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let replaced = last[j] + usize::from(a[i] != b[j]);
            row[j + 1] = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                row[j + 1] = row[j + 1].min(before_last[j - 1] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_single_letter_mistakes() {
        for (a, b, distance) in [
            ("EURUSD", "EURUSD", 0),
            ("EURUSD", "EURSUD", 1),
            ("EURUSD", "EUUSD", 1),
            ("EURUSD", "EURUSDT", 1),
            ("EURUSD", "GBPUSD", 3),
            ("", "ABC", 3),
            ("ABC", "", 3),
        ] {
            assert_eq!(edit_distance(a.as_bytes(), b.as_bytes()), distance, "{a} {b}");
        }
    }
}
