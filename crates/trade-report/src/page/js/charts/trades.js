// Marks of trades over the candles: shapes tell side and outcome, colours repeat it.
TradeReport.tradeMarks = (report, scale) => {
  const positions = report.strategies.map(({ trades }) => trades && {
    entry: TradeReport.derive.positionsOf(trades.entry_time, scale),
    exit: TradeReport.derive.positionsOf(trades.exit_time, scale),
  });

  // A fill inside a bar belongs to that bar.
  const barOf = (position) => Math.min(scale.n - 1, Math.floor(position + 1e-9));

  const visible = (strategy, from, to) => {
    const place = positions[strategy];
    const found = [];
    if (!place) return found;
    for (let at = 0; at < place.entry.length; at += 1) {
      if (place.entry[at] > to) break;
      if (place.exit[at] >= from) found.push(at);
    }
    return found;
  };

  const triangle = (pen, x, y, direction) => {
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x - 6, y + 10 * direction);
    pen.lineTo(x + 6, y + 10 * direction);
    pen.closePath();
    pen.fill();
    pen.stroke();
  };

  const exitMark = (pen, x, y, won, color) => {
    pen.beginPath();
    if (won) {
      pen.arc(x, y, 4, 0, 7);
      pen.fill();
      pen.stroke();
      return;
    }
    pen.moveTo(x - 4, y - 4);
    pen.lineTo(x + 4, y + 4);
    pen.moveTo(x + 4, y - 4);
    pen.lineTo(x - 4, y + 4);
    Object.assign(pen, { lineWidth: 2.25, strokeStyle: color });
    pen.stroke();
  };

  const drawTrade = ({ pen, colors, toX, toY }, trades, place, at, selected) => {
    const won = trades.profit[at] > 0;
    const color = won ? colors.pos : colors.neg;
    const [x0, y0] = [toX(barOf(place.entry[at])), toY(trades.entry_price[at])];
    const [x1, y1] = [toX(barOf(place.exit[at])), toY(trades.exit_price[at])];
    Object.assign(pen, { strokeStyle: color, lineWidth: selected ? 3 : 1.5 });
    pen.setLineDash(won ? [] : [5, 4]);
    pen.beginPath();
    pen.moveTo(x0, y0);
    pen.lineTo(x1, y1);
    pen.stroke();
    pen.setLineDash([]);
    Object.assign(pen, { fillStyle: colors.accent, strokeStyle: colors.paper, lineWidth: 1 });
    triangle(pen, x0, y0, trades.side[at] === 0 ? 1 : -1);
    Object.assign(pen, { fillStyle: color, strokeStyle: colors.paper, lineWidth: 1 });
    exitMark(pen, x1, y1, won, color);
    if (!selected) return;
    Object.assign(pen, { strokeStyle: colors.ink, lineWidth: 1.5 });
    const [left, top] = [Math.min(x0, x1) - 10, Math.min(y0, y1) - 14];
    pen.strokeRect(left, top, Math.abs(x1 - x0) + 20, Math.abs(y1 - y0) + 28);
  };

  // Too many to tell apart become a strip at the foot of the pane.
  const drawStrip = ({ pen, colors, area, toX }, trades, place, found) => {
    pen.globalAlpha = 0.6;
    for (const at of found) {
      const won = trades.profit[at] > 0;
      pen.fillStyle = won ? colors.pos : colors.neg;
      pen.fillRect(toX(place.entry[at]), area.top + area.height - (won ? 14 : 7), 1, 6);
    }
    pen.globalAlpha = 1;
  };

  const draw = (frame, state) => {
    const { trades } = report.strategies[state.strategy] ?? {};
    const place = positions[state.strategy];
    if (!trades) return;
    const found = visible(state.strategy, state.from, state.to);
    if (found.length > frame.area.width / 12) drawStrip(frame, trades, place, found);
    else for (const at of found) if (at !== state.trade) drawTrade(frame, trades, place, at, false);
    if (state.trade !== null && found.includes(state.trade)) drawTrade(frame, trades, place, state.trade, true);
  };

  return { draw, positions };
};
