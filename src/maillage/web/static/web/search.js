// Suggestions while one types, as the ARIA combobox pattern asks. Without it the form still works.
const DELAY = 120;

for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let places = [];
  let active = -1;
  let timer = 0;
  let asked = 0;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const show = (found) => {
    places = found;
    active = -1;
    list.replaceChildren(...places.map(option));
    list.hidden = places.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };

  const option = (place, rank) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const kind = document.createElement("span");
    item.id = `${list.id}-${rank}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    name.textContent = place.name;
    kind.textContent = place.detail;
    kind.className = "kind small";
    item.append(name, kind);
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => open(place));
    return item;
  };

  // Opens the portrait, or the address the form gives, where « {id} » stands for the place.
  const open = (place) => {
    const chosen = new CustomEvent("place", { detail: place, cancelable: true });
    const address = form.dataset.opens?.replace("%7Bid%7D", encodeURIComponent(place.id));
    if (form.dispatchEvent(chosen)) window.location.assign(address ?? place.url);
  };

  const select = (rank) => {
    active = (rank + places.length) % places.length;
    [...list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === active));
    });
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  };

  const ask = async () => {
    const text = input.value.trim();
    const turn = ++asked;
    if (text.length < 2) return show([]);
    const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
    const response = await fetch(address).catch(() => null);
    if (turn !== asked || document.activeElement !== input) return;
    const answer = response?.ok ? await response.json() : { territories: [], said: "" };
    if (turn !== asked) return;
    show(answer.territories);
    status.textContent = answer.said;
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("blur", () => show([]));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show([]);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      open(places[active]);
    } else if (places.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      select(event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1);
    }
  });
}
