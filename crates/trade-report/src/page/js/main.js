// Reads the data and puts the parts together.
TradeReport.start = () => {
  const byId = (id) => document.getElementById(id);
  const { decode, derive, format, download } = TradeReport;
  const metrics = byId("report-metrics").textContent;
  const report = decode.report(JSON.parse(byId("report-data").textContent));
  const scale = derive.timeScale(derive.knotsOf(report));
  const view = TradeReport.createView(scale.n);
  const marks = TradeReport.tradeMarks(report, scale);
  for (const part of document.querySelectorAll(".js")) part.hidden = false;

  const charts = [];
  if (byId("equity")) charts.push(TradeReport.createEquityChart(byId("equity"), byId("equity-values"), report, view, scale));
  if (byId("candles")) charts.push(TradeReport.createCandleChart(byId("candles"), byId("candles-values"), report, view, scale, marks));
  for (const chart of charts) TradeReport.listenToPointer(chart, view);
  const heatMaps = [...document.querySelectorAll("canvas.heat")].map((canvas) =>
    TradeReport.createHeatMap(canvas, canvas.nextElementSibling, report.heat_maps[canvas.dataset.map], report.currency));

  const say = (text) => byId("status")?.replaceChildren(text);
  const current = () => report.strategies[view.state.strategy]?.trades;
  const centre = (at) => {
    const place = marks.positions[view.state.strategy];
    const [entry, exit] = [place.entry[at], place.exit[at]];
    const width = Math.max(80, 3 * (exit - entry), Math.min(view.state.to - view.state.from, 200));
    view.show((entry + exit - width) / 2, (entry + exit + width) / 2);
  };
  const select = (at) => {
    const trades = current();
    view.set({ trade: at });
    centre(at);
    table?.reveal(at);
    const side = trades.side[at] === 0 ? "long" : "short";
    const times = `${format.minute(trades.entry_time[at])} to ${format.minute(trades.exit_time[at])}`;
    const reason = trades.reasons[trades.reason[at]];
    say(`Trade ${at + 1} of ${trades.profit.length}: ${side}, ${times}, profit ` +
      `${format.money(trades.profit[at], report.currency)}${reason ? `, closed by ${reason}` : ""}`);
  };
  const step = (by) => {
    const n = current()?.profit.length ?? 0;
    if (n === 0) return;
    const at = view.state.trade === null ? (by > 0 ? 0 : n - 1) : view.state.trade + by;
    select(Math.max(0, Math.min(n - 1, at)));
  };
  const table = byId("trades") ? TradeReport.createTradeTable(report, view, select) : null;

  const choose = (strategy) => {
    view.set({ strategy, trade: null });
    for (const section of document.querySelectorAll(".strategy")) section.hidden = Number(section.dataset.strategy) !== strategy;
    say("");
    table?.refresh();
  };
  const redraw = () => { view.changed(); for (const map of heatMaps) map.draw(); };
  const on = (id, action) => byId(id)?.addEventListener("click", action);
  report.strategies.forEach(({ name }, at) => byId("strategy")?.add(new Option(`${at + 1}. ${name}`, at)));
  byId("strategy")?.addEventListener("change", (event) => choose(Number(event.target.value)));
  on("zoom-in", () => view.zoom(0.8));
  on("zoom-out", () => view.zoom(1.25));
  on("reset", () => view.reset());
  on("next-trade", () => step(1));
  on("previous-trade", () => step(-1));
  on("show-help", () => byId("help").showModal());
  on("download-trades", () => download.save("trades.csv", "text/csv", download.tradesCsv(report)));
  on("download-metrics", () => download.save("metrics.json", "application/json", metrics));
  TradeReport.keys.listen(charts, view, { step });
  TradeReport.listenForTooltips();
  for (const media of ["print", "(prefers-color-scheme: dark)"]) matchMedia(media).addEventListener("change", redraw);
  choose(0);
  Object.assign(TradeReport, { report, view, heatMaps, table });
};
TradeReport.start();
