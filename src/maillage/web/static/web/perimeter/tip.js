// The name of the place under the mouse, beside it.
import { make } from "./page.js";

export const describe = (unit) =>
  [
    unit.communes > 1 ? `${unit.communes.toLocaleString("fr-FR")} communes` : "",
    unit.people === null ? "" : `${unit.people.toLocaleString("fr-FR")} habitants`,
  ]
    .filter(Boolean)
    .join(", ");

export const makeTip = () => make("div", { class: "board-tip", "aria-hidden": "true", hidden: "" });

/** Names a unit beside a spot of the view; hides the tip without one. */
export const point = (tip, view, unit, [x, y] = [0, 0]) => {
  tip.hidden = !unit;
  if (!unit) return;
  tip.replaceChildren(make("b", {}, unit.name), make("br"), describe(unit));
  const left = Math.min(x + 14, view.width - tip.offsetWidth - 8);
  const top = y + 18 + tip.offsetHeight > view.height ? y - tip.offsetHeight - 10 : y + 18;
  tip.style.transform = `translate(${Math.max(left, 8)}px, ${Math.max(top, 8)}px)`;
};
