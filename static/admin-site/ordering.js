/*
 * The order of rows within a form: buttons and a handle beside the number that is sent. A row that
 * moves keeps its index, by which Django knows the saved rows from the new ones.
 */

const STEP = 10;
const MOST = 9999;
const NUMBER = "input[data-place]";

const $ = window.django?.jQuery;
// Later than Django's own scripts, which make the rows.
if ($) $(() => document.querySelectorAll(".inline-group").forEach(enhance));

function enhance(group) {
  if (!group.querySelector(NUMBER)) return;
  const status = document.createElement("p");
  let sequence = [];
  let dragged = null;

  status.role = "status";
  status.className = "visually-hidden";
  group.append(status);
  // The empty row too: added rows are copies of it.
  group.querySelectorAll(NUMBER).forEach(addControls);
  arrange();

  group.addEventListener("click", (event) => {
    const button = event.target.closest(".places button");
    if (button && button.ariaDisabled !== "true") move(button);
  });
  // Django numbers all rows anew when one is removed, in the order in which they stand.
  group.addEventListener("click", (event) => event.target.closest(".inline-deletelink") && sortByIndex(), true);
  document.addEventListener("formset:removed", () => queueMicrotask(() => put(sequence)));
  group.addEventListener("formset:added", label);
  group.closest("form").addEventListener("recovery:restored", arrange);
  // select2 tells of its changes by jQuery alone.
  $(group).on("change", (event) => changed(event.target));

  group.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".places__handle") && rowOf(event.target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(dragged, 0, 0);
    dragged.classList.add("is-dragged");
  });
  group.addEventListener("dragover", (event) => {
    const row = dragged && rowOf(event.target);
    if (!row || row.matches(".empty-form")) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    const isBelow = event.clientY > box.top + box.height / 2;
    const others = rows().filter((one) => one !== dragged);
    if (row !== dragged) put(others.toSpliced(others.indexOf(row) + (isBelow ? 1 : 0), 0, dragged));
  });
  group.addEventListener("drop", (event) => dragged && event.preventDefault());
  group.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    settle(dragged);
    dragged = null;
  });

  function rows() {
    return [...group.querySelectorAll(NUMBER)].map(rowOf).filter((row) => !row.matches(".empty-form"));
  }

  function move(button) {
    const row = rowOf(button);
    const order = rows();
    const place = order.indexOf(row);
    order.splice(place, 1);
    order.splice(place + Number(button.value), 0, row);
    put(order);
    settle(row);
    button.focus();
  }

  /* Number the rows as they stand, and tell where the one is that moved. */
  function settle(row) {
    const order = rows();
    const filled = order.filter((one) => one === row || !isBlank(one));
    const numbers = filled.map((one) => Number(numberOf(one).value)).sort((a, b) => a - b);
    const isFree = new Set(numbers).size < numbers.length;
    const step = filled.length * STEP > MOST ? 1 : STEP;
    filled.forEach((one, index) => {
      numberOf(one).value = isFree ? index * step : numbers[index];
    });
    $(numberOf(row)).trigger("input");
    numberOf(row).dispatchEvent(new Event("change", { bubbles: true }));
    status.textContent = `${nameOf(row)}: place ${order.indexOf(row) + 1} of ${order.length}.`;
  }

  /* A new row stands last: give it the number that says so, once there is something in it. */
  function changed(field) {
    const row = rowOf(field);
    if (!row) return;
    const number = numberOf(row);
    if (field !== number && isNew(row) && !isBlank(row) && !number.dataset.placed) {
      const others = rows().filter((one) => one !== row && !isBlank(one));
      const last = Math.max(-1, ...others.map((one) => Number(numberOf(one).value)));
      if (number.value === number.defaultValue && last >= 0)
        number.value = Math.min(MOST, last + STEP);
      number.dataset.placed = "";
    }
    label();
  }

  function arrange() {
    put(rows().sort((a, b) => Number(numberOf(a).value) - Number(numberOf(b).value)));
  }

  function sortByIndex() {
    const order = rows();
    put([...order].sort((a, b) => indexOf(a) - indexOf(b)));
    sequence = order;
  }

  function put(order) {
    const all = order.filter((row) => row.isConnected);
    const now = rows();
    if (all.some((row, index) => row !== now[index])) {
      const end = group.querySelector(".empty-form") ?? group.querySelector(".add-row");
      const parent = all[0].parentElement;
      for (const row of all) {
        const errors = row.previousElementSibling;
        if (errors?.matches(".row-form-errors")) parent.insertBefore(errors, end);
        parent.insertBefore(row, end);
      }
    }
    sequence = all;
    label();
  }

  function label() {
    rows().forEach((row, index, all) => {
      const [up, down] = row.querySelectorAll(".places button");
      up.ariaLabel = `Move ${nameOf(row)} up`;
      down.ariaLabel = `Move ${nameOf(row)} down`;
      up.ariaDisabled = String(index === 0);
      down.ariaDisabled = String(index === all.length - 1);
    });
  }
}

function addControls(number) {
  const controls = document.createElement("span");
  const handle = document.createElement("span");
  controls.className = "places";
  handle.className = "places__handle";
  handle.draggable = true;
  handle.ariaHidden = "true";
  handle.textContent = "⠿";
  controls.append(button("↑", -1), button("↓", 1), handle);
  number.after(controls);
}

function button(sign, step) {
  const made = document.createElement("button");
  made.type = "button";
  made.value = step;
  made.textContent = sign;
  return made;
}

function rowOf(element) {
  return element.closest("tr.form-row, div.inline-related:not(.tabular)");
}

function numberOf(row) {
  return row.querySelector(NUMBER);
}

function indexOf(row) {
  return Number(numberOf(row).name.match(/-(\d+)-[^-]+$/)[1]);
}

function isNew(row) {
  return !row.matches(".has_original");
}

/* An empty row is passed over when the form is saved, unless it has a number of its own. */
function isBlank(row) {
  const fields = [...row.querySelectorAll("input, select, textarea")].filter(
    (field) => field.type !== "hidden" && field !== numberOf(row) && field.name,
  );
  return isNew(row) && fields.every(isAsItCame);
}

function isAsItCame(field) {
  if (field.type === "checkbox") return field.checked === field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value === field.defaultValue;
  const options = [...field.options];
  if (!options.some((option) => option.defaultSelected)) return field.selectedIndex < 1;
  return options.every((option) => option.selected === option.defaultSelected);
}

/* What the row is about: its choice, its first words, or the name it was saved under. */
function nameOf(row) {
  const choice = row.querySelector("select.admin-autocomplete")?.selectedOptions[0]?.text;
  const words = row.querySelector("input[type=text]")?.value;
  const saved = row.querySelector(".original p, .inline_label")?.textContent;
  return [choice, words, saved].map((text) => text?.trim()).find(Boolean) ?? "this row";
}
