// Map, chart and table of a flow follow one another; the form changes the page without leaving it.
// Without it, every choice is a link or a form, and the page says the same.
const root = () => document.querySelector("[data-flow]");
const all = (code) => root().querySelectorAll(`[data-partner="${CSS.escape(code)}"]`);
const row = (code) => root().querySelector(`tr[data-partner="${CSS.escape(code)}"]`);
const partnerOf = (event) => event.target.closest?.("[data-flow] [data-partner]")?.dataset.partner;

let chosen = new URLSearchParams(window.location.search).get("partenaire") ?? "";
let shown = "";

const mark = (name, before, after) => {
  if (before) all(before).forEach((part) => part.classList.remove(name));
  if (after) all(after).forEach((part) => part.classList.add(name));
};

const say = (code) => {
  const status = root().querySelector("[data-said]");
  const text = row(code)?.dataset.said;
  if (status && text && status.textContent !== text) status.textContent = text;
};

const look = (code) => {
  if (code === shown) return;
  mark("shown", shown, code);
  shown = code;
  if (code || chosen) say(code || chosen);
};

const choose = (code) => {
  mark("chosen", chosen, code);
  root().querySelectorAll("tr [aria-current]").forEach((link) => link.removeAttribute("aria-current"));
  row(code)?.querySelector("a")?.setAttribute("aria-current", "true");
  chosen = code;
  say(code);
  const address = new URL(window.location);
  address.searchParams.set("partenaire", code);
  address.hash = "";
  history.replaceState(null, "", address);
  const links = root().querySelector("[data-chosen-links]");
  const portrait = links.querySelector("[data-portrait-link]");
  links.hidden = false;
  portrait.hidden = !row(code)?.dataset.portrait;
  portrait.href = row(code)?.dataset.portrait ?? "";
  both(links.querySelector("[data-pair-link]"), portrait);
  answer(links.querySelector("[data-respond-link]"), portrait);
  remember(code);
};

// The page of the territory and of the partner that has a portrait.
const both = (link, portrait) => {
  link.hidden = portrait.hidden;
  link.href = `${link.dataset.pairLink}${portrait.pathname.split("/").at(-2) ?? ""}/`;
};

// Whoever is signed in may answer what is exchanged with the partner that has a portrait.
const answer = (link, portrait) => {
  if (!link) return;
  link.hidden = portrait.hidden;
  link.href = link.dataset.respondLink + (portrait.pathname.split("/").at(-2) ?? "");
};

// The form carries the chosen partner along.
const remember = (code) => {
  const form = root().querySelector("[data-flow-form]");
  if (!form) return;
  const field = form.elements.partenaire ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name: "partenaire", value: code });
  form.append(field);
};

let turn = 0;
const load = async (address, push) => {
  const mine = ++turn;
  root().setAttribute("aria-busy", "true");
  const response = await fetch(address).catch(() => null);
  if (mine !== turn) return;
  const html = response?.ok ? await response.text() : "";
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-flow]");
  if (!fresh) return window.location.assign(address);
  const { id } = document.activeElement;
  const open = root().querySelector(".flow-filters")?.open;
  root().replaceWith(fresh);
  if (open) fresh.querySelector(".flow-filters")?.setAttribute("open", "");
  if (push) history.pushState(null, "", address);
  document.title = page.title;
  chosen = new URL(address).searchParams.get("partenaire") ?? "";
  shown = "";
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
};

const submit = (form) => {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  load(`${new URL(form.action).origin}${new URL(form.action).pathname}?${new URLSearchParams(filled)}`, true);
};

document.addEventListener("pointerover", (event) => look(partnerOf(event) ?? ""));
document.addEventListener("focusin", (event) => {
  look(partnerOf(event) ?? "");
  if (event.target.matches("textarea[readonly]")) event.target.select();
});
document.addEventListener("click", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  const code = partnerOf(event);
  if (!plain || !root()?.contains(event.target)) return;
  if (event.target.closest("[data-clear]")) {
    event.preventDefault();
    load(event.target.closest("a").href.replace(/#.*/, ""), true);
  } else if (code) {
    event.preventDefault();
    choose(code);
  }
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-flow-form]")) return;
  event.preventDefault();
  submit(event.target);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-flow-form] select")) event.target.form.requestSubmit();
});
window.addEventListener("popstate", () => load(window.location.href, false));
