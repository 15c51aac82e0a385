// What follows from the data.
TradeReport.derive = (() => {
  // Fall below the largest value so far, as a fraction of it; NaN where none was above 0. `initial` is the value before.
  const drawdowns = (equity, initial = null) => {
    let peak = initial ?? -Infinity;
    return equity.map((value) => {
      peak = Math.max(peak, value);
      return peak > 0 ? value / peak - 1 : NaN;
    });
  };

  // The axis counts knots (bars, or points of equity), so that closed markets take no room.
  const timeScale = (knots) => {
    const n = knots.length;
    const step = n > 1 ? (knots[n - 1] - knots[0]) / (n - 1) : 1;
    const positionOf = (time) => {
      if (time <= knots[0]) return (time - knots[0]) / step;
      if (time >= knots[n - 1]) return n - 1 + (time - knots[n - 1]) / step;
      const at = TradeReport.decimate.lowerBound(knots, time);
      return at - (knots[at] - time) / (knots[at] - knots[at - 1]);
    };
    const timeAt = (position) => {
      const at = Math.floor(position);
      if (at < 0) return knots[0] + position * step;
      if (at >= n - 1) return knots[n - 1] + (position - n + 1) * step;
      return knots[at] + (position - at) * (knots[at + 1] - knots[at]);
    };
    return { n, positionOf, timeAt };
  };

  const knotsOf = (report) => {
    if (report.candles) return report.candles.open_time;
    const series = report.strategies.map((strategy) => strategy.equity?.time).filter(Boolean);
    return series.reduce((longest, time) => (time.length > longest.length ? time : longest), [0]);
  };

  const positionsOf = (times, scale) => Float64Array.from(times, scale.positionOf);
  return { drawdowns, timeScale, knotsOf, positionsOf };
})();
