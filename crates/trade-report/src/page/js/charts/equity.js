// Equity of the chosen strategy over the others, and its drawdown.
TradeReport.createEquityChart = (canvas, readout, report, view, scale) => {
  const { decimate, format, derive } = TradeReport;
  const series = report.strategies.map(({ equity }) => equity && {
    positions: derive.positionsOf(equity.time, scale),
    times: equity.time,
    equity: equity.equity,
    drawdown: derive.drawdowns(equity.equity, equity.initial),
  });
  const current = () => series[view.state.strategy];

  // Indices of the points in view, with a neighbour at either side.
  const range = ({ positions }) => {
    const first = decimate.lowerBound(positions, view.state.from);
    const last = decimate.lowerBound(positions, view.state.to);
    return [Math.max(0, first - 1), Math.min(positions.length, last + 1)];
  };
  const extent = (some, name) => {
    const ends = some.filter(Boolean).map((one) => decimate.extent(one[name], ...range(one)));
    const [low, high] = [Math.min(...ends.map((end) => end[0])), Math.max(...ends.map((end) => end[1]))];
    return low <= high ? [low, high] : [0, 1];
  };

  const trace = ({ pen, area, toX, toY }, one, name) => {
    const [first, last] = range(one);
    const points = decimate.line(one.positions, one[name], first, last, Math.ceil(area.width));
    pen.beginPath();
    points.forEach(([position, value], at) => {
      if (at === 0) pen.moveTo(toX(position), toY(value));
      else pen.lineTo(toX(position), toY(value));
    });
    return points;
  };

  const drawEquity = (frame) => {
    const { pen, colors } = frame;
    series.forEach((one, at) => {
      if (!one || at === view.state.strategy) return;
      Object.assign(pen, { strokeStyle: colors.soft, lineWidth: 1, globalAlpha: 0.35 });
      trace(frame, one, "equity");
      pen.stroke();
    });
    pen.globalAlpha = 1;
    if (!current()) return;
    Object.assign(pen, { strokeStyle: colors.accent, lineWidth: 1.75, lineJoin: "round" });
    trace(frame, current(), "equity");
    pen.stroke();
  };

  const drawDrawdown = (frame) => {
    const { pen, colors, toX, toY } = frame;
    if (!current()) return;
    const points = trace(frame, current(), "drawdown");
    if (points.length === 0) return;
    Object.assign(pen, { strokeStyle: colors.neg, fillStyle: colors.neg, lineWidth: 1.25 });
    pen.stroke();
    pen.lineTo(toX(points[points.length - 1][0]), toY(0));
    pen.lineTo(toX(points[0][0]), toY(0));
    pen.globalAlpha = 0.18;
    pen.fill();
    pen.globalAlpha = 1;
  };

  const describe = (cursor) => {
    const one = current();
    if (!one) return "no equity for this strategy";
    const wanted = cursor === null ? view.state.to : Math.round(cursor) + 1e-6;
    const at = Math.max(0, Math.min(one.positions.length, decimate.lowerBound(one.positions, wanted)) - 1);
    const money = format.money(one.equity[at], report.currency);
    return `${format.minute(one.times[at])} · equity ${money} · drawdown ${format.percent(one.drawdown[at])}`;
  };

  const drawdownExtent = () => [Math.min(extent([current()], "drawdown")[0], -0.001), 0];
  const panes = [
    { share: 7, padding: 0.08, extent: () => extent(series, "equity"), draw: drawEquity, text: format.axis },
    { share: 3, padding: 0.08, toZero: true, extent: drawdownExtent, draw: drawDrawdown,
      text: (value, step) => `${format.axis(100 * value, 100 * step)} %` },
  ];
  return TradeReport.createChart(canvas, view, scale, panes, { report, readout, describe });
};
