// Columns of the embedded data back to typed arrays: see docs/embedded-data.md.
TradeReport.decode = (() => {
  const bytesOf = (text) => {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  };

  // Multiplies instead of shifting, because bits beyond 32 count.
  const readLeb128 = (bytes, values) => {
    let [at, number, weight] = [0, 0, 1];
    for (const byte of bytes) {
      number += (byte & 127) * weight;
      if (byte > 127) {
        weight *= 128;
      } else {
        values[at] = number % 2 === 0 ? number / 2 : -(number + 1) / 2;
        at += 1;
        number = 0;
        weight = 1;
      }
    }
  };

  const sumUp = (values) => {
    for (let at = 1; at < values.length; at += 1) values[at] += values[at - 1];
  };

  const column = (source) => {
    const bytes = bytesOf(source.data);
    const values = new Float64Array(source.n);
    if (source.kind === "f64") {
      const view = new DataView(bytes.buffer);
      for (let at = 0; at < source.n; at += 1) values[at] = view.getFloat64(8 * at, true);
      return values;
    }
    readLeb128(bytes, values);
    for (let order = 0; order < source.order; order += 1) sumUp(values);
    const scale = Number(`1e${source.decimals}`);
    if (scale !== 1) for (let at = 0; at < source.n; at += 1) values[at] /= scale;
    return values;
  };

  const isColumn = (value) => value !== null && typeof value === "object" && "data" in value && "n" in value;

  // Decodes every column of an object, and leaves the rest.
  const columns = (source) => source && Object.fromEntries(
    Object.entries(source).map(([key, value]) => [key, isColumn(value) ? column(value) : value]));

  const report = (json) => ({
    ...json,
    candles: columns(json.candles),
    strategies: json.strategies.map((strategy) => ({
      name: strategy.name,
      equity: columns(strategy.equity),
      trades: columns(strategy.trades),
    })),
  });

  return { column, report };
})();
