// Candles, volume and trades.
TradeReport.createCandleChart = (canvas, readout, report, view, scale, marks) => {
  const { decimate, format } = TradeReport;
  const bars = report.candles;
  const n = bars.open.length;
  const LEAST_PIXELS = 3;
  const grouped = { key: "", groups: [] };

  // The groups of bars in view, so many that each has a few pixels.
  const groups = () => {
    const { from, to } = view.state;
    const first = Math.max(0, Math.floor(from));
    const last = Math.min(n, Math.ceil(to) + 1);
    const size = Math.max(1, Math.ceil(((to - from) * LEAST_PIXELS) / Math.max(1, canvas.clientWidth)));
    const key = `${first} ${last} ${size}`;
    if (grouped.key !== key) Object.assign(grouped, { key, size, groups: decimate.candles(bars, first, last, size) });
    return grouped;
  };
  const extent = () => groups().groups.reduce(
    ([low, high], bar) => [Math.min(low, bar.low), Math.max(high, bar.high)], [Infinity, -Infinity]);

  const drawCandles = (frame) => {
    const { pen, colors, toX, toY } = frame;
    const { size } = grouped;
    const width = Math.max(1, (toX(size) - toX(0)) * 0.7);
    pen.lineWidth = 1;
    for (const bar of groups().groups) {
      const x = toX((bar.from + bar.to - 1) / 2);
      const rises = bar.close >= bar.open;
      pen.fillStyle = pen.strokeStyle = rises ? colors.pos : colors.neg;
      const [top, bottom] = [toY(Math.max(bar.open, bar.close)), toY(Math.min(bar.open, bar.close))];
      pen.fillRect(x - 0.5, toY(bar.high), 1, Math.max(1, top - toY(bar.high)));
      pen.fillRect(x - 0.5, bottom, 1, Math.max(0, toY(bar.low) - bottom));
      if (rises && width > 4) pen.strokeRect(x - width / 2 + 0.5, top, width - 1, Math.max(1, bottom - top));
      else pen.fillRect(x - width / 2, top, width, Math.max(1, bottom - top));
    }
    marks.draw(frame, view.state);
  };

  const drawVolume = ({ pen, colors, toX, toY }) => {
    const width = Math.max(1, (toX(grouped.size) - toX(0)) * 0.7);
    pen.fillStyle = colors.soft;
    pen.globalAlpha = 0.5;
    for (const bar of grouped.groups) {
      const y = toY(bar.volume);
      pen.fillRect(toX((bar.from + bar.to - 1) / 2) - width / 2, y, width, toY(0) - y);
    }
    pen.globalAlpha = 1;
  };

  const describe = (cursor) => {
    const at = Math.max(0, Math.min(n - 1, Math.round(cursor === null ? view.state.to - 0.5 : cursor)));
    const price = (values) => format.fixed(values[at], bars.price_decimals);
    const volume = bars.volume ? ` · volume ${format.short(bars.volume[at])}` : "";
    const size = groups().size > 1 ? ` · ${groups().size} bars a candle` : "";
    const prices = `O ${price(bars.open)} H ${price(bars.high)} L ${price(bars.low)} C ${price(bars.close)}`;
    return `${format.minute(bars.open_time[at])} · ${prices}${volume}${size}`;
  };

  const panes = [{ share: 8, padding: 0.06, extent, draw: drawCandles, text: format.axis }];
  const volumeExtent = () => [0, grouped.groups.reduce((most, bar) => Math.max(most, bar.volume), 0) || 1];
  if (bars.volume) {
    panes.push({ share: 2, padding: 0.05, fromZero: true, extent: volumeExtent, draw: drawVolume,
      text: (value, step) => format.axis(value, step) });
  }
  return TradeReport.createChart(canvas, view, scale, panes, { report, readout, describe });
};
