/*
 * Suggestions while typing: makes the search box an editable combobox with a list below it
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/, manual selection). The focus never leaves
 * the box. Without this script the form works as it is; nothing in the page refers to it.
 */

const LETTERS_MIN = 2;
const PAUSE = 150; // milliseconds without a key, so that not every letter is a request

const input = document.querySelector("form #q");
if (input) enhance(input);

function enhance(input) {
  // They are told beside the list that the form leads to.
  const address = new URL("../suggest/", input.form.action);
  const list = element("div", {
    id: "suggestions",
    class: "suggestions__list",
    role: "listbox",
    // What can be scrolled would else be a stop of the Tab key.
    tabindex: "-1",
  });
  const status = element("p", { class: "visually-hidden", role: "status" });
  let timer = 0;
  let request = new AbortController();
  let chosen = null;

  surround(input, list, status);
  list.hidden = true;
  set(input, {
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  });

  input.addEventListener("input", ask);
  input.addEventListener("keydown", press);
  input.addEventListener("blur", close);
  // A press of the pointer must not take the focus, or the list would be gone before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  // Whoever comes back to the page finds the list closed.
  list.addEventListener("click", (event) => event.target.closest("a") && close());

  function ask() {
    // An answer to what stood here before would be a wrong one.
    forget();
    const text = input.value.trim();
    if (text.length < LETTERS_MIN) close();
    else timer = setTimeout(fetchFor, PAUSE, text);
  }

  function forget() {
    clearTimeout(timer);
    request.abort();
  }

  async function fetchFor(text) {
    request = new AbortController();
    const { signal } = request;
    try {
      const response = await fetch(`${address}?${new URLSearchParams({ q: text })}`, { signal });
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.text();
      if (!signal.aborted) show(answer);
    } catch {
      // Offline, or the server is busy: the form still works, and says so itself.
      if (!signal.aborted) close();
    }
  }

  function show(answer) {
    // Parsed apart from the page, where nothing in it could run.
    const [summary, ...groups] = new DOMParser().parseFromString(answer, "text/html").body.children;
    choose(null);
    list.replaceChildren(...groups);
    list.scrollTop = 0;
    expand(groups.length > 0);
    // What is said of the list is its name too: the page's language is the answer's.
    list.ariaLabel = status.textContent = summary.textContent;
  }

  function close() {
    forget();
    choose(null);
    expand(false);
    status.textContent = "";
  }

  function expand(isOpen) {
    list.hidden = !isOpen;
    input.ariaExpanded = String(isOpen);
    if (isOpen) list.scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    if (chosen) chosen.ariaSelected = "false";
    chosen = option;
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.ariaSelected = "true";
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const options = [...list.querySelectorAll("[role=option]")];
    // From the box itself, down leads to the first and up to the last.
    const place = chosen ? options.indexOf(chosen) + step : Math.min(step, 0);
    choose(options.at(place % options.length));
  }

  function press(event) {
    // What an input method or another program makes of its keys is theirs.
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const action = list.hidden ? closedKeys[event.key] : openKeys[event.key];
    if (action?.() === true) event.preventDefault();
  }

  // Each tells whether the key has done its work; if not, the browser does its own.
  const openKeys = {
    ArrowDown: () => (move(1), true),
    ArrowUp: () => (move(-1), true),
    Enter: () => (chosen ? (chosen.click(), true) : close()),
    Escape: () => (close(), true),
    // These move within the text that was typed.
    ArrowLeft: () => choose(null),
    ArrowRight: () => choose(null),
    Home: () => choose(null),
    End: () => choose(null),
  };
  const closedKeys = {
    ArrowDown: ask,
    Enter: forget,
    Escape: () => ((input.value = ""), close(), true),
  };
}

function element(name, attributes) {
  const made = document.createElement(name);
  set(made, attributes);
  return made;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

/* Put a box around the input, below which the list can lie; keep the focus if it is there. */
function surround(input, ...others) {
  const hasFocus = document.activeElement === input;
  const box = element("div", { class: "suggestions" });
  input.replaceWith(box);
  box.append(input, ...others);
  if (hasFocus) input.focus();
}
