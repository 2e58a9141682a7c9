// What is chosen. The address of the page holds it and the server describes it: a change is sent,
// what comes back replaces the panel, and the address follows. Changes wait for one another.
import { composer, panel, say } from "./page.js";

let chosen = {};
let waiting = Promise.resolve();
const listeners = [];

/** Units of a level that are in the perimeter, whole or cut. */
export const marks = (level) => chosen[level] ?? { whole: new Set(), cut: new Set() };

/** Calls ``tell`` each time the choice has been read again. */
export const onChange = (tell) => listeners.push(tell);

/** Shows a choice at once, before the server has answered. */
export const mark = (level, id, isIn) => {
  chosen[level].cut.delete(id);
  chosen[level].whole[isIn ? "add" : "delete"](id);
};

export const change = (added, removed) => {
  queue(() => {
    const fields = new URL(panel().dataset.address, location).searchParams;
    if (added.length) fields.append("avec", added.join(" "));
    if (removed.length) fields.append("sans", removed.join(" "));
    return show(fields, "push");
  });
};

/** Reads the choice of the page, then follows its links, its forms and the browser's history. */
export const listen = () => {
  read();
  document.addEventListener("click", followLink);
  document.addEventListener("submit", rename);
  document.addEventListener("focusin", (event) => {
    if (event.target.id === "adresse") event.target.select();
  });
  composer.querySelector(".composer-add").addEventListener("place", addPlace);
  addEventListener("popstate", () => queue(() => show(new URLSearchParams(location.search))));
};

const queue = (act) => {
  waiting = waiting.then(act);
};

const read = () => {
  const given = JSON.parse(document.querySelector("#choix").textContent);
  chosen = Object.fromEntries(
    Object.entries(given).map(([level, { whole, cut }]) => [
      level,
      { whole: new Set(whole), cut: new Set(cut) },
    ]),
  );
};

const tellAll = () => {
  for (const tell of listeners) tell();
};

const show = async (fields, how) => {
  panel().setAttribute("aria-busy", "true");
  const focused = panel().contains(document.activeElement);
  const response = await fetch(composer.dataset.state, { method: "POST", body: fields }).catch(
    () => null,
  );
  if (!response?.ok) {
    panel().removeAttribute("aria-busy");
    read();
    tellAll();
    return say("Le site n’a pas répondu : rien n’a changé. Recommencez dans un instant.");
  }
  replace(await response.text());
  if (how === "push") {
    const depth = (history.state?.depth ?? 0) + 1;
    history.pushState({ depth }, "", panel().dataset.address);
  }
  if (focused) panel().querySelector("h2").focus({ preventScroll: true });
  sum();
  return tellAll();
};

const replace = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const id of ["etat", "recouvrements"]) {
    document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));
  }
  read();
  writeFields();
};

/** The other forms of the page start from the same choice. */
const writeFields = () => {
  const inputs = [...new URL(panel().dataset.address, location).searchParams].map(
    ([name, value]) =>
      Object.assign(document.createElement("input"), { type: "hidden", name, value }),
  );
  for (const place of document.querySelectorAll("[data-fields]")) {
    place.replaceChildren(...inputs.map((input) => input.cloneNode()));
  }
};

const sum = () => {
  const title = panel().querySelector("h2").textContent;
  const count = panel().querySelector("dd")?.textContent;
  say(count ? `${title} : ${count} ${count === "1" ? "commune" : "communes"}.` : title);
};

const followLink = (event) => {
  const link = event.target.closest("#etat [data-out], #etat [data-clear]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.out) return void change([], [link.dataset.out]);
  queue(() => show(new URLSearchParams(), "push"));
};

const rename = (event) => {
  if (!event.target.matches("#etat .rename")) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(event.target));
  queue(() => show(fields, "push"));
};

const addPlace = (event) => {
  event.preventDefault();
  change([decodeURIComponent(event.detail.url.split("/").at(-2))], []);
  event.target.querySelector("input[type=search]").value = "";
};
