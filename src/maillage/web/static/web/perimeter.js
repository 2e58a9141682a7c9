// The map of « Mon périmètre »: choose by click, touch, lasso or keyboard. The server says what a
// choice amounts to; without this script, search, lists and links do the same.
const composer = document.querySelector(".composer");
const board = composer.querySelector(".board");
const status = document.querySelector("#annonce");
const panel = () => document.querySelector("#etat");
const NEAR = 5; // cells of communes across the view, at most
const FARTHEST = 400; // how many times nearer than the whole country
const SLIP = 5; // pixels of a drag that is still a click

const say = (text) => {
  status.textContent = text;
};

// --- What is chosen -----------------------------------------------------------------------

let chosen = {};
let waiting = Promise.resolve();
let undo = null;

const readChosen = () => {
  const given = JSON.parse(document.querySelector("#choix").textContent);
  chosen = Object.fromEntries(
    Object.entries(given).map(([level, { whole, cut }]) => [
      level,
      { whole: new Set(whole), cut: new Set(cut) },
    ]),
  );
};

const query = () => new URL(panel().dataset.address, location).searchParams;

const writeFields = () => {
  const inputs = [...query()].map(([name, value]) => {
    const input = document.createElement("input");
    return Object.assign(input, { type: "hidden", name, value });
  });
  for (const place of document.querySelectorAll("[data-fields]")) {
    place.replaceChildren(...inputs.map((input) => input.cloneNode()));
  }
};

const show = async (fields, how) => {
  panel().setAttribute("aria-busy", "true");
  const focused = panel().contains(document.activeElement);
  const response = await fetch(composer.dataset.state, { method: "POST", body: fields }).catch(
    () => null,
  );
  if (!response?.ok) {
    panel().removeAttribute("aria-busy");
    readChosen();
    map?.draw();
    return say("Le site n’a pas répondu : rien n’a changé. Recommencez dans un instant.");
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of ["etat", "recouvrements"]) {
    document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
  }
  readChosen();
  writeFields();
  if (how === "push") {
    const depth = (history.state?.depth ?? 0) + 1;
    history.pushState({ depth }, "", panel().dataset.address);
  }
  if (undo) undo.disabled = !history.state?.depth;
  const title = panel().querySelector("h2");
  if (focused) title.focus({ preventScroll: true });
  const count = panel().querySelector("dd")?.textContent;
  say(count ? `${title.textContent} : ${count} ${count === "1" ? "commune" : "communes"}.` : title.textContent);
  map?.draw();
};

const change = (added, removed) => {
  waiting = waiting.then(() => {
    const fields = query();
    if (added.length) fields.append("avec", added.join(" "));
    if (removed.length) fields.append("sans", removed.join(" "));
    return show(fields, "push");
  });
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("#etat [data-out], #etat [data-clear]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.out) return change([], [link.dataset.out]);
  waiting = waiting.then(() => show(new URLSearchParams(), "push"));
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("#etat .rename")) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(event.target));
  waiting = waiting.then(() => show(fields, "push"));
});
document.addEventListener("focusin", (event) => {
  if (event.target.id === "adresse") event.target.select();
});
composer.querySelector(".composer-add").addEventListener("place", (event) => {
  event.preventDefault();
  change([decodeURIComponent(event.detail.url.split("/").at(-2))], []);
  event.target.querySelector("input[type=search]").value = "";
});
addEventListener("popstate", () => {
  waiting = waiting.then(() => show(new URLSearchParams(location.search)));
});

// --- The map ------------------------------------------------------------------------------

const make = (tag, facts = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const ask = async (fields) => {
  const response = await fetch(`${composer.dataset.contours}?${new URLSearchParams(fields)}`);
  if (!response.ok) throw new Error(`contours: ${response.status}`);
  return response.json();
};

const units = ({ units: rows }) =>
  rows.map(([id, name, communes, people, x, y, left, top, right, bottom, path]) => ({
    ...{ id, name, communes, people, x, y, left, top, right, bottom },
    path: new Path2D(path),
  }));

const inside = (x, y, ring) => {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i];
    const [bx, by] = ring[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
};

const colours = () => {
  const css = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    ["map", "brand", "surface", "ink", "ink-soft", "saffron", "focus"].map((name) => [
      name,
      css.getPropertyValue(`--${name}`).trim(),
    ]),
  );
};

const startMap = (ground) => {
  const canvas = make("canvas", {
    tabindex: 0,
    role: "application",
    "aria-roledescription": "carte",
    "aria-label":
      "Carte. Flèches : déplacer. Plus et moins : zoomer. Entrée : ajouter ou retirer le territoire du centre.",
    "aria-describedby": "carte-aide",
  });
  const tip = make("div", { class: "board-tip", "aria-hidden": "true", hidden: "" });
  const context = canvas.getContext("2d");
  const touch = document.createElement("canvas").getContext("2d");
  const ink = colours();
  const loaded = new Map();
  const cells = new Map();
  const view = { x: ground.width / 2, y: ground.height / 2, scale: 1 };
  let [[level]] = ground.layers;
  let mode = "pick";
  let lasso = null;
  let hovered = null;
  let planned = 0;

  const tools = make("div", { class: "board-tools is-top" });
  const head = () => tools.offsetHeight + 18;
  const width = () => board.clientWidth;
  const height = () => board.clientHeight;
  const farthest = () =>
    Math.min(width() / ground.width, (height() - head()) / ground.height) * 0.94;
  const across = () => (width() / view.scale / ground.width) * ground.cells;
  const isNear = () => across() <= NEAR;
  const edges = (margin = 0) => ({
    left: view.x - width() / 2 / view.scale - margin,
    right: view.x + width() / 2 / view.scale + margin,
    top: view.y - height() / 2 / view.scale - margin,
    bottom: view.y + height() / 2 / view.scale + margin,
  });
  const seen = (unit, box) =>
    unit.right >= box.left && unit.left <= box.right && unit.bottom >= box.top && unit.top <= box.bottom;
  const toPlane = ([x, y]) => [
    view.x + (x - width() / 2) / view.scale,
    view.y + (y - height() / 2) / view.scale,
  ];

  const need = (name) => {
    if (name === "commune" || loaded.has(name)) return;
    if (!ground.layers.some(([known]) => known === name)) return;
    loaded.set(name, []);
    ask({ maille: name }).then((found) => {
      loaded.set(name, units(found));
      draw();
    });
  };

  const needCells = () => {
    const margin = (0.3 * ground.width) / ground.cells;
    const box = edges(margin);
    const at = (value, size) =>
      Math.min(Math.max(Math.floor((value / size) * ground.cells), 0), ground.cells - 1);
    for (let column = at(box.left, ground.width); column <= at(box.right, ground.width); column++) {
      for (let row = at(box.top, ground.height); row <= at(box.bottom, ground.height); row++) {
        const key = `${column},${row}`;
        if (cells.has(key)) continue;
        cells.set(key, []);
        ask({ maille: "commune", case: key }).then((found) => {
          cells.set(key, units(found));
          draw();
        });
      }
    }
  };

  const base = () => ground.layers.find(([name]) => name !== "commune")?.[0];
  const shown = () => {
    if (level !== "commune") return loaded.get(level) ?? [];
    if (isNear()) return [...cells.values()].flat();
    return loaded.get(base()) ?? [];
  };
  const picked = () => (level === "commune" && !isNear() ? null : level);
  const unitAt = (x, y) =>
    picked() &&
    shown().find(
      (unit) =>
        x >= unit.left &&
        x <= unit.right &&
        y >= unit.top &&
        y <= unit.bottom &&
        touch.isPointInPath(unit.path, x, y),
    );
  const holds = (unit) => chosen[level]?.whole.has(unit.id);

  const draw = () => {
    if (!planned) planned = requestAnimationFrame(paint);
  };

  const paint = () => {
    planned = 0;
    if (level === "commune" && isNear()) needCells();
    const ratio = devicePixelRatio;
    const { scale } = view;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width(), height());
    const put = () =>
      context.setTransform(
        ...[scale * ratio, 0, 0, scale * ratio],
        (width() / 2 - view.x * scale) * ratio,
        (height() / 2 - view.y * scale) * ratio,
      );
    put();
    const box = edges();
    const marks = chosen[level === "commune" && !isNear() ? base() : level] ?? { whole: new Set(), cut: new Set() };
    const drawn = shown().filter((unit) => seen(unit, box));
    context.lineWidth = 0.8 / scale;
    context.strokeStyle = ink.surface;
    for (const unit of drawn) {
      context.fillStyle = marks.whole.has(unit.id) ? ink.brand : marks.cut.has(unit.id) ? ink.saffron : ink.map;
      context.fill(unit.path);
      context.stroke(unit.path);
    }
    outline(level === "departement" ? "region" : "departement", ink["ink-soft"], isNear() ? 1.1 : 0.6);
    if (level === "commune" && isNear()) outline(base(), ink.ink, 0.7);
    if (hovered) {
      context.lineWidth = 2.5 / scale;
      context.strokeStyle = ink.ink;
      context.stroke(hovered.path);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    writeInsets();
    writeTowns(box);
    drawLasso();
    if (canvas.matches(":focus-visible")) drawSight();
    board.dataset.drawn = drawn.length;
  };

  const outline = (name, colour, thick) => {
    if (name === level || level === "region") return;
    need(name);
    const box = edges();
    context.lineWidth = thick / view.scale;
    context.strokeStyle = colour;
    for (const unit of loaded.get(name) ?? []) if (seen(unit, box)) context.stroke(unit.path);
  };

  const toScreen = (x, y) => [
    (x - view.x) * view.scale + width() / 2,
    (y - view.y) * view.scale + height() / 2,
  ];

  const writeInsets = () => {
    context.font = "600 13px Figtree, system-ui, sans-serif";
    context.fillStyle = ink["ink-soft"];
    for (const [name, x, y] of ground.insets) {
      const [left, top] = toScreen(x, y);
      const fits = 0.3 * ground.height * view.scale > context.measureText(name).width;
      if (fits) context.fillText(name, left, top - 6);
    }
  };

  const writeTowns = (box) => {
    const taken = [];
    const most = Math.round(Math.min(28, Math.max(8, (width() * height()) / 22000)));
    context.font = "600 12.5px Figtree, system-ui, sans-serif";
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3;
    for (const [name, x, y] of ground.towns) {
      if (taken.length >= most) break;
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
      const [left, top] = toScreen(x, y);
      const half = context.measureText(name).width / 2 + 8;
      if (left < half || left > width() - half || top < head() + 8) continue;
      if (taken.some(([l, t, h]) => Math.abs(l - left) < h + half && Math.abs(t - top) < 20)) continue;
      taken.push([left, top, half]);
      context.strokeStyle = "rgb(255 255 255 / 85%)";
      context.strokeText(name, left, top);
      context.fillStyle = ink.ink;
      context.fillText(name, left, top);
    }
    context.textAlign = "start";
  };

  const drawLasso = () => {
    if (!lasso) return;
    context.beginPath();
    for (const point of lasso.ring) context.lineTo(...toScreen(...point));
    context.closePath();
    context.fillStyle = lasso.removes ? "rgb(163 64 10 / 14%)" : "rgb(13 82 87 / 14%)";
    context.fill();
    context.setLineDash([6, 4]);
    context.lineWidth = 2;
    context.strokeStyle = lasso.removes ? ink.focus : ink.brand;
    context.stroke();
    context.setLineDash([]);
  };

  const drawSight = () => {
    const [x, y] = [width() / 2, height() / 2];
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

  // --- Moving over it

  const bound = () => {
    view.scale = Math.min(Math.max(view.scale, farthest()), farthest() * FARTHEST);
    view.x = Math.min(Math.max(view.x, 0), ground.width);
    view.y = Math.min(Math.max(view.y, 0), ground.height);
    plus.disabled = view.scale >= farthest() * FARTHEST;
    minus.disabled = view.scale <= farthest() * 1.001;
    help();
    draw();
  };
  const zoom = (factor, [x, y] = [width() / 2, height() / 2]) => {
    const [px, py] = toPlane([x, y]);
    view.scale = Math.min(Math.max(view.scale * factor, farthest()), farthest() * FARTHEST);
    view.x = px - (x - width() / 2) / view.scale;
    view.y = py - (y - height() / 2) / view.scale;
    bound();
  };
  const fit = (left, top, right, bottom, most = Infinity) => {
    view.x = (left + right) / 2;
    const tall = height() - head();
    const scale = 0.8 * Math.min(width() / (right - left || 1), tall / (bottom - top || 1));
    view.scale = Math.min(scale, most);
    view.y = (top + bottom) / 2 - head() / 2 / view.scale;
    bound();
  };
  const fitAll = () => {
    view.scale = farthest();
    view.x = ground.width / 2;
    view.y = ground.height / 2 - head() / 2 / view.scale;
    bound();
  };
  const fitChosen = () => {
    const name = base() ?? level;
    const marks = chosen[name];
    const found = (loaded.get(name) ?? shown()).filter(
      (unit) => marks?.whole.has(unit.id) || marks?.cut.has(unit.id),
    );
    if (!found.length) return fitAll();
    const least = (side) => Math.min(...found.map((unit) => unit[side]));
    const most = (side) => Math.max(...found.map((unit) => unit[side]));
    return fit(least("left"), least("top"), most("right"), most("bottom"), farthest() * 40);
  };

  // --- Choosing

  const toggle = (unit) => {
    const gone = holds(unit);
    chosen[level].cut.delete(unit.id);
    chosen[level].whole[gone ? "delete" : "add"](unit.id);
    draw();
    change(gone ? [] : [unit.id], gone ? [unit.id] : []);
  };
  const surround = ({ ring, removes }) => {
    const found = picked() ? shown().filter((unit) => inside(unit.x, unit.y, ring)) : [];
    const ids = found.filter((unit) => holds(unit) === removes).map((unit) => unit.id);
    if (!ids.length) return say("Le lasso n’a rien entouré de nouveau.");
    for (const id of ids) chosen[level].whole[removes ? "delete" : "add"](id);
    draw();
    return change(removes ? [] : ids, removes ? ids : []);
  };
  const describe = (unit) =>
    [
      unit.communes > 1 ? `${unit.communes.toLocaleString("fr-FR")} communes` : "",
      unit.people === null ? "" : `${unit.people.toLocaleString("fr-FR")} habitants`,
    ]
      .filter(Boolean)
      .join(", ");
  const hover = (unit, [x, y] = [0, 0]) => {
    tip.hidden = !unit;
    if (unit) {
      tip.replaceChildren(make("b", {}, unit.name), make("br"), describe(unit));
      const left = Math.min(x + 14, width() - tip.offsetWidth - 8);
      const top = y + 18 + tip.offsetHeight > height() ? y - tip.offsetHeight - 10 : y + 18;
      tip.style.transform = `translate(${Math.max(left, 8)}px, ${Math.max(top, 8)}px)`;
    }
    if (unit === hovered) return;
    hovered = unit;
    draw();
  };

  const pointers = new Map();
  let travelled = 0;
  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, spot(event));
    travelled = pointers.size > 1 ? SLIP + 1 : 0;
    lasso = null;
    if (pointers.size === 1 && (mode !== "pick" || event.shiftKey)) {
      const removes = (mode === "remove") !== (mode !== "pick" && event.shiftKey);
      lasso = { ring: [toPlane(spot(event))], removes };
    }
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = spot(event);
    const before = pointers.get(event.pointerId);
    if (!before) return void (event.pointerType === "mouse" && hover(unitAt(...toPlane(now)), now));
    travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (lasso) {
      lasso.ring.push(toPlane(now));
      pointers.set(event.pointerId, now);
      return void draw();
    }
    if (pointers.size === 1 && travelled > SLIP) {
      canvas.classList.add("is-moving");
      hover(null);
      view.x -= (now[0] - before[0]) / view.scale;
      view.y -= (now[1] - before[1]) / view.scale;
      bound();
    } else if (pointers.size === 2) {
      const [[, other]] = [...pointers].filter(([id]) => id !== event.pointerId);
      const gap = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]) || 1;
      zoom(gap(now) / gap(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
    }
    if (pointers.size > 1 || travelled > SLIP) pointers.set(event.pointerId, now);
  });
  const release = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    canvas.classList.remove("is-moving");
    const drawn = lasso;
    lasso = null;
    draw();
    if (event.type === "pointercancel" || pointers.size) return;
    if (drawn && travelled > SLIP) return void surround(drawn);
    const unit = travelled <= SLIP && unitAt(...toPlane(spot(event)));
    if (unit) toggle(unit);
    else if (travelled <= SLIP && !picked()) zoom(2, spot(event));
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => hover(null));
  canvas.addEventListener("focus", draw);
  canvas.addEventListener("blur", draw);
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (document.activeElement !== canvas && !event.ctrlKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), spot(event));
    },
    { passive: false },
  );

  let telling = 0;
  const tellCentre = () => {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const unit = unitAt(view.x, view.y);
      say(unit ? `${unit.name}, ${describe(unit)}${holds(unit) ? ", dans le périmètre" : ""}` : "");
    }, 350);
  };
  const KEYS = {
    ArrowLeft: () => (view.x -= (0.12 * width()) / view.scale),
    ArrowRight: () => (view.x += (0.12 * width()) / view.scale),
    ArrowUp: () => (view.y -= (0.12 * height()) / view.scale),
    ArrowDown: () => (view.y += (0.12 * height()) / view.scale),
    "+": () => zoom(1.5),
    "=": () => zoom(1.5),
    "-": () => zoom(1 / 1.5),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const unit = unitAt(view.x, view.y);
      if (unit) toggle(unit);
    } else if (event.key === "Escape") {
      lasso = null;
      draw();
    } else if (KEYS[event.key]) {
      event.preventDefault();
      KEYS[event.key]();
      bound();
      tellCentre();
    }
  });

  // --- Tools

  const button = (text, label, act) => {
    const made = make("button", { type: "button", "aria-label": label, title: label }, text);
    made.addEventListener("click", act);
    return made;
  };
  const setMode = (next) => {
    mode = next;
    canvas.classList.toggle("is-lasso", mode !== "pick");
    for (const [name, made] of Object.entries(modes)) {
      made.setAttribute("aria-pressed", String(name === mode));
    }
    help();
  };
  const modes = {
    pick: button("Clic", "Choisir d’un clic", () => setMode("pick")),
    add: button("Lasso +", "Lasso : ajouter ce que j’entoure", () => setMode("add")),
    remove: button("Lasso −", "Lasso : retirer ce que j’entoure", () => setMode("remove")),
  };
  const select = make(
    "select",
    { "aria-label": "Territoires à choisir sur la carte" },
    ...ground.layers.map(([name, label]) => make("option", { value: name }, label)),
  );
  select.addEventListener("change", () => {
    level = select.value;
    hovered = null;
    need(level);
    if (level === "commune" && !isNear()) {
      fitChosen();
      if (!isNear()) zoom((across() / NEAR) * 1.02);
    }
    help();
    draw();
  });
  const plus = button("+", "Zoomer", () => zoom(1.6));
  const minus = button("−", "Dézoomer", () => zoom(1 / 1.6));
  undo = button("Annuler", "Annuler le dernier changement", () => history.back());
  undo.disabled = !history.state?.depth;
  const jump = make(
    "select",
    { "aria-label": "Aller à un territoire d’outre-mer" },
    make("option", { value: "" }, "Aller à…"),
    ...ground.insets.map(([name], place) => make("option", { value: String(place) }, name)),
  );
  jump.addEventListener("change", () => {
    const [, x, y, wide, tall] = ground.insets[Number(jump.value)];
    fit(x, y, x + wide, y + tall);
    jump.value = "";
  });
  const HOW_TO = matchMedia("(pointer: coarse)").matches
    ? "Touchez pour ajouter ou retirer. Un doigt déplace la carte, deux doigts zooment."
    : "Cliquez pour ajouter ou retirer. Glissez pour déplacer ; molette pour zoomer, une fois la carte cliquée. Maj et glisser : lasso.";
  const hint = document.querySelector("#carte-aide");
  const help = () => {
    const text = !picked()
      ? "Zoomez pour choisir des communes."
      : mode === "pick"
        ? HOW_TO
        : `Entourez d’un trait ce qui est à ${mode === "add" ? "ajouter" : "retirer"}. Maj : l’inverse.`;
    if (hint.textContent !== text) hint.textContent = text;
  };

  tools.append(select, ...Object.values(modes), undo, ...(ground.insets.length ? [jump] : []));
  board.replaceChildren(
    canvas,
    tip,
    tools,
    make(
      "div",
      { class: "board-tools is-side" },
      ...[plus, minus],
      button("◎", "Cadrer sur le périmètre", fitChosen),
      button("⤢", "Voir tout le pays", fitAll),
    ),
  );
  setMode("pick");
  const resize = () => {
    canvas.width = width() * devicePixelRatio;
    canvas.height = height() * devicePixelRatio;
    paint();
  };
  const first = base() ?? level;
  const begin = (found) => {
    performance.mark("carte-recue");
    if (found) loaded.set(first, units(found));
    view.scale = farthest();
    fitChosen();
    if (!isNear() && level === "commune") help();
    new ResizeObserver(resize).observe(board);
    resize();
    performance.measure("carte", "carte-recue");
    board.dataset.ready = "";
  };
  if (first === "commune") begin(null);
  else ask({ maille: first }).then(begin);
  return { draw };
};

let map = null;
readChosen();
ask({}).then((ground) => {
  if (ground.layers.length) map = startMap(ground);
});
