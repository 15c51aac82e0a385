// What all time charts share: canvas, panes, grids, periods, crosshair.
TradeReport.createChart = (canvas, view, scale, panes, context) => {
  const RIGHT = 66;
  const BOTTOM = 24;
  const GAP = 10;
  const pen = canvas.getContext("2d");
  const layer = document.createElement("canvas");
  let drawn = "";
  const box = { width: 0, height: 0 };
  const plotWidth = () => Math.max(1, box.width - RIGHT);
  const toX = (position) => ((position - view.state.from) / (view.state.to - view.state.from)) * plotWidth();
  const toPosition = (x) => view.state.from + (x / plotWidth()) * (view.state.to - view.state.from);

  const resize = () => {
    const ratio = window.devicePixelRatio || 1;
    box.width = canvas.clientWidth;
    box.height = canvas.clientHeight;
    const [width, height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  };

  const layout = () => {
    const height = box.height - BOTTOM - GAP * (panes.length - 1) - 6;
    const total = panes.reduce((sum, pane) => sum + pane.share, 0);
    let top = 6;
    return panes.map((pane) => {
      const area = { top, height: (height * pane.share) / total, width: plotWidth() };
      top += area.height + GAP;
      return area;
    });
  };

  const drawPeriods = (colors, areas) => {
    const bottom = areas[areas.length - 1].top + areas[areas.length - 1].height;
    for (const period of context.report.periods) {
      const left = Math.max(0, toX(scale.positionOf(period.range.from_ms) - 0.5));
      const right = Math.min(plotWidth(), toX(scale.positionOf(period.range.to_ms) - 0.5));
      if (right <= left) continue;
      pen.fillStyle = colors[period.kind.replaceAll("_", "-")];
      pen.fillRect(left, areas[0].top, right - left, bottom - areas[0].top);
    }
  };

  // After the grid, on a ground of their own, so that no line strikes them through.
  const drawPeriodLabels = (colors, area) => {
    pen.textAlign = "left";
    for (const period of context.report.periods) {
      const left = Math.max(0, toX(scale.positionOf(period.range.from_ms) - 0.5));
      const right = Math.min(plotWidth(), toX(scale.positionOf(period.range.to_ms) - 0.5));
      const wide = pen.measureText(period.label).width;
      if (wide + 14 > right - left) continue;
      pen.fillStyle = colors.paper;
      pen.globalAlpha = 0.8;
      pen.fillRect(left + 3, area.top + 2, wide + 8, 17);
      pen.globalAlpha = 1;
      pen.fillStyle = colors.soft;
      pen.fillText(period.label, left + 7, area.top + 11);
    }
  };

  const drawValueGrid = (colors, area, toY, low, high, text) => {
    const { step, marks } = TradeReport.axis.values(low, high, Math.max(3, area.height / 44));
    pen.textAlign = "left";
    for (const mark of marks) {
      const y = Math.round(toY(mark)) + 0.5;
      if (y < area.top - 1 || y > area.top + area.height + 1) continue;
      pen.fillStyle = colors.line;
      pen.fillRect(0, y - 0.5, area.width, 1);
      pen.fillStyle = colors.soft;
      pen.fillText(text(mark, step), area.width + 6, Math.min(area.top + area.height - 5, Math.max(area.top + 6, y)));
    }
  };

  const drawTimeAxis = (colors, areas) => {
    const last = areas[areas.length - 1];
    const y = box.height - BOTTOM / 2 + 2;
    for (const { x, text } of TradeReport.axis.times(scale, view.state.from, view.state.to, toX, 92, plotWidth())) {
      pen.fillStyle = colors.line;
      for (const area of areas) pen.fillRect(Math.round(x), area.top, 1, area.height);
      pen.fillStyle = colors.soft;
      pen.textAlign = x < 24 ? "left" : "center";
      if (x < last.width - 16) pen.fillText(text, x, y);
    }
    pen.textAlign = "left";
    pen.fillText("UTC", last.width + 6, y);
  };

  const drawPane = (colors, pane, area) => {
    const [low, high] = pane.extent();
    const pad = high > low ? (high - low) * pane.padding : Math.abs(high) * 0.01 || 1;
    const [bottom, top] = [pane.fromZero ? low : low - pad, pane.toZero ? high : high + pad];
    const toY = (value) => area.top + ((top - value) / (top - bottom)) * area.height;
    drawValueGrid(colors, area, toY, bottom, top, pane.text);
    pen.save();
    pen.beginPath();
    pen.rect(0, area.top - 2, area.width, area.height + 4);
    pen.clip();
    pane.draw({ pen, colors, area, toX, toY });
    pen.restore();
  };

  const drawCrosshair = (colors, areas) => {
    const { cursor } = view.state;
    if (cursor === null || cursor < view.state.from || cursor > view.state.to) return;
    pen.strokeStyle = colors.soft;
    pen.lineWidth = 1;
    pen.setLineDash([3, 3]);
    const x = Math.round(toX(Math.round(cursor))) + 0.5;
    const last = areas[areas.length - 1];
    pen.beginPath();
    pen.moveTo(x, areas[0].top);
    pen.lineTo(x, last.top + last.height);
    pen.stroke();
    pen.setLineDash([]);
  };

  const drawSelection = (colors, areas) => {
    if (!chart.selection) return;
    const [left, right] = chart.selection.map(toX).sort((a, b) => a - b);
    pen.globalAlpha = 0.2;
    pen.fillStyle = colors.accent;
    pen.fillRect(left, areas[0].top, right - left, box.height - BOTTOM - areas[0].top);
    pen.globalAlpha = 1;
  };

  const drawPlot = (colors, areas) => {
    pen.clearRect(0, 0, box.width, box.height);
    pen.font = "12px system-ui, sans-serif";
    pen.textBaseline = "middle";
    drawPeriods(colors, areas);
    drawTimeAxis(colors, areas);
    panes.forEach((pane, at) => drawPane(colors, pane, areas[at]));
    drawPeriodLabels(colors, areas[0]);
  };

  // The plot is kept, so that a moving crosshair costs nothing however many bars there are.
  const drawOrRestorePlot = (colors, areas) => {
    const { from, to, strategy, trade } = view.state;
    const wanted = [from, to, strategy, trade, canvas.width, canvas.height, ...Object.values(colors)].join(" ");
    if (wanted !== drawn) {
      drawPlot(colors, areas);
      Object.assign(layer, { width: canvas.width, height: canvas.height });
      layer.getContext("2d").drawImage(canvas, 0, 0);
      drawn = wanted;
      return;
    }
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(layer, 0, 0);
    pen.restore();
  };

  const draw = () => {
    resize();
    if (box.width < 2) return;
    const colors = TradeReport.theme();
    const areas = layout();
    drawOrRestorePlot(colors, areas);
    drawCrosshair(colors, areas);
    drawSelection(colors, areas);
    context.readout.textContent = context.describe(view.state.cursor);
  };

  const chart = { canvas, draw, toPosition, plotWidth, selection: null };
  view.subscribe(draw);
  new ResizeObserver(draw).observe(canvas);
  return chart;
};
