use anyhow::Result;
use indicators::{Column, IndicatorSpec, Profile};

/// How the values of one profile lie beside those of another, on bars made for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Comparison {
    /// The same bits at every bar.
    Bits,
    /// At most 10 to this power of the largest value apart, from this bar on.
    Near { exponent: i32, from_bar: usize },
    /// They do not come together.
    Different,
}

/// Bars that are compared.
const N_BARS: usize = 4000;
/// Parts of the largest value, of which the first one that they keep to in the end is told.
const NEAR: [f64; 3] = [1e-9, 1e-6, 1e-4];

impl Comparison {
    pub(crate) fn of(spec: &IndicatorSpec, one: Profile, other: Profile) -> Result<Self> {
        let [one, other] = [values(spec, one)?, values(spec, other)?];
        if one.iter().zip(&other).all(|(one, other)| bits(one) == bits(other)) {
            return Ok(Self::Bits);
        }
        let mut apart = vec![0.0_f64; N_BARS];
        for (one, other) in one.iter().zip(&other) {
            let finite = one.iter().chain(other).filter(|value| value.is_finite());
            let largest = finite.fold(0.0, |top: f64, value| top.max(value.abs()));
            for (apart, (&one, &other)) in apart.iter_mut().zip(one.iter().zip(other)) {
                *apart = apart.max(match (one.is_nan(), other.is_nan()) {
                    (true, true) => 0.0,
                    (false, false) => (one - other).abs() / largest,
                    _ => f64::INFINITY,
                });
            }
        }
        let near = NEAR.into_iter().find_map(|near| {
            let from_bar = apart.iter().rposition(|&part| part > near).map_or(0, |bar| bar + 1);
            let rest = apart[from_bar..].iter().fold(0.0, |top: f64, &part| top.max(part));
            (from_bar <= N_BARS / 2).then(|| Self::Near { exponent: power(rest), from_bar })
        });
        Ok(near.unwrap_or(Self::Different))
    }

    /// That `other` lies so beside `one`, as a sentence; none where the bits are the same.
    pub(crate) fn sentence(self, one: Profile, other: Profile) -> Option<String> {
        match self {
            Self::Bits => None,
            Self::Near { exponent, from_bar: 0 } => {
                Some(format!("`{other}` is within 1e{exponent} of the largest value of `{one}`."))
            }
            Self::Near { exponent, from_bar } => Some(format!(
                "`{other}` begins otherwise; from bar {from_bar} on it is within 1e{exponent} of the largest value of `{one}`."
            )),
            Self::Different => Some(format!("`{other}` has other values than `{one}`.")),
        }
    }
}

/// The power of ten that is not below `part`; −16 for what is less than the rounding of one operation.
fn power(part: f64) -> i32 {
    (-16..0).find(|&exponent| part <= format!("1e{exponent}").parse().unwrap_or(f64::MAX)).unwrap_or(0)
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| if value.is_nan() { u64::MAX } else { value.to_bits() }).collect()
}

fn values(spec: &IndicatorSpec, profile: Profile) -> Result<Vec<Vec<f64>>> {
    let sample = Sample::new();
    let inputs: Vec<&[f64]> = spec.kind().info().inputs.iter().map(|&column| sample.column(column)).collect();
    let mut columns = vec![vec![f64::NAN; N_BARS]; spec.kind().info().outputs.len()];
    let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(profile, &inputs, &mut outputs)?;
    Ok(columns)
}

/// A walk by whole ticks of 0.00001 from 1.1, the same everywhere.
struct Sample {
    open: Vec<f64>,
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
    volume: Vec<f64>,
    new_day: Vec<f64>,
}

impl Sample {
    fn new() -> Self {
        let mut dice = 7_u64;
        let mut below = |n: u64| -> i64 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from((dice >> 33) % n).unwrap_or_default()
        };
        let mut sample = Self {
            open: Vec::new(),
            high: Vec::new(),
            low: Vec::new(),
            close: Vec::new(),
            volume: Vec::new(),
            new_day: Vec::new(),
        };
        let mut price = 110_000_i64;
        for bar in 0..N_BARS {
            let open = price + below(9) - 4;
            price = (open + below(121) - 60 + (110_000 - open) / 200).max(50_000);
            let (high, low) = (open.max(price) + below(40), open.min(price) - below(40));
            let columns = [&mut sample.open, &mut sample.high, &mut sample.low, &mut sample.close];
            for (column, ticks) in columns.into_iter().zip([open, high, low, price]) {
                column.push(ticks as f64 / 1e5);
            }
            sample.volume.push((1 + below(1000)) as f64);
            sample.new_day.push(f64::from(u8::from(bar % 24 == 0)));
        }
        sample
    }

    fn column(&self, column: Column) -> &[f64] {
        match column {
            Column::Source | Column::Close => &self.close,
            Column::Open => &self.open,
            Column::High => &self.high,
            Column::Second | Column::Low => &self.low,
            Column::Volume => &self.volume,
            Column::Condition => &self.new_day,
        }
    }
}

#[cfg(test)]
mod tests {
    use indicators::Profile::{Fast, Talib, TradingView};

    use super::{Comparison, power};

    fn compared(call: &str, one: indicators::Profile, other: indicators::Profile) -> Comparison {
        Comparison::of(&call.parse().unwrap(), one, other).unwrap()
    }

    #[test]
    fn profiles_are_the_same_near_or_different() {
        assert_eq!(compared("renko(0.001)", Talib, Fast), Comparison::Bits);
        // The first true range is that of the first bar, or there is none: the average forgets it bit by bit.
        let Comparison::Near { exponent, from_bar } = compared("atr(14)", Talib, TradingView) else { panic!() };
        assert!((200..400).contains(&from_bar) && exponent <= -9);
        assert_eq!(compared("hma(20)", Talib, TradingView), compared("hma(20)", TradingView, Talib));
        assert_eq!(compared("obv", Talib, TradingView), Comparison::Different);
    }

    #[test]
    fn powers_of_ten_are_not_below() {
        assert_eq!([power(0.0), power(1e-16), power(1.1e-16), power(3e-10), power(0.5)], [-16, -16, -15, -9, 0]);
    }
}
