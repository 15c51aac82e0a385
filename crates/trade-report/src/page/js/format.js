// Numbers and times as the rest of the page writes them: English digits, a true minus sign, UTC.
TradeReport.format = (() => {
  const formats = new Map();
  const fixed = (value, decimals) => {
    if (!Number.isFinite(value)) return "–";
    if (!formats.has(decimals)) {
      const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: "negative" };
      formats.set(decimals, new Intl.NumberFormat("en-US", options));
    }
    return formats.get(decimals).format(value).replace("-", "−");
  };
  const short = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(6))).replace("-", "−") : "–");
  const percent = (fraction, decimals = 2) => `${fixed(100 * fraction, decimals)} %`;
  const money = (value, currency) => `${fixed(value, 2)} ${currency}`.trimEnd();

  const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 3 });
  const axis = (value, step) => {
    if (Math.abs(value) >= 1e6) return compact.format(value).replace("-", "−");
    return fixed(value, Math.max(0, Math.min(9, -Math.floor(Math.log10(step) + 1e-9))));
  };

  const inUnit = (value, unit, currency) => {
    if (value === null || !Number.isFinite(value)) return "no result";
    if (unit === "fraction") return percent(value);
    if (unit === "money") return money(value, currency);
    if (unit === "count" || unit === "bars") return fixed(value, 0) + (unit === "bars" ? " bars" : "");
    if (unit === "days") return `${fixed(value, 1)} days`;
    return fixed(value, unit === "probability" ? 3 : 2);
  };

  const minute = (time) => new Date(time).toISOString().slice(0, 16).replace("T", " ");
  const iso = (time) => new Date(time).toISOString().replace(".000Z", "Z");
  return { fixed, short, percent, money, axis, inUnit, minute, iso };
})();
