//! Every function of TA-Lib: ours, with TA-Lib's bits, beside the crate `ta-lib`.
use indicators::{Column, IndicatorKind, IndicatorSpec, Profile};
use serde::Serialize;
use ta_lib::Core;
use ta_lib::abstract_api::{FuncId, InputType, OptInputType, OutputInfo, OutputType, get_func_handle};

use crate::bars::Bars;
use crate::contest::{self, Buffers, Contestant, Effort, Kind, Timing, Way};

/// A function of TA-Lib with the catalogue's defaults.
#[derive(Serialize)]
pub(crate) struct Function {
    /// TA-Lib's name.
    pub(crate) name: &'static str,
    /// Our name and the parameters.
    pub(crate) spec: String,
    pub(crate) talib: Timing,
    pub(crate) ours: Timing,
}

impl Function {
    /// Our least time in parts of TA-Lib's.
    pub(crate) fn ratio(&self) -> f64 {
        self.ours.min_ns / self.talib.min_ns
    }
}

/// Measures all functions whose name has `filter` in it; `told` hears of each.
pub(crate) fn measure(bars: &Bars, filter: &str, effort: Effort, mut told: impl FnMut(&str)) -> Vec<Function> {
    let mut buffers = Buffers::new(bars.len(), 8, 2);
    let mut all = Vec::new();
    for kind in IndicatorKind::all().filter(|kind| kind.name().contains(filter)) {
        let Some(name) = kind.info().talib else { continue };
        let Some(function) = get_func_handle(name) else { continue };
        told(name);
        let spec = IndicatorSpec::with_defaults(kind);
        let mut contestants = [talib(function, &spec), ours(function, &spec)];
        let timings = contest::hold(&mut contestants, bars, &mut buffers, effort);
        let [talib, ours] = <[Timing; 2]>::try_from(timings).expect("two contestants");
        all.push(Function { name, spec: spec.to_string(), talib, ours });
    }
    all
}

/// The columns that both read. What is defined from −1 to 1 reads fractions.
fn source<'a>(bars: &'a Bars, function: &str) -> &'a [f64] {
    if matches!(function, "ACOS" | "ASIN") { &bars.fraction } else { &bars.close }
}

fn ours(function: FuncId, spec: &IndicatorSpec) -> Contestant {
    let spec = spec.clone();
    let info = spec.kind().info();
    let outputs = vec![Kind::Real; function.info().outputs.len()];
    Contestant::new("ours", Way::Into, outputs, move |bars, buffers| {
        let column = |column: &Column| match column {
            Column::Source => source(bars, info.talib.unwrap_or_default()),
            Column::Close => &bars.close,
            Column::Second => &bars.second,
            Column::Open => &bars.open,
            Column::High => &bars.high,
            Column::Low => &bars.low,
            Column::Volume => &bars.volume,
            Column::Condition => unreachable!("no function of TA-Lib reads conditions"),
        };
        let inputs: Vec<&[f64]> = info.inputs.iter().map(column).collect();
        let mut outputs: Vec<&mut [f64]> = buffers.columns.iter_mut().map(Vec::as_mut_slice).collect();
        let outputs = &mut outputs[..info.outputs.len()];
        spec.compute(Profile::Talib, &inputs, outputs).expect("the catalogue lists it in this profile");
    })
}

fn talib(function: FuncId, spec: &IndicatorSpec) -> Contestant {
    let (core, args) = (Core::new(), spec.args().to_vec());
    let kind = |output: &OutputInfo| match output.kind {
        OutputType::Real => Kind::Real,
        OutputType::Integer => Kind::Integer,
    };
    let outputs = function.info().outputs.iter().map(kind).collect();
    Contestant::new("ta-lib", Way::Into, outputs, move |bars, buffers| {
        buffers.offset = call(&core, function, &args, bars, buffers).expect("TA-Lib takes its own defaults");
    })
}

/// Calls a function of TA-Lib; the bar of its first value.
fn call(
    core: &Core,
    function: FuncId,
    args: &[f64],
    bars: &Bars,
    buffers: &mut Buffers,
) -> Result<usize, ta_lib::RetCode> {
    let info = function.info();
    let mut call = function.new_call(core);
    let mut sources = [source(bars, info.name), &bars.second].into_iter();
    for (slot, input) in info.inputs.iter().enumerate() {
        if matches!(input.kind, InputType::Price) {
            let Bars { open, high, low, close, volume, .. } = bars;
            call.set_price_input(slot, Some(open), Some(high), Some(low), Some(close), Some(volume), None)?;
        } else {
            call.set_input(slot, sources.next().expect("no function reads more than two"))?;
        }
    }
    for (index, (parameter, &value)) in info.opt_inputs.iter().zip(args).enumerate() {
        match parameter.kind {
            OptInputType::RealRange { .. } | OptInputType::RealList { .. } => call.set_opt_input(index, value)?,
            #[expect(clippy::cast_possible_truncation, reason = "a whole number in TA-Lib's range")]
            OptInputType::IntegerRange { .. } | OptInputType::IntegerList { .. } => {
                call.set_opt_input(index, value as i32)?
            }
        };
    }
    let Buffers { columns, integers, .. } = buffers;
    let (mut columns, mut integers) = (columns.iter_mut(), integers.iter_mut());
    for (index, output) in info.outputs.iter().enumerate() {
        match output.kind {
            OutputType::Real => call.set_output(index, columns.next().expect("there are enough buffers"))?,
            OutputType::Integer => call.set_int_output(index, integers.next().expect("there are enough buffers"))?,
        };
    }
    Ok(call.call(0, bars.len() - 1)?.beg_idx)
}
