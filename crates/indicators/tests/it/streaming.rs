//! States, fed in pieces and carried on from copies, give the bits of the functions.

use proptest::prelude::*;

use crate::common::{Series, State, bits, compute, one_of_each, series, spec};

fn stream(spec: &indicators::IndicatorSpec, series: &Series, step: usize) -> Vec<Vec<f64>> {
    let mut columns = vec![Vec::new(); spec.kind().info().outputs.len()];
    let mut state = State::new(spec);
    for start in (0..series.len()).step_by(step) {
        // What happens to the original does not matter to the copy.
        let mut copy = state.clone();
        state.next(f64::NAN, f64::NAN, f64::NAN);
        for bar in start..(start + step).min(series.len()) {
            let values = copy.next(series.high[bar], series.low[bar], series.close[bar]);
            for (column, value) in columns.iter_mut().zip(values) {
                column.push(value);
            }
        }
        state = copy;
    }
    columns
}

#[test]
fn steps_of_any_size_give_the_bits_of_the_whole() {
    let series = Series::walk(1_000, 3);
    for spec in one_of_each(1.0) {
        let whole = bits(&compute(&spec, &series));
        for step in [1, 2, 3, 7, 100, 1_000] {
            assert_eq!(bits(&stream(&spec, &series, step)), whole, "{spec:?} in steps of {step}");
        }
    }
}

proptest! {
    #[test]
    fn states_give_the_bits_of_the_functions(
        spec in spec(1),
        mut series in series(1..200),
        gaps in prop::collection::vec(0..200_usize, 0..3),
        step in 1..20_usize,
    ) {
        for gap in gaps {
            if let Some(close) = series.close.get_mut(gap) {
                *close = f64::NAN;
            }
        }
        prop_assert_eq!(bits(&stream(&spec, &series, step)), bits(&compute(&spec, &series)));
    }
}
