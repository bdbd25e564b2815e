"use strict";
// Keys for the queue. Everything works without them, and without this file.
(() => {
  const rows = () => [...document.querySelectorAll("tr.row")];
  let at = -1;
  const go = step => {
    const all = rows();
    if (!all.length) return;
    at = Math.min(all.length - 1, Math.max(0, at + step));
    all.forEach((row, i) => row.classList.toggle("at", i === at));
    const link = all[at].querySelector("a");
    link.focus();
    all[at].scrollIntoView({block: "nearest"});
  };
  const press = action => {
    const button = document.querySelector(`#decide button[value="${action}"]`);
    if (button) button.click();
  };
  const keys = {j: () => go(1), k: () => go(-1), o: () => rows()[at]?.querySelector("a").click(),
    a: () => press("claim"), c: () => press("confirm"), r: () => press("reject"), e: () => press("escalate"), u: () => press("unclear"),
    n: () => document.querySelector("#decide textarea")?.focus()};
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
