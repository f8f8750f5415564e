/*
 * Shortcuts of one key: "/" leads to the search, "?" shows the list of them. They can be turned off,
 * because whoever speaks to the computer sets them off unawares (WCAG 2.1.4). The list is a template
 * in components/shortcuts.html: without this script it does not exist.
 */

const KEY = "shortcuts";
// Where a letter is text, or chooses by its first letter.
const FIELDS = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";

const template = document.querySelector("#shortcuts");
if (template) enhance(template);

function enhance(template) {
  const [opener, dialog] = template.content.children;
  const isOn = dialog.querySelector("input");
  const field = document.querySelector("#q");
  const actions = { "/": search, "?": () => dialog.showModal() };

  template.replaceWith(opener, dialog);
  isOn.checked = recall() !== "off";
  tell();
  opener.addEventListener("click", actions["?"]);
  isOn.addEventListener("change", () => {
    keep(isOn.checked ? "on" : "off");
    tell();
  });
  document.addEventListener("keydown", press);

  function press(event) {
    const action = actions[event.key];
    if (!action || !isOn.checked || dialog.open || isForOthers(event)) return;
    event.preventDefault();
    action();
  }

  function search() {
    if (!field) return location.assign(dialog.dataset.search);
    field.focus();
    field.select();
  }

  /* Let the box say which key leads to it. */
  function tell() {
    if (isOn.checked) field?.setAttribute("aria-keyshortcuts", "/");
    else field?.removeAttribute("aria-keyshortcuts");
  }
}

/* Whether a key belongs to the text, the browser or another program. */
function isForOthers(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return true;
  return event.defaultPrevented || event.repeat || event.target.closest?.(FIELDS);
}

function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // The browser keeps nothing for this site.
    return null;
  }
}

function keep(state) {
  try {
    localStorage.setItem(KEY, state);
  } catch {
    // Then it holds for this page alone.
  }
}
