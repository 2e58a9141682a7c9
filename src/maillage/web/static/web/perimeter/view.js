// Which part of the plane the board shows: the point at its middle, and pixels a unit of plane.
const NEAREST = 400; // times nearer than the whole country
const NEAR = 5; // cells of communes across the view, at most, to choose among them

export class View {
  /** ``head`` gives the height that tools hide; ``moved`` is called after each move. */
  constructor(ground, board, head, moved) {
    Object.assign(this, { ground, board, head, moved });
    this.x = ground.width / 2;
    this.y = ground.height / 2;
    this.scale = 1;
  }

  get width() {
    return this.board.clientWidth;
  }

  get height() {
    return this.board.clientHeight;
  }

  /** Scale at which the whole country is seen. */
  get farthest() {
    const { width, height } = this.ground;
    return Math.min(this.width / width, (this.height - this.head()) / height) * 0.94;
  }

  get isFarthest() {
    return this.scale <= this.farthest * 1.001;
  }

  get isNearest() {
    return this.scale >= this.farthest * NEAREST;
  }

  /** How much too far one is to choose among communes: near enough at 1 or below. */
  get remoteness() {
    return ((this.width / this.scale / this.ground.width) * this.ground.cells) / NEAR;
  }

  get isNear() {
    return this.remoteness <= 1;
  }

  edges(margin = 0) {
    const [wide, tall] = [this.width / 2 / this.scale, this.height / 2 / this.scale];
    return {
      left: this.x - wide - margin,
      right: this.x + wide + margin,
      top: this.y - tall - margin,
      bottom: this.y + tall + margin,
    };
  }

  toPlane([x, y]) {
    return [
      this.x + (x - this.width / 2) / this.scale,
      this.y + (y - this.height / 2) / this.scale,
    ];
  }

  toScreen(x, y) {
    return [
      (x - this.x) * this.scale + this.width / 2,
      (y - this.y) * this.scale + this.height / 2,
    ];
  }

  /** By pixels: what was seen there comes to the middle. */
  move(right, down) {
    this.x += right / this.scale;
    this.y += down / this.scale;
    this.#settle();
  }

  /** What is at a spot of the board stays there. */
  zoom(factor, [x, y] = [this.width / 2, this.height / 2]) {
    const [px, py] = this.toPlane([x, y]);
    this.scale = this.#allowed(this.scale * factor);
    this.x = px - (x - this.width / 2) / this.scale;
    this.y = py - (y - this.height / 2) / this.scale;
    this.#settle();
  }

  fit({ left, top, right, bottom }, most = Infinity) {
    const tall = this.height - this.head();
    const scale = 0.8 * Math.min(this.width / (right - left || 1), tall / (bottom - top || 1));
    this.scale = Math.min(scale, most);
    this.x = (left + right) / 2;
    this.y = (top + bottom) / 2 - this.head() / 2 / this.scale;
    this.#settle();
  }

  fitAll() {
    this.scale = this.farthest;
    this.x = this.ground.width / 2;
    this.y = this.ground.height / 2 - this.head() / 2 / this.scale;
    this.#settle();
  }

  /** Around units, not nearer than forty times the country; all of it where there are none. */
  fitUnits(units) {
    if (!units.length) return this.fitAll();
    const least = (side) => Math.min(...units.map((unit) => unit[side]));
    const most = (side) => Math.max(...units.map((unit) => unit[side]));
    const box = { left: least("left"), top: least("top"), right: most("right"), bottom: most("bottom") };
    return this.fit(box, this.farthest * 40);
  }

  #allowed(scale) {
    return Math.min(Math.max(scale, this.farthest), this.farthest * NEAREST);
  }

  #settle() {
    this.scale = this.#allowed(this.scale);
    this.x = Math.min(Math.max(this.x, 0), this.ground.width);
    this.y = Math.min(Math.max(this.y, 0), this.ground.height);
    this.moved();
  }
}
