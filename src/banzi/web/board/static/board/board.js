/* Cards by mouse, touch and keyboard. Every way ends in one request; the answer replaces what changed,
   and the focus goes on from where it was. */
"use strict";
(() => {
  const board = document.getElementById("board");
  if (!board) return;
  const editable = board.dataset.editable === "1";
  let before = null; // what had the focus when a request went out
  let opener = null; // what opened the panel

  const cardOf = (person) => document.querySelector(`.bz-card[data-person="${CSS.escape(person)}"] .bz-person`);
  const postOf = (post) => document.querySelector(`.bz-seat[data-post="${CSS.escape(post)}"]`)?.closest(".bz-slot")?.querySelector(".bz-post");

  /* A place on the board that outlives a swap: whose card, else which post. */
  function place(element) {
    const card = element?.closest?.(".bz-card");
    const slot = element?.closest?.(".bz-slot");
    const post = slot?.querySelector(".bz-seat")?.dataset.post;
    return card || post ? { person: card?.dataset.person, post } : null;
  }
  function go(to) {
    const found = to && ((to.person && cardOf(to.person)) || (to.post && postOf(to.post)));
    if (found) found.focus();
    return Boolean(found);
  }

  function send(url, values, to) {
    before = to;
    return window.htmx.ajax("POST", url, {
      source: board,
      target: "#problems",
      swap: "none",
      values: { region: board.dataset.region, moves: document.getElementById("moves")?.value ?? "", ...values },
    }).then(() => seats(document), () => {});
  }
  function move(person, post, from) {
    return send(board.dataset.move, { person, post, from: from ?? "" }, { person, post: post || from });
  }
  function wish(kind, person, post) {
    return send(board.dataset.wish, { kind, person, post }, { person, post });
  }
  function takeBack() {
    return send(board.dataset.undo, {}, place(document.activeElement) ?? { button: "[data-take-back]" });
  }

  function seats(root) {
    if (!editable) return;
    for (const seat of root.querySelectorAll(".bz-seat")) {
      if (seat.bzSortable) continue;
      seat.bzSortable = window.Sortable.create(seat, {
        group: "cards",
        sort: false,
        animation: 0,
        forceFallback: false,
        filter: ".bz-pinned",
        preventOnFilter: false,
        ghostClass: "bz-drag",
        onEnd(event) {
          if (event.from === event.to) return;
          const card = event.item;
          move(card.dataset.person, event.to.dataset.post, card.dataset.from);
        },
      });
    }
  }

  /* Arrows: up and down in a team, left and right to its neighbours. */
  function walk(event, at) {
    const stops = (column) => [...column.querySelectorAll(".bz-post, .bz-person")];
    const column = at.closest(".bz-column");
    const own = stops(column);
    const row = own.indexOf(at);
    if (row < 0) return;
    const sideways = { ArrowLeft: column.previousElementSibling, ArrowRight: column.nextElementSibling };
    const next = event.key in sideways
      ? sideways[event.key] && (stops(sideways[event.key])[row] ?? stops(sideways[event.key]).at(-1))
      : own[row + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (target.closest("dialog") || target.matches("input, textarea, select")) return;
    if ((event.key === "z" || event.key === "Z") && (event.ctrlKey || event.metaKey) && editable) {
      event.preventDefault();
      takeBack();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow") && target.closest(".bz-columns")) { walk(event, target); return; }
    if (event.key === "Escape" && target.closest("#panel")) {
      event.preventDefault();
      document.getElementById("panel").replaceChildren();
      if (!go(opener)) document.getElementById("find")?.focus();
      return;
    }
    if (!editable) return;
    const key = event.key.toLowerCase();
    if (key === "u") { event.preventDefault(); takeBack(); return; }
    const card = target.closest(".bz-card");
    if (!card?.dataset.from) return;
    const { person, from } = card.dataset;
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); move(person, "", from); }
    else if (key === "p") { event.preventDefault(); wish("pin", person, from); }
    else if (key === "x") { event.preventDefault(); wish("ban", person, from); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-take-back]")) takeBack();
    const put = event.target.closest("[data-place]");
    if (put) move(put.dataset.place, put.dataset.into, document.querySelector(`.bz-card[data-person="${CSS.escape(put.dataset.place)}"]`)?.dataset.from);
    const ban = event.target.closest("[data-ban]");
    if (ban) wish("ban", ban.dataset.ban, ban.dataset.for).then(() => before === null && go({ post: ban.dataset.for }));
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target?.id === "panel" && !event.target.closest("#panel")) opener = place(event.target);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "panel" && !event.detail.requestConfig?.elt.matches("form")) event.target.querySelector("#panel-title")?.focus();
    if (event.target.id === "why") event.target.querySelector("#why-answer")?.focus();
  });
  /* After the answer to a move: the card that moved; it is gone: its post; else where one was. */
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== board || !before) return;
    const to = before;
    before = null;
    requestAnimationFrame(() => {
      if (document.activeElement && document.activeElement !== document.body && document.contains(document.activeElement) && document.activeElement.closest("#panel")) return;
      if (go(to)) return;
      (document.querySelector(to.button ?? ".bz-post") ?? document.getElementById("main")).focus();
    });
  });
  document.addEventListener("htmx:responseError", () => window.location.reload());
  document.addEventListener("DOMContentLoaded", () => seats(document));
  if (document.readyState !== "loading") seats(document);
})();
