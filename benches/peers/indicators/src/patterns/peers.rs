//! The functions of the other libraries, in the order of the catalogue.
use super::columns;
use crate::bars::Bars;
use crate::contest::Buffers;

const RIGHT: &str = "the columns have equal lengths";

/// These functions of a module, as pointers.
macro_rules! functions {
    ($module:path: $($function:ident)*) => {{
        use $module as module;
        [$(module::$function),*]
    }};
}

type Finder<R> = fn(&[f64], &[f64], &[f64], &[f64]) -> R;
type Writer = fn(&[f64], &[f64], &[f64], &[f64], &mut [f64]) -> Result<(), adaq_talib::TaError>;

pub(super) fn talib_rs(bars: &Bars, to: &mut Buffers) {
    let find: [Finder<talib_rs::TaResult<Vec<i32>>>; 61] = functions!(
        talib_rs::pattern:
            cdl_2crows cdl_3blackcrows cdl_3inside cdl_3linestrike cdl_3outside cdl_3starsinsouth
            cdl_3whitesoldiers cdl_abandonedbaby cdl_advanceblock cdl_belthold cdl_breakaway
            cdl_closingmarubozu cdl_concealbabyswall cdl_counterattack cdl_darkcloudcover cdl_doji
            cdl_dojistar cdl_dragonflydoji cdl_engulfing cdl_eveningdojistar cdl_eveningstar
            cdl_gapsidesidewhite cdl_gravestonedoji cdl_hammer cdl_hangingman cdl_harami cdl_haramicross
            cdl_highwave cdl_hikkake cdl_hikkakemod cdl_homingpigeon cdl_identical3crows cdl_inneck
            cdl_invertedhammer cdl_kicking cdl_kickingbylength cdl_ladderbottom cdl_longleggeddoji
            cdl_longline cdl_marubozu cdl_matchinglow cdl_mathold cdl_morningdojistar cdl_morningstar
            cdl_onneck cdl_piercing cdl_rickshawman cdl_risefall3methods cdl_separatinglines
            cdl_shootingstar cdl_shortline cdl_spinningtop cdl_stalledpattern cdl_sticksandwich cdl_takuri
            cdl_tasukigap cdl_thrusting cdl_tristar cdl_unique3river cdl_upsidegap2crows
            cdl_xsidegap3methods
    );
    let [open, high, low, close] = columns(bars);
    for (find, column) in find.into_iter().zip(&mut to.integers) {
        *column = find(open, high, low, close).expect(RIGHT);
    }
}

pub(super) fn ferro(bars: &Bars, to: &mut Buffers) {
    let find: [Finder<Vec<i32>>; 61] = functions!(
        ferro_ta_core::pattern:
            cdl2crows cdl3blackcrows cdl3inside cdl3linestrike cdl3outside cdl3starsinsouth
            cdl3whitesoldiers cdlabandonedbaby cdladvanceblock cdlbelthold cdlbreakaway cdlclosingmarubozu
            cdlconcealbabyswall cdlcounterattack cdldarkcloudcover cdldoji cdldojistar cdldragonflydoji
            cdlengulfing cdleveningdojistar cdleveningstar cdlgapsidesidewhite cdlgravestonedoji cdlhammer
            cdlhangingman cdlharami cdlharamicross cdlhighwave cdlhikkake cdlhikkakemod cdlhomingpigeon
            cdlidentical3crows cdlinneck cdlinvertedhammer cdlkicking cdlkickingbylength cdlladderbottom
            cdllongleggeddoji cdllongline cdlmarubozu cdlmatchinglow cdlmathold cdlmorningdojistar
            cdlmorningstar cdlonneck cdlpiercing cdlrickshawman cdlrisefall3methods cdlseparatinglines
            cdlshootingstar cdlshortline cdlspinningtop cdlstalledpattern cdlsticksandwich cdltakuri
            cdltasukigap cdlthrusting cdltristar cdlunique3river cdlupsidegap2crows cdlxsidegap3methods
    );
    let [open, high, low, close] = columns(bars);
    for (find, column) in find.into_iter().zip(&mut to.integers) {
        *column = find(open, high, low, close);
    }
}

pub(super) fn adaq(bars: &Bars, to: &mut Buffers) {
    let find: [Writer; 61] = functions!(
        adaq_talib::pattern:
            cdl_2crows_with_output cdl_3blackcrows_with_output cdl_3inside_with_output
            cdl_3linestrike_with_output cdl_3outside_with_output cdl_3starsinsouth_with_output
            cdl_3whitesoldiers_with_output cdl_abandonedbaby_with_output cdl_advanceblock_with_output
            cdl_belthold_with_output cdl_breakaway_with_output cdl_closingmarubozu_with_output
            cdl_concealbabyswall_with_output cdl_counterattack_with_output cdl_darkcloudcover_with_output
            cdl_doji_with_output cdl_dojistar_with_output cdl_dragonflydoji_with_output
            cdl_engulfing_with_output cdl_eveningdojistar_with_output cdl_eveningstar_with_output
            cdl_gapsidesidewhite_with_output cdl_gravestonedoji_with_output cdl_hammer_with_output
            cdl_hangingman_with_output cdl_harami_with_output cdl_haramicross_with_output
            cdl_highwave_with_output cdl_hikkake_with_output cdl_hikkakemod_with_output
            cdl_homingpigeon_with_output cdl_identical3crows_with_output cdl_inneck_with_output
            cdl_invertedhammer_with_output cdl_kicking_with_output cdl_kickingbylength_with_output
            cdl_ladderbottom_with_output cdl_longleggeddoji_with_output cdl_longline_with_output
            cdl_marubozu_with_output cdl_matchinglow_with_output cdl_mathold_with_output
            cdl_morningdojistar_with_output cdl_morningstar_with_output cdl_onneck_with_output
            cdl_piercing_with_output cdl_rickshawman_with_output cdl_risefall3methods_with_output
            cdl_separatinglines_with_output cdl_shootingstar_with_output cdl_shortline_with_output
            cdl_spinningtop_with_output cdl_stalledpattern_with_output cdl_sticksandwich_with_output
            cdl_takuri_with_output cdl_tasukigap_with_output cdl_thrusting_with_output
            cdl_tristar_with_output cdl_unique3river_with_output cdl_upsidegap2crows_with_output
            cdl_xsidegap3methods_with_output
    );
    let [open, high, low, close] = columns(bars);
    for (find, column) in find.into_iter().zip(&mut to.columns) {
        find(open, high, low, close, column).expect(RIGHT);
    }
}
