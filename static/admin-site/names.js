/*
 * Names for what Django's pages leave nameless: the search box of a list, the column of rows' own
 * names, and above all the boxes of select2, which stand in for lists and know not of what.
 */

const $ = window.django?.jQuery;

document.querySelector("#searchbar")?.setAttribute("aria-label", "Search");
document.querySelectorAll("th.original").forEach(nameColumn);
if ($) {
  // Later than Django's own, which makes the boxes.
  $(() => nameBoxes(document));
  document.addEventListener("formset:added", (event) => nameBoxes(event.target));
  $(document).on("select2:open", (event) => nameOpened(event.target));
}

function nameColumn(heading) {
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = "Row";
  heading.replaceChildren(words);
}

function nameBoxes(part) {
  part.querySelectorAll("select.select2-hidden-accessible").forEach(nameBox);
}

/* The list that a box stands in for has its name in its title: see people/editing.py. */
function nameBox(list) {
  const box = boxOf(list);
  const value = box.querySelector(".select2-selection__rendered");
  const field = box.querySelector(".select2-search__field");

  box.id = `${list.id}_box`;
  box.setAttribute("aria-label", list.title);
  if (field) {
    // Several values, and among them a button which is no value.
    value.setAttribute("role", "none");
    field.setAttribute("aria-label", list.title);
  } else {
    // No box within the box: it is called after its field, then after its value.
    value.removeAttribute("role");
    value.removeAttribute("aria-readonly");
    box.setAttribute("aria-labelledby", `${box.id} ${value.id}`);
  }
}

function nameOpened(list) {
  const box = boxOf(list);
  const choices = document.getElementById(box.getAttribute("aria-owns"));
  const sheet = choices.closest(".select2-container");

  box.setAttribute("aria-controls", choices.id);
  choices.setAttribute("aria-label", list.title);
  sheet.setAttribute("role", "region");
  sheet.setAttribute("aria-label", `${list.title}: choices`);
  sheet.querySelector(".select2-search__field")?.setAttribute("aria-label", `Search ${list.title}`);
}

function boxOf(list) {
  return list.nextElementSibling.querySelector(".select2-selection");
}
