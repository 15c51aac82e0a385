// The visible range, shared by all charts; positions count knots of the time axis.
TradeReport.createView = (n) => {
  const full = { from: -0.5, to: n - 0.5 };
  const smallest = Math.min(10, Math.max(1, n));
  const state = { ...full, cursor: null, trade: null, strategy: 0 };
  const listeners = [];
  let planned = false;

  const draw = () => {
    planned = false;
    for (const listener of listeners) listener(state);
  };
  const changed = () => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(draw);
  };
  const show = (from, to) => {
    const width = Math.min(full.to - full.from, Math.max(smallest, to - from));
    const middle = (from + to) / 2;
    const start = Math.min(full.to - width, Math.max(full.from, middle - width / 2));
    Object.assign(state, { from: start, to: start + width });
    changed();
  };
  const width = () => state.to - state.from;
  const zoom = (factor, around = (state.from + state.to) / 2) => {
    const wide = Math.min(full.to - full.from, Math.max(smallest, width() * factor));
    const share = (around - state.from) / width();
    show(around - share * wide, around + (1 - share) * wide);
  };
  return {
    state, show, zoom, changed, full,
    pan: (positions) => show(state.from + positions, state.to + positions),
    reset: () => { state.trade = null; show(full.from, full.to); },
    toStart: () => show(full.from, full.from + width()),
    toEnd: () => show(full.to - width(), full.to),
    set: (values) => { Object.assign(state, values); changed(); },
    subscribe: (listener) => listeners.push(listener),
  };
};
