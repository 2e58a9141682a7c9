// The buttons and lists over the map, and the line of help under it.
import { onChange } from "./choice.js";
import { hint, make } from "./page.js";

const HOW_TO = matchMedia("(pointer: coarse)").matches
  ? "Touchez pour ajouter ou retirer. Un doigt déplace la carte, deux doigts zooment."
  : "Cliquez pour ajouter ou retirer. Glissez pour déplacer ; molette pour zoomer, une fois la carte cliquée. Maj et glisser : lasso.";

const button = (text, label, act) => {
  const made = make("button", { type: "button", "aria-label": label, title: label }, text);
  made.addEventListener("click", act);
  return made;
};

const help = (map) => {
  if (!map.canPick) return "Zoomez pour choisir des communes.";
  if (map.mode === "pick") return HOW_TO;
  const done = map.mode === "add" ? "ajouter" : "retirer";
  return `Entourez d’un trait ce qui est à ${done}. Maj : l’inverse.`;
};

const levels = (map) => {
  const options = map.ground.layers.map(([name, label]) => make("option", { value: name }, label));
  const select = make("select", { "aria-label": "Territoires à choisir sur la carte" }, ...options);
  select.addEventListener("change", () => map.setLevel(select.value));
  return select;
};

const undoing = () => {
  const undo = button("Annuler", "Annuler le dernier changement", () => history.back());
  const follow = () => {
    undo.disabled = !history.state?.depth;
  };
  onChange(follow);
  follow();
  return undo;
};

const jumps = ({ ground, view }) => {
  if (!ground.insets.length) return [];
  const jump = make(
    "select",
    { "aria-label": "Aller à un territoire d’outre-mer" },
    make("option", { value: "" }, "Aller à…"),
    ...ground.insets.map(([name], place) => make("option", { value: String(place) }, name)),
  );
  jump.addEventListener("change", () => {
    const [, left, top, wide, tall] = ground.insets[Number(jump.value)];
    view.fit({ left, top, right: left + wide, bottom: top + tall });
    jump.value = "";
  });
  return [jump];
};

/** Fills both bars, and returns what makes them follow the map. */
export const addTools = (map, top, side) => {
  const modes = {
    pick: button("Clic", "Choisir d’un clic", () => map.setMode("pick")),
    add: button("Lasso +", "Lasso : ajouter ce que j’entoure", () => map.setMode("add")),
    remove: button("Lasso −", "Lasso : retirer ce que j’entoure", () => map.setMode("remove")),
  };
  const plus = button("+", "Zoomer", () => map.view.zoom(1.6));
  const minus = button("−", "Dézoomer", () => map.view.zoom(1 / 1.6));
  top.append(levels(map), ...Object.values(modes), undoing(), ...jumps(map));
  side.append(
    ...[plus, minus],
    button("◎", "Cadrer sur le périmètre", () => map.fitChosen()),
    button("⤢", "Voir tout le pays", () => map.view.fitAll()),
  );
  return () => {
    plus.disabled = map.view.isNearest;
    minus.disabled = map.view.isFarthest;
    for (const [name, made] of Object.entries(modes)) {
      made.setAttribute("aria-pressed", String(name === map.mode));
    }
    const text = help(map);
    if (hint.textContent !== text) hint.textContent = text;
  };
};
