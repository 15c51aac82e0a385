use super::money_flow::{money_flow, money_flows};
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's Chaikin money flow: the money flow of the last `period` bars over their volume, −1 to 1.
///
/// Two running totals; what leaves is taken away before what enters is added. A window without volume gives 0, and
/// clears the totals of their rounding errors.
#[derive(Clone, Debug)]
pub struct Cmf {
    flows: Ring,
    volumes: Ring,
    totals: Totals,
}

constructor!(Cmf(period: usize));
memory!(Cmf { flows, volumes, totals });

#[derive(Clone, Copy, Debug)]
struct Totals {
    period: usize,
    flow: f64,
    volume: f64,
    /// Bars without volume up to now, at most a window of them.
    idle: usize,
}

memory!(Totals { flow, volume, idle });

impl Totals {
    #[inline(always)]
    fn slide(&mut self, entering: [f64; 2], leaving: [f64; 2]) {
        self.flow = self.flow - leaving[0] + entering[0];
        self.volume = self.volume - leaving[1] + entering[1];
        self.idle = if entering[1] == 0.0 { self.idle + 1 } else { 0 };
        if self.idle >= self.period {
            (self.idle, self.flow, self.volume) = (self.period, 0.0, 0.0);
        }
    }
}

#[inline(always)]
fn quotient(flow: f64, volume: f64) -> f64 {
    if volume > 0.0 { flow / volume } else { 0.0 }
}

/// Bars whose flows are worked out in one go.
const BLOCK: usize = 256;

impl Indicator<4, 1> for Cmf {
    const NAME: &'static str = "cmf";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = BLOCK;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        let totals = Totals { period, flow: 0.0, volume: 0.0, idle: 0 };
        Self { flows: Ring::new(period), volumes: Ring::new(period), totals }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 4]) -> [f64; 1] {
        let entering = [money_flow(bar), bar[3]];
        let leaving = [self.flows.push(entering[0]), self.volumes.push(entering[1])];
        self.totals.slide(entering, leaving);
        [if self.flows.is_full() { quotient(self.totals.flow, self.totals.volume) } else { f64::NAN }]
    }

    /// The flows first, then the totals, then the quotients: neither flows nor quotients wait for one another.
    #[inline(always)]
    fn run_known(&mut self, bars: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
        let filling = out.len().min(self.flows.free());
        let (first_out, out) = out.split_at_mut(filling);
        step_each(self, bars.map(|column| &column[..filling]), [first_out]);
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            let start = filling + block * BLOCK;
            let bars = bars.map(|column| &column[start..start + out.len()]);
            let (mut flows, mut volumes) = ([0.0; BLOCK], [0.0; BLOCK]);
            let flows = &mut flows[..out.len()];
            money_flows(bars, flows);
            let mut totals = self.totals;
            let mut entering = out.iter_mut().zip(&mut volumes).zip(flows.iter().zip(bars[3]));
            for (left, left_volumes) in self.flows.leaving(flows).into_iter().zip(self.volumes.leaving(bars[3])) {
                let leaving = left.iter().zip(left_volumes);
                for ((&left, &left_volume), ((flow, volume), (&entering, &entering_volume))) in
                    leaving.zip(&mut entering)
                {
                    totals.slide([entering, entering_volume], [left, left_volume]);
                    (*flow, *volume) = (totals.flow, totals.volume);
                }
            }
            for (flow, &volume) in out.iter_mut().zip(&volumes) {
                *flow = quotient(*flow, volume);
            }
            self.totals = totals;
            self.flows.extend(flows);
            self.volumes.extend(bars[3]);
        }
    }
}
