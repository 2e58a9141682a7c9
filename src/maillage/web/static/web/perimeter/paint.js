// Draws the map on its canvas: contours and what is chosen, then names, the lasso and the sight.
import { marks } from "./choice.js";
import { isSeen } from "./places.js";

const FONT = "Figtree, system-ui, sans-serif";

const colours = () => {
  const css = getComputedStyle(document.documentElement);
  const names = ["map", "brand", "surface", "ink", "ink-soft", "saffron", "focus"];
  return Object.fromEntries(names.map((name) => [name, css.getPropertyValue(`--${name}`).trim()]));
};

/** A function that draws a map as it is now, and tells how many units it drew. */
export const painter = (map) => {
  const context = map.canvas.getContext("2d");
  const ink = colours();
  const { view, places, ground } = map;

  const onPlane = (ratio) =>
    context.setTransform(
      ...[view.scale * ratio, 0, 0, view.scale * ratio],
      (view.width / 2 - view.x * view.scale) * ratio,
      (view.height / 2 - view.y * view.scale) * ratio,
    );

  const stroke = (path, thick, colour) => {
    context.lineWidth = thick / view.scale;
    context.strokeStyle = colour;
    context.stroke(path);
  };

  const fillUnits = (units) => {
    const { whole, cut } = marks(map.shownLevel);
    for (const { id, path } of units) {
      context.fillStyle = whole.has(id) ? ink.brand : cut.has(id) ? ink.saffron : ink.map;
      context.fill(path);
      stroke(path, 0.8, ink.surface);
    }
  };

  const outline = (level, thick, colour, box) => {
    if (level === map.level || map.level === "region") return;
    places.need(level);
    for (const unit of places.of(level)) if (isSeen(unit, box)) stroke(unit.path, thick, colour);
  };

  const outlines = (box) => {
    const around = map.level === "departement" ? "region" : "departement";
    outline(around, view.isNear ? 1.1 : 0.6, ink["ink-soft"], box);
    if (map.level === "commune" && view.isNear) outline(places.base, 0.7, ink.ink, box);
    if (map.hovered) stroke(map.hovered.path, 2.5, ink.ink);
  };

  const writeInsets = () => {
    context.font = `600 13px ${FONT}`;
    context.fillStyle = ink["ink-soft"];
    for (const [name, x, y] of ground.insets) {
      const [left, top] = view.toScreen(x, y);
      const fits = 0.3 * ground.height * view.scale > context.measureText(name).width;
      if (fits) context.fillText(name, left, top - 6);
    }
  };

  const writeTown = (name, left, top) => {
    context.strokeStyle = "rgb(255 255 255 / 85%)";
    context.strokeText(name, left, top);
    context.fillStyle = ink.ink;
    context.fillText(name, left, top);
  };

  /** The largest first, none over another. */
  const writeTowns = (box) => {
    const taken = [];
    const most = Math.round(Math.min(28, Math.max(8, (view.width * view.height) / 22000)));
    context.font = `600 12.5px ${FONT}`;
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3;
    for (const [name, x, y] of ground.towns) {
      if (taken.length >= most) break;
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
      const [left, top] = view.toScreen(x, y);
      const half = context.measureText(name).width / 2 + 8;
      if (left < half || left > view.width - half || top < view.head() + 8) continue;
      if (taken.some(([l, t, h]) => Math.abs(l - left) < h + half && Math.abs(t - top) < 20)) continue;
      taken.push([left, top, half]);
      writeTown(name, left, top);
    }
    context.textAlign = "start";
  };

  /** The cross at the middle: what the Enter key would choose. */
  const drawSight = () => {
    const [x, y] = [view.width / 2, view.height / 2];
    context.beginPath();
    for (const [dx, dy] of [[0, -1], [0, 1], [-1, 0], [1, 0]]) {
      context.moveTo(x + 5 * dx, y + 5 * dy);
      context.lineTo(x + 16 * dx, y + 16 * dy);
    }
    for (const [thick, colour] of [[5, ink.surface], [2, ink.focus]]) {
      context.lineWidth = thick;
      context.strokeStyle = colour;
      context.stroke();
    }
  };

  return () => {
    const ratio = devicePixelRatio;
    const box = view.edges();
    const drawn = map.shown.filter((unit) => isSeen(unit, box));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    onPlane(ratio);
    fillUnits(drawn);
    outlines(box);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    writeInsets();
    writeTowns(box);
    map.lasso?.draw(context, view, ink);
    if (map.canvas.matches(":focus-visible")) drawSight();
    return drawn.length;
  };
};
