"use strict";
(() => {
  const band = document.getElementById("band"), queue = document.getElementById("queue");
  if (!band) return;
  document.querySelector(".filter").hidden = false;
  const rows = document.querySelectorAll("[data-band]");
  const show = () => rows.forEach(row => {
    row.hidden = band.value && row.dataset.band !== band.value || queue.value && row.dataset.queue !== queue.value;
  });
  band.addEventListener("change", show);
  queue.addEventListener("change", show);
  const cases = [...document.querySelectorAll("article.case")];
  let at = -1;
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input, textarea")) return;
    const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
    if (!step) return;
    let next = at + step;
    while (cases[next] && cases[next].hidden) next += step;
    if (!cases[next]) return;
    at = next;
    cases[at].scrollIntoView();
    cases[at].focus({preventScroll: true});
  });
})();
