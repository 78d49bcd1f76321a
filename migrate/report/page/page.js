"use strict";
(() => {
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  const selects = [...form.querySelectorAll("select")];
  const files = [...document.querySelectorAll("details.file")].map((element) => ({
    element,
    uses: [...element.querySelectorAll("li.use")],
  }));
  const total = files.reduce((sum, file) => sum + file.uses.length, 0);
  const words = new Map();
  for (const { element, uses } of files) {
    words.set(element, element.textContent.toLowerCase());
    for (const use of uses) words.set(use, use.textContent.toLowerCase());
  }

  // An attribute that can hold several values keeps them as lines.
  const holds = (element, select) =>
    !select.value || (element.dataset[select.name] ?? "").split("\n").includes(select.value);

  const apply = () => {
    const text = search.value.trim().toLowerCase();
    let shown = 0;
    for (const { element, uses } of files) {
      const inFile = !text || words.get(element).includes(text);
      const anyUse = uses.some((use) => words.get(use).includes(text));
      let here = 0;
      for (const use of uses) {
        const visible = inFile && (!text || !anyUse || words.get(use).includes(text)) &&
          selects.every((select) => holds(use, select));
        use.hidden = !visible;
        here += visible;
      }
      const bare = uses.length === 0 && inFile && selects.every((select) => holds(element, select));
      element.hidden = here === 0 && !bare;
      shown += here;
    }
    document.getElementById("shown").textContent = `${shown} of ${total} uses`;
    document.getElementById("nothing").hidden = files.length === 0 || files.some(({ element }) => !element.hidden);
  };

  const remember = () => {
    const state = new URLSearchParams();
    for (const select of selects) if (select.value) state.set(select.name, select.value);
    if (search.value) state.set("text", search.value);
    history.replaceState(null, "", state.size ? `#${state}` : location.pathname + location.search);
  };

  const recall = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const select of selects) {
      const value = state.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    search.value = state.get("text") ?? "";
  };

  const changed = () => { apply(); remember(); };
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(changed));
  addEventListener("hashchange", () => { recall(); apply(); });

  const fold = document.getElementById("fold");
  const foldAll = (folded) => {
    for (const { element } of files) element.open = !folded;
    fold.textContent = folded ? "Open all" : "Fold all";
  };
  fold.addEventListener("click", () => foldAll(fold.textContent === "Fold all"));

  const step = (by) => {
    const summaries = files.filter(({ element }) => !element.hidden).map(({ element }) => element.querySelector("summary"));
    if (!summaries.length) return;
    const at = summaries.findIndex((summary) => summary.parentElement.contains(document.activeElement));
    const next = summaries[at < 0 ? (by > 0 ? 0 : summaries.length - 1) : Math.min(Math.max(at + by, 0), summaries.length - 1)];
    next.focus();
    next.parentElement.scrollIntoView({ block: "start" });
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const file = document.activeElement.closest("details.file");
    if (event.key === "/") { event.preventDefault(); search.focus(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "o" && file) file.open = !file.open;
    else if (event.key === "x") form.reset();
  });

  // What is folded would be missing on paper.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = files.filter(({ element }) => !element.open);
    for (const { element } of folded) element.open = true;
  });
  addEventListener("afterprint", () => { for (const { element } of folded) element.open = false; });

  form.hidden = false;
  document.getElementById("keys").hidden = false;
  recall();
  apply();
})();
