// Keeps the list of today as it is now; without it the page shows what was there when it was opened.
// Asking counts as no work, so that the session locks itself as ever; then the list goes and the door comes.
"use strict";
(() => {
  const EVERY = 45_000;
  const one = (what) => document.querySelector(what);
  const main = one("main[data-live]");
  if (!main) return;
  let shown = main.querySelector(".live").innerHTML.trim();

  const read = () => {
    const marked = getSelection();
    return !marked.isCollapsed && one(".live").contains(marked.anchorNode);
  };
  const show = (html) => {
    const held = document.activeElement;
    const inside = one(".live").contains(held);
    const [href, at] = [inside && held.getAttribute("href"), scrollY];
    const before = one(".live [data-said]").dataset.said;
    one(".live").innerHTML = html;
    shown = html;
    if (inside) {
      const same = [...main.querySelectorAll(".live a")].find((link) => link.getAttribute("href") === href);
      (same ?? main).focus({ preventScroll: true });
    }
    scrollTo({ top: at, behavior: "instant" });
    const { said } = one(".live [data-said]").dataset;
    if (said !== before) one("#told").textContent = said;
  };

  let wait;
  const look = async () => {
    clearTimeout(wait);
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { headers: { "X-Part": "list" }, redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 401) {
        location.replace("/bureau/in");
        return;
      }
      if (answer.ok && !read()) {
        const made = document.createElement("template");
        made.innerHTML = await answer.text();
        const html = made.innerHTML.trim();
        if (html !== shown) show(html);
      }
    } catch { /* without a connection: the next time */ }
    clearTimeout(wait);
    wait = setTimeout(look, EVERY);
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  wait = setTimeout(look, EVERY);
})();
