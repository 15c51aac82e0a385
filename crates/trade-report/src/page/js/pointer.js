// Wheel, drag, drag with Shift, pinch and double click on a time chart.
TradeReport.listenToPointer = (chart, view) => {
  const { canvas } = chart;
  const pointers = new Map();
  let drag = null;
  const xOf = (event) => event.clientX - canvas.getBoundingClientRect().left;
  const perPixel = () => (view.state.to - view.state.from) / chart.plotWidth();

  canvas.addEventListener("wheel", (event) => {
    if (document.activeElement !== canvas && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) view.pan(event.deltaX * perPixel());
    else view.zoom(1.0015 ** event.deltaY, chart.toPosition(xOf(event)));
  }, { passive: false });

  canvas.addEventListener("pointerdown", (event) => {
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, xOf(event));
    drag = pointers.size === 1 ? { select: event.shiftKey, from: chart.toPosition(xOf(event)) } : null;
  });

  const pinch = (event) => {
    const before = [...pointers.values()];
    pointers.set(event.pointerId, xOf(event));
    const after = [...pointers.values()];
    const spread = ([a, b]) => Math.max(8, Math.abs(a - b));
    const middle = ([a, b]) => (a + b) / 2;
    view.pan((middle(before) - middle(after)) * perPixel());
    view.zoom(spread(before) / spread(after), chart.toPosition(middle(after)));
  };

  canvas.addEventListener("pointermove", (event) => {
    const position = chart.toPosition(xOf(event));
    if (pointers.size === 2 && pointers.has(event.pointerId)) { pinch(event); return; }
    if (drag?.select) {
      chart.selection = [drag.from, position];
    } else if (drag) {
      view.pan((pointers.get(event.pointerId) - xOf(event)) * perPixel());
      pointers.set(event.pointerId, xOf(event));
    }
    view.set({ cursor: position });
  });

  const end = (event) => {
    pointers.delete(event.pointerId);
    if (chart.selection) {
      const [from, to] = [...chart.selection].sort((a, b) => a - b);
      chart.selection = null;
      if (event.type === "pointerup" && to - from > 4 * perPixel()) view.show(from, to);
    }
    drag = null;
    view.changed();
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("pointerleave", () => view.set({ cursor: null }));
  canvas.addEventListener("dblclick", () => view.reset());
};
