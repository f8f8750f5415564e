/*
 * A button on each block of code that copies what is to be typed, without prompts and output. It is
 * made from the template in components/copy.html, which has the words.
 */

const SHOWN = 4000; // milliseconds

const template = document.querySelector("#copy");
if (template) document.querySelectorAll("main .prose pre.highlight").forEach(enhance);

function enhance(block) {
  const tools = template.content.cloneNode(true);
  const button = tools.querySelector("button");
  const status = tools.querySelector("[role=status]");
  const box = document.createElement("div");
  let timer = 0;

  box.className = "copyable";
  block.replaceWith(box);
  box.append(block, tools);
  button.addEventListener("click", copy);

  async function copy() {
    tell("");
    try {
      await navigator.clipboard.writeText(typed(block));
      tell(status.dataset.copied);
    } catch {
      // Not allowed, or a site without TLS: then one key is left to press.
      getSelection().selectAllChildren(block);
      tell(status.dataset.selected);
    }
  }

  function tell(words) {
    clearTimeout(timer);
    status.textContent = words;
    timer = setTimeout(() => (status.textContent = ""), SHOWN);
  }
}

/* The text of a block without what a terminal adds to it. */
function typed(block) {
  const copy = block.cloneNode(true);
  copy.querySelectorAll(".gp, .go").forEach((part) => part.remove());
  return copy.textContent.trim();
}
