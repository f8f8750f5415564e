// Looks at a page of cases, each in a section with a mark after it, for what none of them may do.
// What runs, opens or asks for something is noticed outside, in judging.py.
(() => {
  // Whatever a case calls itself, these are the browser's own.
  const all = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
  const byId = (id) => Document.prototype.getElementById.call(document, id);
  const sections = () => all("section.case");
  const inside = (thing) => thing instanceof Element && thing.closest("section.case") !== null;
  const SAFE = ["http:", "https:", "mailto:"];
  const ADDRESSES = ["href", "xlink:href", "src", "action", "formaction", "data"];
  const ASKING = "form, input, textarea, select, button, dialog, [contenteditable]";
  const NATURAL = ["activeElement", "fullscreenElement", "pointerLockElement"];

  const schemeOf = (address) => URL.parse(address, document.baseURI)?.protocol;
  const leading = (element) => ADDRESSES.filter((name) => element.hasAttribute(name))
    .map((name) => schemeOf(element.getAttribute(name)))
    .filter((scheme) => scheme && !SAFE.includes(scheme));

  const isCalled = (name) => [window[name], document[name]].some(
    (thing) => inside(thing) || (thing instanceof HTMLCollection && [...thing].some(inside)));
  const shadowing = (element) => ["id", "name"].map((name) => element.getAttribute(name))
    .filter((name) => name && !name.startsWith("md-") && isCalled(name));

  const ofElement = (element) => [
    ...leading(element).map((scheme) => `leads to ${scheme}`),
    ...shadowing(element).map((name) => `takes the name ${name}`),
    ...(getComputedStyle(element).position === "static" ? [] : ["leaves its place"]),
    ...(element.matches(ASKING) ? ["asks for something"] : []),
  ].map((what) => `<${element.localName}> ${what}`);

  const ofPage = (count) => {
    const found = {
      "something left its section": sections().length !== count || all("body > *").length !== 2 * count + 2
        || sections().some((section) => section.parentNode !== all("body")[0]
          || section.nextSibling?.className !== "mark"),
      "the base of addresses is another": document.baseURI !== location.href,
      "the title is another": all("title")[0].text !== "Cases" || all("head > *").length !== 3,
      "there is another style sheet": document.styleSheets.length !== 1,
      "there is a frame": window.length !== 0,
      "the landmark is another": byId("page-landmark")?.className !== "landmark",
      "the form is another": byId("page-form")?.className !== "landmark"
        || document.forms["page-form"].elements.length !== 1 || byId("page-field").labels.length !== 0,
    };
    for (const name in document) {
      found[`document.${name} is another`] = inside(document[name]) && !NATURAL.includes(name);
    }
    return Object.keys(found).filter((sentence) => found[sentence]);
  };

  const shapeOf = (section) => [...section.querySelectorAll("*")].map(
    (element) => [element.nodeName, ...element.getAttributeNames().sort()].join(" ")).join();
  const readAgain = (section) => {
    const before = shapeOf(section);
    section.innerHTML = section.innerHTML;
    return shapeOf(section) === before ? [] : ["something became another when it was read again"];
  };

  // A dialog would stop everything until somebody answers. This is so in each frame.
  for (const name of ["alert", "confirm", "prompt", "print"]) {
    window[name] = () => console.info("something ran");
  }

  const settle = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const touch = (element) => {
    for (const name of element.getAttributeNames().filter((name) => name.startsWith("on"))) {
      element.dispatchEvent(new Event(name.slice(2)));
    }
  };

  window.judge = {
    targets: () => all("section a[href], section area[href]").map((link) => String(link.href)),
    look(count) {
      return [...ofPage(count), ...sections().flatMap((section) => [...section.querySelectorAll("*")])
        .flatMap(ofElement)];
    },
    // Does whatever a visitor could do.
    async use() {
      await settle();
      all("section *").forEach(touch);
      for (const thing of all("section a, section area, section button, section [type=submit]")) {
        if (!String(thing.href).startsWith("mailto:")) {
          thing.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
          await new Promise((done) => setTimeout(done));
        }
      }
      await settle();
    },
    readAgain: () => sections().flatMap(readAgain),
  };
})();
