// The map on which one chooses: its level, its mode, what is pointed at, and what a choice does.
import { change, mark, marks, onChange } from "./choice.js";
import { listenToKeys } from "./keyboard.js";
import { board, make, say } from "./page.js";
import { painter } from "./paint.js";
import { isUnder, Places } from "./places.js";
import { listenToPointers } from "./pointers.js";
import { makeTip, point } from "./tip.js";
import { addTools } from "./tools.js";
import { View } from "./view.js";

const CANVAS = {
  tabindex: 0,
  role: "application",
  "aria-roledescription": "carte",
  "aria-label":
    "Carte. Flèches : déplacer. Plus et moins : zoomer. Entrée : ajouter ou retirer le territoire du centre.",
  "aria-describedby": "carte-aide",
};

class ChoiceMap {
  mode = "pick";
  lasso = null;
  hovered = null;
  #planned = 0;

  constructor(ground) {
    this.ground = ground;
    [[this.level]] = ground.layers;
    this.canvas = make("canvas", CANVAS);
    this.tip = makeTip();
    const top = make("div", { class: "board-tools is-top" });
    const side = make("div", { class: "board-tools is-side" });
    this.places = new Places(ground, () => this.draw());
    this.view = new View(ground, board, () => top.offsetHeight + 18, () => this.follow());
    this.paint = painter(this);
    this.tell = addTools(this, top, side);
    board.replaceChildren(this.canvas, this.tip, top, side);
  }

  /** The level whose contours are drawn: communes give way to a larger one from afar. */
  get shownLevel() {
    return this.canPick ? this.level : this.places.base;
  }

  get canPick() {
    return this.level !== "commune" || this.view.isNear;
  }

  get shown() {
    const level = this.shownLevel;
    return level === "commune" ? this.places.communes : this.places.of(level);
  }

  unitAt(x, y) {
    return this.canPick ? this.shown.find((unit) => isUnder(unit, x, y)) : undefined;
  }

  holds(unit) {
    return marks(this.level).whole.has(unit.id);
  }

  // --- Choosing

  toggle(unit) {
    const gone = this.holds(unit);
    mark(this.level, unit.id, !gone);
    this.draw();
    change(gone ? [] : [unit.id], gone ? [unit.id] : []);
  }

  surround(lasso) {
    const found = this.canPick ? this.shown.filter((unit) => lasso.holds(unit)) : [];
    const ids = found.filter((unit) => this.holds(unit) === lasso.removes).map(({ id }) => id);
    if (!ids.length) return say("Le lasso n’a rien entouré de nouveau.");
    for (const id of ids) mark(this.level, id, !lasso.removes);
    this.draw();
    return change(lasso.removes ? [] : ids, lasso.removes ? ids : []);
  }

  hover(unit, spot) {
    point(this.tip, this.view, unit, spot);
    if (unit === this.hovered) return;
    this.hovered = unit;
    this.draw();
  }

  // --- What is looked at

  setMode(mode) {
    this.mode = mode;
    this.canvas.classList.toggle("is-lasso", mode !== "pick");
    this.tell();
  }

  setLevel(level) {
    this.level = level;
    this.hovered = null;
    this.places.need(level);
    if (!this.canPick) {
      this.fitChosen();
      if (!this.view.isNear) this.view.zoom(this.view.remoteness * 1.02);
    }
    this.follow();
  }

  fitChosen() {
    const level = this.places.base ?? this.level;
    const known = this.places.of(level);
    const { whole, cut } = marks(level);
    const units = known.length ? known : this.shown;
    this.view.fitUnits(units.filter(({ id }) => whole.has(id) || cut.has(id)));
  }

  // --- Drawing

  /** The tools say where one is, and the map is drawn again. */
  follow() {
    this.tell();
    this.draw();
  }

  /** At the next frame, once however often it is asked. */
  draw() {
    this.#planned ||= requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    this.#planned = 0;
    if (this.level === "commune" && this.view.isNear) this.places.needCells(this.view);
    board.dataset.drawn = this.paint();
  }

  resize() {
    this.canvas.width = this.view.width * devicePixelRatio;
    this.canvas.height = this.view.height * devicePixelRatio;
    this.drawNow();
  }
}

export const startMap = async (ground) => {
  const map = new ChoiceMap(ground);
  map.setMode("pick");
  const first = map.places.base;
  if (first) await map.places.load(first);
  performance.mark("carte-recue");
  map.fitChosen();
  listenToPointers(map);
  listenToKeys(map);
  onChange(() => map.draw());
  map.canvas.addEventListener("focus", () => map.draw());
  map.canvas.addEventListener("blur", () => map.draw());
  new ResizeObserver(() => map.resize()).observe(board);
  map.resize();
  performance.measure("carte", "carte-recue");
  board.dataset.ready = "";
};
