// Values over two parameters, with a cell that keys and pointer move.
TradeReport.createHeatMap = (canvas, readout, map, currency) => {
  const { format } = TradeReport;
  const [nx, ny] = [map.x.values.length, map.y.values.length];
  const known = map.values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const state = { x: map.chosen?.[0] ?? 0, y: map.chosen?.[1] ?? 0 };
  const LEFT = 64;
  const BOTTOM = 46;
  const RIGHT = 84;
  // Blue below zero, orange above, as the colour-blind can tell; one hue by lightness where the sign does not change.
  const NEGATIVE = [33, 102, 172];
  const NEUTRAL = [247, 245, 240];
  const POSITIVE = [200, 90, 10];
  const mix = (from, to, share) => `rgb(${from.map((c, at) => Math.round(c + (to[at] - c) * share)).join(" ")})`;
  const color = (value) => {
    if (low < 0 && high > 0) {
      const share = Math.abs(value) / Math.max(-low, high);
      return mix(NEUTRAL, value < 0 ? NEGATIVE : POSITIVE, share);
    }
    return mix(NEUTRAL, high <= 0 ? NEGATIVE : POSITIVE, high > low ? Math.abs(value - (high <= 0 ? high : low)) / (high - low) : 1);
  };

  const box = () => ({
    width: canvas.clientWidth - LEFT - RIGHT,
    height: canvas.clientHeight - BOTTOM - 8,
    w: (canvas.clientWidth - LEFT - RIGHT) / nx,
    h: (canvas.clientHeight - BOTTOM - 8) / ny,
  });
  const corner = (x, y, { w, h }) => [LEFT + x * w, 8 + (ny - 1 - y) * h];

  const drawCells = (pen, colors, area) => {
    map.values.forEach((value, at) => {
      const [left, top] = corner(at % nx, Math.floor(at / nx), area);
      if (value !== null) {
        pen.fillStyle = color(value);
        pen.fillRect(left, top, area.w + 0.5, area.h + 0.5);
        return;
      }
      pen.strokeStyle = colors.soft;
      pen.lineWidth = 0.75;
      pen.beginPath();
      pen.moveTo(left + 2, top + 2);
      pen.lineTo(left + area.w - 2, top + area.h - 2);
      pen.moveTo(left + area.w - 2, top + 2);
      pen.lineTo(left + 2, top + area.h - 2);
      pen.stroke();
    });
  };

  const frame = (pen, area, x, y, style, width) => {
    const [left, top] = corner(x, y, area);
    Object.assign(pen, { strokeStyle: style, lineWidth: width });
    pen.strokeRect(left + 1, top + 1, area.w - 2, area.h - 2);
  };

  const drawAxes = (pen, colors, area) => {
    pen.fillStyle = colors.soft;
    const everyX = Math.ceil(nx / Math.max(1, area.width / 44));
    const everyY = Math.ceil(ny / Math.max(1, area.height / 18));
    pen.textAlign = "center";
    for (let x = 0; x < nx; x += everyX) pen.fillText(format.short(map.x.values[x]), LEFT + (x + 0.5) * area.w, area.height + 22);
    pen.fillText(`${map.x.name} →`, LEFT + area.width / 2, area.height + 42);
    pen.textAlign = "right";
    for (let y = 0; y < ny; y += everyY) pen.fillText(format.short(map.y.values[y]), LEFT - 8, 8 + (ny - 0.5 - y) * area.h);
    pen.save();
    pen.translate(11, 8 + area.height / 2);
    pen.rotate(-Math.PI / 2);
    pen.textAlign = "center";
    pen.fillText(`${map.y.name} →`, 0, 0);
    pen.restore();
  };

  const drawScale = (pen, colors, area) => {
    const left = LEFT + area.width + 14;
    for (let at = 0; at < area.height; at += 1) {
      pen.fillStyle = color(high + ((low - high) * at) / area.height);
      pen.fillRect(left, 8 + at, 12, 1.5);
    }
    pen.fillStyle = colors.soft;
    pen.textAlign = "left";
    pen.fillText(format.inUnit(high, map.unit, ""), left + 17, 15);
    pen.fillText(format.inUnit(low, map.unit, ""), left + 17, 3 + area.height);
  };

  const draw = () => {
    const ratio = window.devicePixelRatio || 1;
    Object.assign(canvas, { width: canvas.clientWidth * ratio, height: canvas.clientHeight * ratio });
    const pen = canvas.getContext("2d");
    const colors = TradeReport.theme();
    const area = box();
    pen.scale(ratio, ratio);
    Object.assign(pen, { font: "12px system-ui, sans-serif", textBaseline: "middle" });
    drawCells(pen, colors, area);
    drawAxes(pen, colors, area);
    if (known.length > 0) drawScale(pen, colors, area);
    if (map.chosen) {
      frame(pen, area, ...map.chosen, "#fff", 5);
      frame(pen, area, ...map.chosen, "#111", 2.5);
    }
    pen.setLineDash([4, 3]);
    frame(pen, area, state.x, state.y, "#111", 1.5);
    pen.setLineDash([]);
    const value = format.inUnit(map.values[state.y * nx + state.x], map.unit, currency);
    const chosen = map.chosen?.[0] === state.x && map.chosen?.[1] === state.y ? " (chosen)" : "";
    readout.textContent = `${map.x.name} ${format.short(map.x.values[state.x])}, ${map.y.name} ${format.short(map.y.values[state.y])}: ${value}${chosen}`;
  };

  const move = (x, y) => {
    state.x = Math.max(0, Math.min(nx - 1, x));
    state.y = Math.max(0, Math.min(ny - 1, y));
    draw();
  };
  canvas.addEventListener("pointermove", (event) => {
    const place = canvas.getBoundingClientRect();
    const area = box();
    move(Math.floor((event.clientX - place.left - LEFT) / area.w), ny - 1 - Math.floor((event.clientY - place.top - 8) / area.h));
  });
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Home: [-nx, 0], End: [nx, 0] };
  canvas.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    move(state.x + step[0], state.y + step[1]);
  });
  new ResizeObserver(draw).observe(canvas);
  return { draw, state };
};
