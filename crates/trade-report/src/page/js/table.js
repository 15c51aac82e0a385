// The table of trades: sorted by a column, filtered, a page at a time.
TradeReport.createTradeTable = (report, view, select) => {
  const { format } = TradeReport;
  const ROWS = 25;
  const table = document.getElementById("trade-table");
  const controls = ["trade-side", "trade-outcome", "trade-find"].map((id) => document.getElementById(id));
  const state = { key: "entry_time", descending: false, page: 0, rows: [] };
  const trades = () => report.strategies[view.state.strategy]?.trades;
  const decimals = report.candles?.price_decimals ?? 5;
  const reason = (at) => trades().reasons[trades().reason[at]];
  const side = (at) => (trades().side[at] === 0 ? "long" : "short");
  const number = (key, digits) => ({ key, text: (at) => format.fixed(trades()[key][at], digits) });
  const all = [
    { key: "number", title: "#", value: (at) => at, text: (at) => String(at + 1) },
    { key: "entry_time", title: "Entry, UTC", left: true, text: (at) => format.minute(trades().entry_time[at]) },
    { key: "exit_time", title: "Exit, UTC", left: true, text: (at) => format.minute(trades().exit_time[at]) },
    { key: "side", title: "Side", left: true, text: side },
    { key: "quantity", title: "Quantity", text: (at) => format.short(trades().quantity[at]) },
    { ...number("entry_price", decimals), title: "Entry price" },
    { ...number("exit_price", decimals), title: "Exit price" },
    { ...number("profit", 2), title: `Profit, ${report.currency}`, signed: true },
    { ...number("costs", 2), title: `Costs, ${report.currency}` },
    { key: "reason", title: "Closed by", left: true, value: reason, text: reason },
    { ...number("mae", 2), title: `MAE, ${report.currency}` },
    { ...number("mfe", 2), title: `MFE, ${report.currency}` },
  ];
  const columns = () => all.filter(({ key }) => !["costs", "mae", "mfe"].includes(key) || trades()?.[key]);
  const valueOf = ({ key, value }) => value ?? ((at) => trades()[key][at]);

  const matches = (at) => {
    const [wantedSide, outcome, text] = controls.map((control) => control.value);
    if (wantedSide && side(at) !== wantedSide) return false;
    if (outcome && (trades().profit[at] > 0) !== (outcome === "win")) return false;
    const words = `${reason(at)} ${format.minute(trades().entry_time[at])} ${format.minute(trades().exit_time[at])}`;
    return words.toLowerCase().includes(text.trim().toLowerCase());
  };

  const compare = (a, b) => {
    if (typeof a === "string") return a < b ? -1 : Number(a > b);
    return Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) - Number.isNaN(b) : a - b;
  };

  const order = () => {
    const n = trades()?.profit.length ?? 0;
    const value = valueOf(all.find(({ key }) => key === state.key));
    const sign = state.descending ? -1 : 1;
    state.rows = Array.from({ length: n }, (_, at) => at).filter(matches);
    state.rows.sort((a, b) => sign * compare(value(a), value(b)) || a - b);
  };

  const head = (column) => {
    const cell = document.createElement("th");
    const button = document.createElement("button");
    const sorted = column.key === state.key;
    button.textContent = column.title + (sorted ? (state.descending ? " ↓" : " ↑") : "");
    button.addEventListener("click", () => sortBy(column.key));
    if (sorted) cell.setAttribute("aria-sort", state.descending ? "descending" : "ascending");
    if (column.left) cell.className = "text";
    cell.append(button);
    return cell;
  };

  const row = (at) => {
    const line = document.createElement("tr");
    line.tabIndex = 0;
    line.dataset.trade = at;
    line.setAttribute("aria-selected", String(at === view.state.trade));
    for (const column of columns()) {
      const cell = line.insertCell();
      cell.textContent = column.text(at);
      cell.className = column.left ? "text" : "";
      if (column.signed) cell.classList.add(trades().profit[at] > 0 ? "pos" : "neg");
    }
    line.addEventListener("click", () => select(at));
    line.addEventListener("keydown", (event) => { if (event.key === "Enter") select(at); });
    return line;
  };

  const draw = () => {
    const pages = Math.max(1, Math.ceil(state.rows.length / ROWS));
    state.page = Math.max(0, Math.min(pages - 1, state.page));
    const line = document.createElement("tr");
    line.append(...columns().map(head));
    const focused = table.tHead.contains(document.activeElement);
    table.tHead.replaceChildren(line);
    if (focused) table.tHead.querySelector("[aria-sort] button")?.focus();
    const first = state.page * ROWS;
    table.tBodies[0].replaceChildren(...state.rows.slice(first, first + ROWS).map(row));
    const shown = `${Math.min(first + 1, state.rows.length)} to ${Math.min(first + ROWS, state.rows.length)}`;
    document.getElementById("trade-count").textContent = `${shown} of ${format.fixed(state.rows.length, 0)} trades`;
  };

  const refresh = () => { order(); draw(); };
  const sortBy = (key) => {
    Object.assign(state, { key, descending: state.key === key && !state.descending, page: 0 });
    refresh();
  };
  const turn = (pages) => { state.page += pages; draw(); };
  const reveal = (at) => {
    const place = state.rows.indexOf(at);
    if (place >= 0) state.page = Math.floor(place / ROWS);
    draw();
  };
  for (const control of controls) control.addEventListener("input", () => { state.page = 0; refresh(); });
  document.getElementById("page-previous").addEventListener("click", () => turn(-1));
  document.getElementById("page-next").addEventListener("click", () => turn(1));
  return { refresh, reveal, state };
};
