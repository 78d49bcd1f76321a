"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const search = document.getElementById("search");
  const status = form.querySelector("select");
  const rows = [...document.querySelectorAll("#repositories tbody tr")];
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  const apply = () => {
    const text = search.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = (status.value && row.dataset.status !== status.value) || (text && !words.get(row).includes(text));
      shown += !row.hidden;
    }
    document.getElementById("shown").textContent = `${shown} of ${rows.length} repositories`;
    document.getElementById("nothing").hidden = shown > 0;
  };
  const remember = () => {
    const state = new URLSearchParams();
    if (status.value) state.set("status", status.value);
    if (search.value) state.set("text", search.value);
    history.replaceState(null, "", state.size ? `#${state}` : location.pathname + location.search);
  };
  const recall = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    const value = state.get("status") ?? "";
    status.value = [...status.options].some((option) => option.value === value) ? value : "";
    search.value = state.get("text") ?? "";
  };
  const changed = () => { apply(); remember(); };
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  addEventListener("hashchange", () => { recall(); apply(); });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    else if (event.key === "x") form.reset();
  });

  // What is folded would be missing on paper.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of folded) each.open = false; });

  form.hidden = false;
  document.getElementById("keys").hidden = false;
  recall();
  apply();
})();
