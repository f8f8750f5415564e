/*
 * What is written into a form and not saved yet is kept in this browser, for its user, and offered
 * when the form is opened again. It is forgotten when it was saved, when it is discarded, and after
 * a month. Passwords, tokens and files are never kept.
 */

const PAUSE = 600; // milliseconds without a key
const LIFETIME = 30 * 24 * 3600 * 1000;
const KEPT = "unsaved:";
const OFF = "unsaved-off";
const SENT = "unsaved-sent";

const $ = window.django?.jQuery;
const template = document.querySelector("#recovery");
const form = template && document.getElementById(template.dataset.form);
const sent = sessionStorage.getItem(SENT);

dropOld();
// Two people's changes are being merged: nothing is saved yet.
if (!document.querySelector("input[name=_mine]")) sessionStorage.removeItem(SENT);
if (sent && document.querySelector(".messagelist .success") && !isRefused())
  localStorage.removeItem(sent);
// Later than Django's own scripts, which make the rows.
if (form && $) $(() => enhance(form));

function enhance(form) {
  const place = `${KEPT}${template.dataset.user}:${location.pathname}:`;
  const key = isRefused() && sent?.startsWith(place) ? sent : place + crypto.randomUUID();
  const [offer, control] = template.content.children;
  const toggle = control.querySelector("input");
  const state = control.querySelector("[data-state]");
  const before = valuesOf(form, cameWith);
  let timer = 0;
  let isSending = false;

  if (before.size === 0) return;
  toggle.checked = !localStorage.getItem(OFF);
  form.after(control.cloneNode(false));
  form.nextElementSibling.replaceWith(control);
  for (const kept of keptFor(place)) if (kept !== key) show(kept);
  if (isRefused()) keep();

  form.addEventListener("input", later);
  // select2 tells of its changes by jQuery alone.
  $(form).on("change", later);
  document.addEventListener("formset:removed", later);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  addEventListener("pagehide", keep);
  addEventListener("beforeunload", (event) => isUnsaved() && !isSending && event.preventDefault());
  addEventListener("pageshow", () => (isSending = false));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.name === "preview") return;
    keep();
    isSending = true;
    sessionStorage.setItem(SENT, key);
  });
  toggle.addEventListener("change", () => {
    if (toggle.checked) localStorage.removeItem(OFF);
    else {
      localStorage.setItem(OFF, "1");
      keptFor(`${KEPT}${template.dataset.user}:`).forEach((kept) => localStorage.removeItem(kept));
    }
    state.textContent = "";
    keep();
  });

  function later() {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  function isUnsaved() {
    return isRefused() || differences(valuesOf(form, holds), before).length > 0;
  }

  function keep() {
    clearTimeout(timer);
    if (!toggle.checked || isSending) return;
    if (!isUnsaved()) return localStorage.removeItem(key);
    const record = { at: Date.now(), before: [...before], values: [...valuesOf(form, holds)] };
    try {
      localStorage.setItem(key, JSON.stringify(record));
      state.textContent = `Kept at ${moment(record.at)}.`;
    } catch {
      state.textContent = "This browser has no room to keep it: save soon.";
    }
  }

  /* Offer what was kept, with the names of the fields that differ from what is here. */
  function show(kept) {
    const record = read(kept);
    const values = new Map(record.values);
    const differing = differences(values, valuesOf(form, holds));
    if (differing.length === 0) return localStorage.removeItem(kept);
    const box = offer.cloneNode(true);
    const isOutdated = differences(new Map(record.before), before).length > 0;
    const words = `You have unsaved text from ${moment(record.at)}.`;
    const names = new Set(differing.map((address) => nameOf(form, address)));
    const items = [...names].map((name) => Object.assign(document.createElement("li"), { textContent: name }));
    box.querySelector("ul").append(...items);
    box.addEventListener("click", (event) => {
      const act = event.target.dataset?.act;
      if (!act) return;
      if (act === "restore") restore(form, values, differing);
      keep();
      localStorage.removeItem(kept);
      box.remove();
      form.querySelector("input:not([type=hidden], [type=submit]), textarea")?.focus();
    });
    form.before(box);
    // A live region is heard when it is filled, not when it comes.
    requestAnimationFrame(() => {
      box.querySelector("[role=status]").textContent =
        words + (isOutdated ? " What was saved here has changed since." : "") + " It differs in:";
    });
  }
}

/* Write values into the fields that have these addresses, with as many new rows as they need. */
function restore(form, values, addresses) {
  for (const address of addresses) {
    const [, prefix, number] = address.match(/^(.+)\/\+(\d+)\/.+$/) ?? [];
    if (prefix) addRows(form, prefix, Number(number) + 1);
  }
  const fields = fieldsOf(form);
  for (const address of addresses) {
    const field = fields.get(address);
    if (field && values.has(address)) write(field, values.get(address));
  }
  form.dispatchEvent(new CustomEvent("recovery:restored"));
}

function addRows(form, prefix, count) {
  const add = form.querySelector(`[id="${prefix}-group"] .add-row a`);
  const rows = () => total(form, prefix, "TOTAL") - total(form, prefix, "INITIAL");
  for (let tries = rows(); add && tries < count; tries++) add.click();
}

function write(field, value) {
  if (field.type === "checkbox") field.checked = value;
  else if (field.tagName !== "SELECT") field.value = value;
  else {
    for (const [key, text] of value)
      if (![...field.options].some((option) => option.value === key)) field.add(new Option(text, key));
    const chosen = new Set(value.map(([key]) => key));
    for (const option of field.options) option.selected = chosen.has(option.value);
  }
  $(field).trigger("change");
}

/* The fields by addresses that outlive a change of the rows: a saved row is called by its key. */
function fieldsOf(form) {
  const fields = new Map();
  for (const field of form.elements) {
    const isKept = field.name && !field.disabled && !/^(?:hidden|password|file|submit|button|reset)$/.test(field.type);
    if (isKept && field.name !== "action" && !field.name.includes("__prefix__"))
      fields.set(addressOf(form, field.name), field);
  }
  return fields;
}

function addressOf(form, name) {
  const [, prefix, index, rest] = name.match(/^(.+)-(\d+)-([^-]+)$/) ?? [];
  if (!prefix || !form.elements[`${prefix}-TOTAL_FORMS`]) return name;
  const key = form.elements[`${prefix}-${index}-id`]?.value;
  return `${prefix}/${key || `+${index - total(form, prefix, "INITIAL")}`}/${rest}`;
}

function total(form, prefix, which) {
  return Number(form.elements[`${prefix}-${which}_FORMS`].value);
}

function valuesOf(form, reading) {
  return new Map([...fieldsOf(form)].map(([address, field]) => [address, reading(field)]));
}

function holds(field) {
  if (field.type === "checkbox") return field.checked;
  if (field.tagName !== "SELECT") return field.value;
  return [...field.selectedOptions].map((option) => [option.value, option.text]);
}

/* What the page gave the field, whatever the browser or the user made of it since. */
function cameWith(field) {
  if (field.type === "checkbox") return field.defaultChecked;
  if (field.tagName !== "SELECT") return field.defaultValue;
  const chosen = [...field.options].filter((option) => option.defaultSelected);
  if (chosen.length === 0 && !field.multiple) chosen.push(...[...field.options].slice(0, 1));
  return chosen.map((option) => [option.value, option.text]);
}

function differences(some, others) {
  const addresses = new Set([...some.keys(), ...others.keys()]);
  return [...addresses].filter((address) => sameAs(some.get(address)) !== sameAs(others.get(address)));
}

function sameAs(value) {
  return JSON.stringify(Array.isArray(value) ? value.map(([key]) => key).sort() : value);
}

function nameOf(form, address) {
  const [prefix, number, name] = address.split("/");
  const group = form.querySelector(`[id="${prefix}-group"] .inline-heading`)?.textContent.trim();
  if (group && number.startsWith("+")) return `${group}: a new row`;
  const field = fieldsOf(form).get(address);
  const label = field?.labels?.[0]?.textContent.replace(/:\s*$/, "") || field?.title || field?.ariaLabel;
  const words = (label || name || prefix).trim();
  return group ? `${group}: ${words}` : words;
}

function isRefused() {
  return template?.hasAttribute("data-refused") ?? false;
}

function keptFor(place) {
  const found = Object.keys(localStorage).filter((key) => key.startsWith(place));
  return found.sort((a, b) => read(a).at - read(b).at);
}

function read(key) {
  try {
    return { at: 0, before: [], values: [], ...JSON.parse(localStorage.getItem(key)) };
  } catch {
    return { at: 0, before: [], values: [] };
  }
}

function dropOld() {
  for (const key of keptFor(KEPT))
    if (Date.now() - read(key).at > LIFETIME) localStorage.removeItem(key);
}

function moment(at) {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const style = isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang || "en-GB", style).format(at);
}
