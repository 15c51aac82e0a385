//! Iterators and `ndarray` views give the bits of the slices.
use indicators::{Indicate, Indicator, talib};

fn walk(n_bars: usize) -> Vec<f64> {
    (0..n_bars).map(|bar| 100.0 + ((bar * 37) % 101) as f64 / 10.0).collect()
}

fn bits(values: impl IntoIterator<Item = f64>) -> Vec<u64> {
    values.into_iter().map(f64::to_bits).collect()
}

#[test]
fn an_iterator_of_prices_has_the_bits_of_the_slice() {
    let close = walk(300);
    let mut column = vec![0.0; close.len()];
    talib::Ema::new(9).unwrap().run([&close], [&mut column]);
    let borrowed = close.iter().indicator(talib::Ema::new(9).unwrap()).map(|[value]| value);
    assert_eq!(borrowed.len(), close.len());
    assert_eq!(bits(borrowed), bits(column.iter().copied()));
    let one_by_one = close.iter().copied().indicator(talib::Ema::new(9).unwrap());
    assert_eq!(
        one_by_one.fold(Vec::new(), |mut all, [value]| {
            all.push(value.to_bits());
            all
        }),
        bits(column)
    );
}

#[test]
fn an_iterator_of_bars_goes_on_from_the_state_of_another() {
    let close = walk(120);
    let bars = || close.iter().map(|price| [price + 1.0, price - 1.0, *price]);
    let whole: Vec<[f64; 1]> = bars().indicator(talib::Atr::new(5).unwrap()).collect();
    let mut first = bars().take(50).indicator(talib::Atr::new(5).unwrap());
    let mut halves: Vec<[f64; 1]> = first.by_ref().collect();
    halves.extend(bars().skip(50).indicator(first.into_state()));
    assert_eq!(bits(whole.into_iter().flatten()), bits(halves.into_iter().flatten()));
}

#[cfg(feature = "ndarray")]
mod views {
    use indicators::{IndicatorSpec, Profile};
    use ndarray::{Array1, Array2, ShapeBuilder, s};

    use super::{bits, walk};

    fn expected(spec: &IndicatorSpec, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
        let mut outputs = vec![vec![0.0; inputs[0].len()]; spec.kind().info().outputs.len()];
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        spec.compute(Profile::Talib, inputs, &mut slices).unwrap();
        outputs
    }

    #[test]
    fn views_of_any_stride_have_the_bits_of_the_slices() {
        let spec: IndicatorSpec = "macd(3,6,2)".parse().unwrap();
        let close = walk(200);
        let array = Array1::from(close.clone());
        let every_third: Vec<f64> = close.iter().copied().step_by(3).collect();
        let backwards: Vec<f64> = close.iter().rev().copied().collect();
        let views = [(array.view(), close), (array.slice(s![..;3]), every_third), (array.slice(s![..;-1]), backwards)];
        for (view, slice) in views {
            let found = spec.compute_views(Profile::Talib, &[view]).unwrap();
            assert_eq!(found.dim(), (slice.len(), 3));
            for (column, expected) in found.columns().into_iter().zip(expected(&spec, &[&slice])) {
                assert_eq!(bits(column.iter().copied()), bits(expected));
                assert!(column.as_slice().is_some(), "an output is one piece of memory");
            }
        }
    }

    #[test]
    fn matrices_by_rows_and_by_columns_have_the_bits_of_the_slices() {
        let spec: IndicatorSpec = "atr(5)".parse().unwrap();
        let close = walk(100);
        let [high, low] = [1.0, -1.5].map(|by| close.iter().map(|price| price + by).collect::<Vec<f64>>());
        let by_columns: Vec<f64> = [&high, &low, &close].into_iter().flatten().copied().collect();
        let by_columns = Array2::from_shape_vec((100, 3).f(), by_columns).unwrap();
        let by_rows = Array2::from_shape_fn((100, 3), |(row, column)| by_columns[(row, column)]);
        let expected = expected(&spec, &[&high, &low, &close]);
        for matrix in [by_columns, by_rows] {
            let found = spec.compute_matrix(Profile::Talib, matrix.view()).unwrap();
            assert_eq!(bits(found.column(0).iter().copied()), bits(expected[0].iter().copied()));
        }
    }

    #[test]
    fn no_bars_are_no_rows() {
        let spec: IndicatorSpec = "macd".parse().unwrap();
        let none = spec.compute_views(Profile::Talib, &[Array1::<f64>::zeros(0).view()]).unwrap();
        assert_eq!(none.dim(), (0, 3));
    }
}
