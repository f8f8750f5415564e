/*
 * One page fades into the next where the browser can (see base.css). Whoever is quick breaks that off,
 * which is nothing to complain of in the console. No module: it has to listen before the first frame.
 */
addEventListener("pageswap", settle);
addEventListener("pagereveal", settle);

function settle({ viewTransition }) {
  if (!viewTransition) return;
  for (const step of ["updateCallbackDone", "ready", "finished"]) viewTransition[step]?.catch(() => {});
}
