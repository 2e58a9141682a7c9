// Mouse, finger and pen: a click chooses, a drag moves the map or draws the lasso, two fingers zoom.
import { Lasso } from "./lasso.js";

const SLIP = 5; // pixels of a drag that is still a click

export const listenToPointers = (map) => {
  const { canvas, view } = map;
  const pointers = new Map();
  let travelled = 0;

  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  const press = (event) => {
    if (event.button > 0) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, spot(event));
    travelled = pointers.size > 1 ? SLIP + 1 : 0;
    const draws = pointers.size === 1 && (map.mode !== "pick" || event.shiftKey);
    const removes = (map.mode === "remove") !== (map.mode !== "pick" && event.shiftKey);
    map.lasso = draws ? new Lasso(view.toPlane(spot(event)), removes) : null;
  };

  const drag = (before, now) => {
    canvas.classList.add("is-moving");
    map.hover(null);
    view.move(before[0] - now[0], before[1] - now[1]);
  };

  const pinch = (event, before, now) => {
    const [[, other]] = [...pointers].filter(([id]) => id !== event.pointerId);
    const gap = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]) || 1;
    view.zoom(gap(now) / gap(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
  };

  const move = (event) => {
    const now = spot(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") map.hover(map.unitAt(...view.toPlane(now)), now);
      return;
    }
    travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (map.lasso) {
      map.lasso.reach(view.toPlane(now));
      pointers.set(event.pointerId, now);
      map.draw();
      return;
    }
    if (pointers.size === 1 && travelled > SLIP) drag(before, now);
    else if (pointers.size === 2) pinch(event, before, now);
    if (pointers.size > 1 || travelled > SLIP) pointers.set(event.pointerId, now);
  };

  const release = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    canvas.classList.remove("is-moving");
    const drawn = map.lasso;
    map.lasso = null;
    map.draw();
    if (event.type === "pointercancel" || pointers.size) return;
    if (drawn && travelled > SLIP) return void map.surround(drawn);
    const unit = travelled <= SLIP && map.unitAt(...view.toPlane(spot(event)));
    if (unit) map.toggle(unit);
    else if (travelled <= SLIP && !map.canPick) view.zoom(2, spot(event));
  };

  /** The wheel scrolls the page, until the map has been clicked. */
  const roll = (event) => {
    if (document.activeElement !== canvas && !event.ctrlKey) return;
    event.preventDefault();
    view.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), spot(event));
  };

  canvas.addEventListener("pointerdown", press);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => map.hover(null));
  canvas.addEventListener("wheel", roll, { passive: false });
};
