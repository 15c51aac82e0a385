// The keyboard: on a time chart, and the list of keys anywhere.
TradeReport.keys = (() => {
  const actions = (view, trades) => ({
    ArrowLeft: (event) => view.pan(-(event.shiftKey ? 0.5 : 0.1) * (view.state.to - view.state.from)),
    ArrowRight: (event) => view.pan((event.shiftKey ? 0.5 : 0.1) * (view.state.to - view.state.from)),
    "+": () => view.zoom(0.8),
    "=": () => view.zoom(0.8),
    "-": () => view.zoom(1.25),
    Home: () => view.toStart(),
    End: () => view.toEnd(),
    n: () => trades.step(1),
    p: () => trades.step(-1),
    Escape: () => view.reset(),
  });

  const listen = (charts, view, trades) => {
    const table = actions(view, trades);
    for (const { canvas } of charts) {
      canvas.addEventListener("keydown", (event) => {
        const action = table[event.key];
        if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        action(event);
      });
    }
    const help = document.getElementById("help");
    document.addEventListener("keydown", (event) => {
      if (event.key === "?" && !event.target.closest?.("input, select") && !help.open) help.showModal();
    });
  };
  return { listen };
})();
