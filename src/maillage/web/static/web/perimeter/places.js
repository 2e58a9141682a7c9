// The contours of the places one may choose, asked for as they are needed: a level at once, the
// communes cell by cell of a grid over the country.
import { composer } from "./page.js";

export const ask = async (fields) => {
  const response = await fetch(`${composer.dataset.contours}?${new URLSearchParams(fields)}`);
  if (!response.ok) throw new Error(`contours: ${response.status}`);
  return response.json();
};

const units = ({ units: rows }) =>
  rows.map(([id, name, communes, people, x, y, left, top, right, bottom, path]) => ({
    ...{ id, name, communes, people, x, y, left, top, right, bottom },
    path: new Path2D(path),
  }));

const touch = document.createElement("canvas").getContext("2d");

export const isSeen = (unit, box) =>
  unit.right >= box.left && unit.left <= box.right && unit.bottom >= box.top && unit.top <= box.bottom;

export const isUnder = (unit, x, y) =>
  isSeen(unit, { left: x, right: x, top: y, bottom: y }) && touch.isPointInPath(unit.path, x, y);

export class Places {
  #levels = new Map();
  #cells = new Map();

  /** ``arrived`` is called each time some contours have come. */
  constructor(ground, arrived) {
    this.ground = ground;
    this.arrived = arrived;
  }

  /** The level shown while communes are too small, undefined where there are communes only. */
  get base() {
    return this.ground.layers.find(([name]) => name !== "commune")?.[0];
  }

  of(level) {
    return this.#levels.get(level) ?? [];
  }

  get communes() {
    return [...this.#cells.values()].flat();
  }

  async load(level) {
    this.#levels.set(level, []);
    this.#levels.set(level, units(await ask({ maille: level })));
  }

  need(level) {
    if (level === "commune" || this.#levels.has(level)) return;
    if (!this.ground.layers.some(([known]) => known === level)) return;
    this.load(level).then(this.arrived);
  }

  /** The communes of a view, and a little beyond. */
  needCells(view) {
    const { width, height, cells } = this.ground;
    const box = view.edges((0.3 * width) / cells);
    const at = (value, size) =>
      Math.min(Math.max(Math.floor((value / size) * cells), 0), cells - 1);
    for (let column = at(box.left, width); column <= at(box.right, width); column++) {
      for (let row = at(box.top, height); row <= at(box.bottom, height); row++) {
        this.#needCell(`${column},${row}`);
      }
    }
  }

  async #needCell(key) {
    if (this.#cells.has(key)) return;
    this.#cells.set(key, []);
    this.#cells.set(key, units(await ask({ maille: "commune", case: key })));
    this.arrived();
  }
}
