/*
 * Light, dark, or as the system has it. No module, and loaded before the styles: what was chosen has
 * to hold before anything is painted. The choice itself is a template in components/theme.html: without
 * this script the system decides, and nothing is offered.
 */
(() => {
  const KEY = "theme";
  const root = document.documentElement;
  // What browsers draw around a page comes in a colour for each theme of the system.
  const grounds = [...document.querySelectorAll("meta[name=theme-color]")].map((meta) => ({
    meta,
    media: meta.getAttribute("media"),
  }));
  let theme = "";

  recall();
  document.addEventListener("DOMContentLoaded", offer);
  // It may have been changed on another page, also while this one was left and kept.
  addEventListener("storage", recall);
  addEventListener("pageshow", (event) => event.persisted && recall());

  function recall() {
    try {
      show(localStorage.getItem(KEY) ?? "");
    } catch {
      // The browser keeps nothing for this site.
    }
  }

  function show(chosen) {
    theme = chosen;
    root.dataset.theme = theme;
    for (const { meta, media } of grounds) {
      const chosenMedia = media.includes(theme) ? "all" : "not all";
      meta.setAttribute("media", theme ? chosenMedia : media);
    }
    for (const choice of choices()) choice.checked = choice.value === theme;
  }

  function choices() {
    return document.querySelectorAll(".theme input");
  }

  function offer() {
    const template = document.getElementById("theme");
    if (!template) return;
    const box = template.content.firstElementChild;
    template.replaceWith(box);
    show(theme);
    box.addEventListener("change", (event) => {
      show(event.target.value);
      keep();
    });
  }

  function keep() {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Then it holds for this page alone.
    }
  }
})();
