// Files made of the embedded data.
TradeReport.download = (() => {
  const { iso } = TradeReport.format;
  const HEAD = "rank,strategy,period,entry_time,exit_time,side,quantity,entry_price,exit_price,profit,costs,reason,mae,mfe";

  const text = (value) => {
    const guarded = (/^[=+\-@\t\r]/.test(value) ? "'" : "") + value;
    return /[",\r\n]/.test(value) ? `"${guarded.replaceAll("\"", "\"\"")}"` : guarded;
  };
  const optional = (column, at) => (column && !Number.isNaN(column[at]) ? column[at] : "");

  const tradesCsv = (report) => {
    const lines = [HEAD];
    const periodAt = (time) => report.periods.find(({ range }) => range.from_ms <= time && time < range.to_ms)?.kind ?? "";
    report.strategies.forEach(({ name, trades }, index) => {
      for (let at = 0; at < (trades?.profit.length ?? 0); at += 1) {
        lines.push([
          index + 1, text(name), periodAt(trades.entry_time[at]), iso(trades.entry_time[at]), iso(trades.exit_time[at]), trades.side[at] === 0 ? "long" : "short",
          trades.quantity[at], trades.entry_price[at], trades.exit_price[at], trades.profit[at],
          optional(trades.costs, at), text(trades.reasons[trades.reason[at]]), optional(trades.mae, at), optional(trades.mfe, at),
        ].join(","));
      }
    });
    return `${lines.join("\r\n")}\r\n`;
  };

  const save = (name, type, content) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return { tradesCsv, save };
})();
