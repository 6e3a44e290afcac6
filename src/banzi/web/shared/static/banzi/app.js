/* What every page does beyond its markup. No inline script anywhere; pieces are found by data-*:

   data-search            a search field: asks ("search-now" for hx-trigger) after typing, never while
                          an input method is composing
   data-chart="ID"        an ECharts picture from the JSON in the script element ID
   data-dialog="ID"       opens the dialog ID; data-close closes the one around it
   data-fetch             a link to a file that is fetched as soon as the page is there
   data-print             prints the page
   data-select-all="NAME" ticks every box of that name
   data-row-links         a table whose rows are walked with the arrow keys and opened with Enter
   data-narrow="ID"       a field that leaves of the tree ID the items (li with their syllables in
                          data-said, a box to tick each) that it finds, those above, and the ticked;
                          Enter or the arrow down goes to the first, Escape shows all again;
                          data-narrow-by is the button beside it, which the server answers otherwise
   data-submit-on-change  a field that sends its form when it changes
   ?                      opens the list of keys */
"use strict";
(() => {
  const WAIT = 200;

  /* not before: a page that goes elsewhere stops loading */
  window.addEventListener("load", () => document.querySelector("[data-fetch]")?.click());

  function ask(field) {
    clearTimeout(field.bzTimer);
    field.bzTimer = setTimeout(() => field.dispatchEvent(new CustomEvent("search-now", { bubbles: true })), WAIT);
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-search]") && !event.isComposing) ask(event.target);
  });
  document.addEventListener("compositionend", (event) => {
    if (event.target.matches?.("[data-search]")) ask(event.target);
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
    if (event.target.closest("[data-print]")) window.print();
    const find = event.target.closest("[data-narrow-by]");
    if (find) { event.preventDefault(); toFirst(document.getElementById(find.dataset.narrowBy)); }
  });
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-select-all]");
    if (all) {
      for (const box of document.getElementsByName(all.dataset.selectAll)) box.checked = all.checked;
    }
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });

  /* As on the server (exchange/finding.py): part of the name, or letters from any syllable on. */
  function fits(item, term) {
    const name = item.querySelector("label").textContent.replace(/\s/g, "").toLowerCase();
    const parts = item.dataset.said.split(" ");
    const letters = term.replaceAll("'", "");
    return name.includes(term) || parts.some((part, at) => parts.slice(at).join("").startsWith(letters)
      || parts.slice(at).map((each) => each[0]).join("").startsWith(letters));
  }
  function narrow(field) {
    const tree = document.getElementById(field.dataset.narrow);
    const terms = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const item of [...tree.querySelectorAll("li[data-said]")].reverse()) {  // what is below first
      const hit = terms.every((term) => fits(item, term));
      found += hit;
      item.toggleAttribute("data-hit", hit && terms.length > 0);
      item.hidden = !hit && !item.querySelector("input").checked && !item.querySelector("li[data-said]:not([hidden])");
    }
    tree.querySelector("[data-narrow-none]").hidden = found > 0;
    const said = document.querySelector(`[data-narrow-count="${tree.id}"]`);
    said.textContent = terms.length ? said.dataset.text.replace("#", found) : "";
  }
  function toFirst(field) {
    const tree = document.getElementById(field.dataset.narrow);
    (tree.querySelector("li[data-hit] input") ?? tree.querySelector("li:not([hidden]) input"))?.focus();
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-narrow]") && !event.isComposing) narrow(event.target);
  });
  document.addEventListener("compositionend", (event) => {
    if (event.target.matches?.("[data-narrow]")) narrow(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.("[data-narrow]") || event.isComposing) return;
    if (event.key === "Escape") { field.value = ""; narrow(field); }
    if (event.key === "Enter" || event.key === "ArrowDown") { event.preventDefault(); toFirst(field); }
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      const field = document.querySelector("[data-search], [data-narrow]");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
    if (event.key === "?" && !typing) {
      const keys = document.getElementById("keys");
      if (keys && !keys.open) {
        event.preventDefault();
        keys.showModal();
        window.htmx.ajax("GET", keys.dataset.from, { source: keys, target: "#keys-text", swap: "innerHTML" });
      }
    }
    const table = event.target.closest("[data-row-links]");
    if (table && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const links = [...table.querySelectorAll("tbody tr a:first-of-type")];
      const rows = new Map(links.map((link) => [link.closest("tr"), link]));
      const all = [...rows.keys()];
      const at = all.indexOf(event.target.closest("tr"));
      const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { event.preventDefault(); rows.get(next).focus(); }
    }
  });

  function draw(root) {
    if (!window.echarts) return;
    const found = [...root.querySelectorAll("[data-chart]")];
    if (root.matches?.("[data-chart]")) found.push(root);
    for (const place of found) {
      if (window.echarts.getInstanceByDom(place)) continue;
      const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
      option.tooltip = { ...(option.tooltip || {}), renderMode: "richText" };
      option.animation = false;
      window.echarts.init(place, null, { renderer: "svg" }).setOption(option);
    }
  }
  function resize() {
    for (const place of document.querySelectorAll("[data-chart]")) window.echarts?.getInstanceByDom(place)?.resize();
  }
  window.addEventListener("resize", resize);
  window.addEventListener("beforeprint", resize);
  document.addEventListener("DOMContentLoaded", () => draw(document.body));
  document.addEventListener("htmx:afterSettle", (event) => draw(event.target));

  /* What a refusal says: the words of its page, not the markup. */
  function words(answer) {
    const text = answer.responseText;
    if (!answer.getResponseHeader("Content-Type")?.startsWith("text/html")) return text.slice(0, 300);
    const page = new DOMParser().parseFromString(text, "text/html");
    return [...page.querySelectorAll(".empty-title, .empty-subtitle")].map((each) => each.textContent).join("。");
  }
  document.addEventListener("htmx:responseError", (event) => {
    const place = document.getElementById("messages");
    const note = document.createElement("div");
    note.className = "alert alert-danger";
    note.setAttribute("role", "alert");
    note.textContent = words(event.detail.xhr) || String(event.detail.xhr.status);
    place?.replaceChildren(note);
  });
})();
