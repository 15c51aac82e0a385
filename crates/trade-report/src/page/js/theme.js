// Colours of the charts, from the style sheet, so that light, dark and print need no second list.
TradeReport.theme = () => {
  const style = getComputedStyle(document.documentElement);
  const names = ["ink", "soft", "line", "paper", "accent", "pos", "neg", "tint", "in-sample", "out-of-sample", "holdout"];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
};
