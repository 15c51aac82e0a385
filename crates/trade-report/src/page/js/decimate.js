// Fewer points for as many pixels as there are, without losing an extreme.
TradeReport.decimate = (() => {
  // First index whose value is not below `key`.
  const lowerBound = (values, key) => {
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // Points of `first..last` as pairs [position, value]: first, lowest, highest and last of each of `columns` columns.
  const line = (positions, values, first, last, columns) => {
    const points = [];
    const per = Math.max(1, (last - first) / columns);
    if (per <= 4) {
      for (let at = first; at < last; at += 1) points.push([positions[at], values[at]]);
      return points;
    }
    for (let column = 0; column < columns; column += 1) {
      const from = first + Math.floor(column * per);
      const to = Math.min(last, first + Math.floor((column + 1) * per));
      let [low, high] = [from, from];
      for (let at = from + 1; at < to; at += 1) {
        if (values[at] < values[low]) low = at;
        if (values[at] > values[high]) high = at;
      }
      const kept = [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
      for (const at of kept) points.push([positions[at], values[at]]);
    }
    return points;
  };

  // The bars `from..to` as one.
  const merge = ({ open, high, low, close, volume }, from, to) => {
    const bar = { from, to, open: open[from], high: high[from], low: low[from], close: close[to - 1], volume: 0 };
    for (let at = from; at < to; at += 1) {
      if (high[at] > bar.high) bar.high = high[at];
      if (low[at] < bar.low) bar.low = low[at];
      if (volume) bar.volume += volume[at];
    }
    return bar;
  };

  // Bars of `first..last` in groups of `size`; groups start at multiples of it, so that panning does not regroup.
  const candles = (bars, first, last, size) => {
    const groups = [];
    const n = bars.open.length;
    for (let from = Math.floor(first / size) * size; from < last; from += size) {
      groups.push(merge(bars, from, Math.min(n, from + size)));
    }
    return groups;
  };

  const extent = (values, first, last) => {
    let [low, high] = [Infinity, -Infinity];
    for (let at = first; at < last; at += 1) {
      if (values[at] < low) low = values[at];
      if (values[at] > high) high = values[at];
    }
    return [low, high];
  };

  return { lowerBound, line, candles, extent };
})();
