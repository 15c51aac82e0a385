// Definitions appear on focus as well as under the pointer.
TradeReport.listenForTooltips = () => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);

  const show = (term) => {
    tip.textContent = term.dataset.definition;
    tip.hidden = false;
    const place = term.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(window.innerWidth - tip.offsetWidth - 8, place.left))}px`;
    const below = place.bottom + 6;
    const fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.top = `${fits ? below : place.top - tip.offsetHeight - 6}px`;
  };
  const hide = () => { tip.hidden = true; };
  for (const term of document.querySelectorAll("abbr[title]")) {
    term.dataset.definition = term.title;
    term.removeAttribute("title");
    term.setAttribute("aria-describedby", "tip");
    for (const name of ["pointerenter", "focus"]) term.addEventListener(name, () => show(term));
    for (const name of ["pointerleave", "blur"]) term.addEventListener(name, hide);
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
};
