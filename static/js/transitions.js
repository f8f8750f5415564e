/*
 * One page fades into the next where the browser can (see base.css). A fade that is broken off, because
 * somebody is quick or because Chromium sees too late that the next page fades too, is nothing to
 * complain of in the console. No module: it has to listen before the first frame. Pages that do not
 * fade, as those of the admin, have to listen too: they break off the fade of the page before them.
 */
addEventListener("unhandledrejection", (event) => {
  const { reason } = event;
  if (reason instanceof DOMException && reason.message.startsWith("Transition was ")) event.preventDefault();
});
