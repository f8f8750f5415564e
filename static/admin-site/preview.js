/*
 * Previews within the form: the button beside a text fetches the page that it would open, and its
 * text is shown below with the site's own styles, in a shadow tree that keeps the admin's out.
 */

const PAUSE = 400; // milliseconds without a key, so that not every letter is a request

document.addEventListener("click", (event) => {
  const button = event.target.closest(".writing__preview");
  if (!button) return;
  event.preventDefault();
  panelOf(button).toggle();
});
document.addEventListener("input", (event) => {
  const button = event.target.closest(".writing")?.querySelector(".writing__preview");
  if (button && panels.has(button)) panels.get(button).changed();
});

const panels = new WeakMap();

function panelOf(button) {
  if (!panels.has(button)) panels.set(button, makePanel(button));
  return panels.get(button);
}

function makePanel(button) {
  const box = button.parentElement.querySelector("textarea");
  const region = document.createElement("div");
  const told = document.createElement("p");
  let timer = 0;
  let request = new AbortController();

  region.className = "writing__panel";
  region.hidden = true;
  region.role = "region";
  region.tabIndex = 0;
  region.ariaLabel = button.ariaLabel;
  region.attachShadow({ mode: "open" });
  told.className = "writing__told";
  told.role = "status";
  button.after(told, region);
  button.ariaExpanded = "false";

  return {
    toggle: () => (button.ariaExpanded === "true" ? close() : open()),
    changed: () => {
      clearTimeout(timer);
      if (button.ariaExpanded === "true") timer = setTimeout(refresh, PAUSE);
    },
  };

  async function open() {
    button.ariaExpanded = "true";
    if (await refresh()) told.textContent = "The preview is below.";
  }

  function close() {
    clearTimeout(timer);
    request.abort();
    button.ariaExpanded = "false";
    region.hidden = true;
    told.textContent = "";
  }

  /* Fetch the preview anew, and tell whether it is shown; what cannot be shown is said. */
  async function refresh() {
    request.abort();
    request = new AbortController();
    const { signal } = request;
    try {
      const page = await fetchPreview(button, box.value, signal);
      await show(region, page);
      if (signal.aborted) return false;
      region.hidden = false;
      told.textContent = "";
      return true;
    } catch (problem) {
      if (!signal.aborted) told.textContent = problem.message;
      return false;
    }
  }
}

async function fetchPreview(button, text, signal) {
  const token = button.form.elements.csrfmiddlewaretoken.value;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, preview: "text", text });
  let response;
  try {
    response = await fetch(button.formAction, { method: "POST", body, signal });
  } catch {
    throw new Error("No preview: the site cannot be reached. What you wrote is still here.");
  }
  if (response.redirected)
    throw new Error("No preview: you are signed out. Sign in in another tab; your text stays.");
  if (!response.ok) throw new Error(`No preview: the site answered ${response.status}.`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

async function show(region, page) {
  // A part of the form, not the main part of a page.
  const shown = document.createElement("div");
  shown.className = "preview";
  shown.append(...document.importNode(page.querySelector(".preview"), true).childNodes);
  shown.querySelector("h1").remove();
  // Who follows a link leaves neither the form nor what was written into it.
  shown.querySelectorAll("a[href]").forEach((link) => (link.target = "_blank"));
  const tree = region.shadowRoot;
  const old = tree.querySelector(".preview");
  if (old) return old.replaceWith(shown);
  const links = [...page.querySelectorAll("link[rel=stylesheet]")].map(styleOf);
  const loaded = links.map((link) => new Promise((done) => (link.onload = link.onerror = done)));
  tree.append(...links);
  await Promise.all(loaded);
  if (!tree.querySelector(".preview")) tree.append(shown);
}

function styleOf(link) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = link.getAttribute("href");
  return style;
}
