use super::batch::step_first;
use super::change::percent_change;
use crate::args::Arg;
use crate::indicator::Indicator;
use crate::memory::{Memory, memory};
use crate::ring::Ring;
use crate::talib::{Ma, Sma};
use crate::{Error, MovingAverage, args};

/// TA-Lib's know sure thing of Pring: the averages of four rates of change, weighted 1 to 4 (in fused multiply-adds, from
/// the first to the last), and the average of that as a signal; all averages are simple ones.
///
/// Each average begins so as to have its first value on the bar where the last of them has. Both outputs begin together.
#[derive(Clone, Debug)]
pub struct Kst {
    sum: SureThing<Sma>,
}

impl Kst {
    /// No bars yet. The periods are those of the four rates of change, of their averages, and of the signal.
    ///
    /// # Errors
    /// If a period is out of the catalogue's range.
    pub fn new(roc_periods: [usize; 4], sma_periods: [usize; 4], signal: usize) -> Result<Self, Error> {
        Self::with_args(&numbers(roc_periods, sma_periods, signal))
    }
}

memory!(Kst { sum });

impl Indicator<1, 2> for Kst {
    const NAME: &'static str = "kst";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let average = |period: usize| (Sma::build(&[period as f64]), period - 1);
        Self { sum: SureThing::new(args, average, average) }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [lookback(args, |period| period - 1, |period| period - 1); 2]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 2] {
        self.sum.step(price)
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], mut outputs: [&mut [f64]; 2]) {
        let n_first = prices.len().min(self.sum.missing());
        step_first(self, n_first, [prices], &mut outputs);
        self.sum.run(prices, n_first, outputs);
    }
}

/// TA-Lib's know sure thing with averages of any kind, one for the rates of change and one for the signal; the default
/// kind is the simple one. The rest is as in [`Kst`].
#[derive(Clone, Debug)]
pub struct KstExt {
    sum: SureThing<Ma>,
}

impl KstExt {
    /// No bars yet. The periods are those of the four rates of change, of their averages, and of the signal.
    ///
    /// # Errors
    /// If a period is out of the catalogue's range.
    pub fn new(
        roc_periods: [usize; 4],
        ma_periods: [usize; 4],
        signal: usize,
        roc_ma: MovingAverage,
        signal_ma: MovingAverage,
    ) -> Result<Self, Error> {
        let periods = numbers(roc_periods, ma_periods, signal);
        Self::with_args(&[&periods[..], &[roc_ma.number(), signal_ma.number()]].concat())
    }
}

memory!(KstExt { sum });

impl Indicator<1, 2> for KstExt {
    const NAME: &'static str = "kstext";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let average = |index| {
            let kind = kind(args, index);
            move |period| (Ma::build(kind, period), Ma::lookback(kind, period))
        };
        Self { sum: SureThing::new(args, average(9), average(10)) }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        let (legs, signal) = (kind(args, 9), kind(args, 10));
        [lookback(args, |period| Ma::lookback(legs, period), |period| Ma::lookback(signal, period)); 2]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 2] {
        self.sum.step(price)
    }
}

/// All periods as arguments.
fn numbers(roc: [usize; 4], average: [usize; 4], signal: usize) -> [f64; 9] {
    std::array::from_fn(|index| if index < 4 { roc[index] } else if index < 8 { average[index - 4] } else { signal } as f64)
}

fn kind(args: &[f64], index: usize) -> MovingAverage {
    match args::average(args, index) {
        MovingAverage::Default => MovingAverage::Sma,
        kind => kind,
    }
}

/// Bars without values, from the bars that averages of a period leave without.
fn lookback(args: &[f64], legs: impl Fn(usize) -> usize, signal: impl Fn(usize) -> usize) -> usize {
    let sum = (0..4).map(|leg| args::bars(args, leg) + legs(args::bars(args, 4 + leg))).max();
    sum.unwrap_or(0) + signal(args::bars(args, 8))
}

/// An average of some kind.
trait Average: Memory {
    fn next(&mut self, value: f64) -> f64;
}

impl Average for Sma {
    #[inline(always)]
    fn next(&mut self, value: f64) -> f64 {
        self.step([value])[0]
    }
}

impl Average for Ma {
    #[inline(always)]
    fn next(&mut self, value: f64) -> f64 {
        self.step(value)
    }
}

/// The weighted sum and its average.
#[derive(Clone, Debug)]
struct SureThing<A> {
    /// As many prices as the longest rate of change looks back.
    prices: Ring,
    legs: [Leg<A>; 4],
    signal: A,
    /// Bars without a sum.
    sum_lookback: usize,
    /// Bars without values.
    lookback: usize,
    /// Bars so far, up to the lookback.
    seen: usize,
}

/// The average of a rate of change.
#[derive(Clone, Debug)]
struct Leg<A> {
    average: A,
    /// How many bars the rate of change looks back.
    past: usize,
    /// The bar whose rate of change is the first that counts.
    start: usize,
}

memory!(SureThing<Sma> { prices, legs, signal, seen });
memory!(SureThing<Ma> { prices, legs, signal, seen });
memory!(Leg<Sma> { average });
memory!(Leg<Ma> { average });

impl<A: Average> SureThing<A> {
    /// `leg` and `signal` give an average of a period and the bars it leaves without a value.
    fn new(args: &[f64], leg: impl Fn(usize) -> (A, usize), signal: impl Fn(usize) -> (A, usize)) -> Self {
        let past: [usize; 4] = std::array::from_fn(|index| args::bars(args, index));
        let averages: [(A, usize); 4] = std::array::from_fn(|index| leg(args::bars(args, 4 + index)));
        let sum_lookback = past.iter().zip(&averages).map(|(past, average)| past + average.1).max().unwrap_or(0);
        let (signal, signal_lookback) = signal(args::bars(args, 8));
        let longest = past.into_iter().max().unwrap_or(1);
        let mut past = past.into_iter();
        let legs = averages.map(|(average, lookback)| Leg {
            average,
            past: past.next().unwrap_or(1),
            start: sum_lookback - lookback,
        });
        let lookback = sum_lookback + signal_lookback;
        Self { prices: Ring::new(longest), legs, signal, sum_lookback, lookback, seen: 0 }
    }

    #[inline(always)]
    fn step(&mut self, price: f64) -> [f64; 2] {
        if self.seen < self.lookback {
            self.prepare(price);
            return [f64::NAN; 2];
        }
        let sum = self.sum(price);
        self.prices.push(price);
        [sum, self.signal.next(sum)]
    }

    /// Takes a bar that has no value.
    #[inline(never)]
    fn prepare(&mut self, price: f64) {
        if self.seen >= self.sum_lookback {
            let sum = self.sum(price);
            self.signal.next(sum);
        } else {
            for leg in self.legs.iter_mut().filter(|leg| self.seen >= leg.start) {
                leg.next(price, &self.prices);
            }
        }
        self.prices.push(price);
        self.seen += 1;
    }

    #[inline(always)]
    fn sum(&mut self, price: f64) -> f64 {
        weighted(self.legs.each_mut().map(|leg| leg.next(price, &self.prices)))
    }
}

/// Bars whose rates of change are worked out before they are summed.
const CHUNK_BARS: usize = 128;

/// One number for each of some bars and of the four legs.
type Chunk = [[f64; CHUNK_BARS]; 4];

impl SureThing<Sma> {
    /// The bars that [`SureThing::run`] must not take: those without values, and those with whose rates of change the
    /// windows of the first others begin.
    fn missing(&self) -> usize {
        if self.seen < self.lookback { self.lookback } else { self.sum_lookback }
    }

    /// [`SureThing::step`] for the bars behind the first, which it has taken already. The rates of change that leave the
    /// averages are computed again from the prices.
    #[inline(always)]
    fn run(&mut self, prices: &[f64], n_first: usize, [sums, signals]: [&mut [f64]; 2]) {
        let (mut entering, mut leaving): (Chunk, Chunk) = ([[0.0; CHUNK_BARS]; 4], [[0.0; CHUNK_BARS]; 4]);
        for start in (n_first..prices.len()).step_by(CHUNK_BARS) {
            let end = prices.len().min(start + CHUNK_BARS);
            for (leg, (entering, leaving)) in self.legs.iter().zip(entering.iter_mut().zip(&mut leaving)) {
                let shift = leg.average.window.capacity() - 1;
                leg.rates(prices, start, end, entering);
                leg.rates(prices, start - shift, end - shift, leaving);
            }
            self.total(end - start, &mut entering, &leaving);
            self.weigh(&entering, &mut sums[start..end], &mut signals[start..end]);
        }
        for leg in &mut self.legs {
            for bar in prices.len().saturating_sub(leg.average.window.capacity()).max(n_first)..prices.len() {
                leg.average.window.push(percent_change(prices[bar], prices[bar - leg.past]));
            }
        }
        self.prices.extend(&prices[n_first..]);
    }

    /// The totals in place of what enters them.
    #[inline(always)]
    fn total(&mut self, n_bars: usize, entering: &mut Chunk, leaving: &Chunk) {
        let mut totals = self.legs.each_ref().map(|leg| leg.average.total);
        for bar in 0..n_bars {
            for (total, (entering, leaving)) in totals.iter_mut().zip(entering.iter_mut().zip(leaving)) {
                *total += entering[bar];
                entering[bar] = *total;
                *total -= leaving[bar];
            }
        }
        for (leg, total) in self.legs.iter_mut().zip(totals) {
            leg.average.total = total;
        }
    }

    /// The weighted sums of the averages, and their average.
    #[inline(always)]
    fn weigh(&mut self, [first, second, third, fourth]: &Chunk, sums: &mut [f64], signals: &mut [f64]) {
        let [n_first, n_second, n_third, n_fourth] = self.legs.each_ref().map(|leg| leg.average.n);
        let totals = first.iter().zip(second).zip(third).zip(fourth);
        for (sum, (((first, second), third), fourth)) in sums.iter_mut().zip(totals) {
            *sum = weighted([first / n_first, second / n_second, third / n_third, fourth / n_fourth]);
        }
        let Sma { n, window, total } = &mut self.signal;
        let mut signal_total = *total;
        for (signal, &sum) in signals.iter_mut().zip(&*sums) {
            window.push(sum);
            signal_total += sum;
            *signal = signal_total / *n;
            signal_total -= window.oldest();
        }
        *total = signal_total;
    }
}

impl Leg<Sma> {
    /// The rates of change at the bars from `start` to `end`.
    #[inline(always)]
    fn rates(&self, prices: &[f64], start: usize, end: usize, rates: &mut [f64]) {
        let past = &prices[start - self.past..];
        for ((rate, &price), &before) in rates.iter_mut().zip(&prices[start..end]).zip(past) {
            *rate = percent_change(price, before);
        }
    }
}

#[inline(always)]
fn weighted([first, second, third, fourth]: [f64; 4]) -> f64 {
    4.0_f64.mul_add(fourth, 3.0_f64.mul_add(third, 2.0_f64.mul_add(second, first)))
}

impl<A: Average> Leg<A> {
    #[inline(always)]
    fn next(&mut self, price: f64, prices: &Ring) -> f64 {
        self.average.next(percent_change(price, prices.back(self.past - 1)))
    }
}
