// « Partager » opens what the device proposes, or copies the address. « Citer » gets its copy button.
for (const link of document.querySelectorAll("a[data-share]")) {
  const status = link.parentElement.querySelector("[role=status]");
  link.setAttribute("role", "button");
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const page = { title: link.dataset.title, url: link.href };
    try {
      if (navigator.share) await navigator.share(page);
      else {
        await navigator.clipboard.writeText(page.url);
        status.textContent = "Adresse copiée.";
      }
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = page.url;
    }
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    link.click();
  });
}

for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  const status = document.createElement("span");
  button.type = "button";
  button.className = "btn btn-outline-primary btn-sm";
  button.textContent = "Copier";
  status.setAttribute("role", "status");
  status.className = "small";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      status.textContent = "Copié.";
    } catch {
      getSelection().selectAllChildren(text);
      status.textContent = "Sélectionné : copiez avec Ctrl + C.";
    }
  });
  text.after(button, " ", status);
}
