// Places and texts of the marks on axes.
TradeReport.axis = (() => {
  const DAY = 86400000;
  const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720].map((minutes) => minutes * 60000);
  const DAYS = [1, 2, 7, 14].map((days) => days * DAY);
  const MONTHS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
  const NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  // Round numbers (1, 2 or 5 times a power of ten) from `low` to `high`, about `count` of them.
  const values = (low, high, count) => {
    const raw = (high - low) / Math.max(1, count);
    if (!(raw > 0)) return { step: 1, marks: [low] };
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw * 0.999);
    const marks = [];
    for (let at = Math.ceil(low / step); at * step <= high; at += 1) marks.push(at * step);
    return { step, marks };
  };

  const monthMarks = (from, to, months) => {
    const start = new Date(from);
    const first = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
    const marks = [];
    for (let month = first; ; month += months) {
      const time = Date.UTC(Math.floor(month / 12), month % 12, 1);
      if (time > to) return marks;
      if (time >= from) marks.push(time);
    }
  };

  // Weeks start on Monday, the fifth day of 1970.
  const gridMarks = (from, to, step) => {
    const offset = step % (7 * DAY) === 0 ? 4 * DAY : 0;
    const marks = [];
    for (let time = Math.ceil((from - offset) / step) * step + offset; time <= to; time += step) marks.push(time);
    return marks;
  };

  const marksFor = (from, to, count) => {
    const wanted = (0.85 * (to - from)) / count;
    const step = [...STEPS, ...DAYS].find((candidate) => candidate >= wanted);
    if (step) return { step, marks: gridMarks(from, to, step) };
    const months = MONTHS.find((candidate) => candidate * 30 * DAY >= wanted) ?? MONTHS[MONTHS.length - 1];
    return { step: months * 30 * DAY, marks: monthMarks(from, to, months) };
  };

  // A day where the day changes, a year where the year changes, else the time of day.
  const label = (time, step, previous) => {
    const date = new Date(time);
    const before = previous === null ? null : new Date(previous);
    const newYear = before !== null && before.getUTCFullYear() !== date.getUTCFullYear();
    if (step >= 300 * DAY || (newYear && step >= DAY)) return String(date.getUTCFullYear());
    const month = NAMES[date.getUTCMonth()];
    if (step >= 28 * DAY) return before === null ? `${month} ${date.getUTCFullYear()}` : month;
    const day = `${date.getUTCDate()} ${month}`;
    if (step >= DAY) return before === null ? `${day} ${date.getUTCFullYear()}` : day;
    const sameDay = before !== null && Math.floor(previous / DAY) === Math.floor(time / DAY);
    const clock = date.toISOString().slice(11, 16);
    if (sameDay) return clock;
    return clock === "00:00" ? day : `${day} ${clock}`;
  };

  // Marks of a range of positions as {x, text}; two are at least `gap` pixels apart.
  const times = (scale, from, to, toX, gap, width) => {
    const { step, marks } = marksFor(scale.timeAt(from), scale.timeAt(to), Math.max(2, width / gap));
    const placed = [];
    let [lastX, previous] = [-Infinity, null];
    for (const time of marks) {
      const position = Math.ceil(scale.positionOf(time) - 1e-9);
      // While the market is closed, a later mark falls on the same bar and names it better.
      if (scale.timeAt(position) - time >= step) continue;
      const x = toX(position);
      if (x - lastX < gap * 0.75) continue;
      placed.push({ x, text: label(time, step, previous) });
      [lastX, previous] = [x, time];
    }
    return placed;
  };

  return { values, times };
})();
