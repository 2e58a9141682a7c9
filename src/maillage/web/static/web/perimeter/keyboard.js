// The map by keyboard: arrows move it under a sight, plus and minus zoom, Enter chooses.
import { say } from "./page.js";
import { describe } from "./tip.js";

const STEP = 0.12; // of the board, for an arrow
const PAUSE = 350; // milliseconds without a key before the place under the sight is named

export const listenToKeys = (map) => {
  const { canvas, view } = map;
  let telling = 0;

  const KEYS = {
    ArrowLeft: () => view.move(-STEP * view.width, 0),
    ArrowRight: () => view.move(STEP * view.width, 0),
    ArrowUp: () => view.move(0, -STEP * view.height),
    ArrowDown: () => view.move(0, STEP * view.height),
    "+": () => view.zoom(1.5),
    "=": () => view.zoom(1.5),
    "-": () => view.zoom(1 / 1.5),
  };

  const tellCentre = () => {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const unit = map.unitAt(view.x, view.y);
      const isIn = unit && map.holds(unit) ? ", dans le périmètre" : "";
      say(unit ? `${unit.name}, ${describe(unit)}${isIn}` : "");
    }, PAUSE);
  };

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const unit = map.unitAt(view.x, view.y);
      if (unit) map.toggle(unit);
    } else if (event.key === "Escape") {
      map.lasso = null;
      map.draw();
    } else if (KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key]();
      tellCentre();
    }
  });
};
