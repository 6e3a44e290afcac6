/* Cards by mouse, touch and keyboard. Every way ends in one request; the answer replaces what changed. */
"use strict";
(() => {
  const board = document.getElementById("board");
  if (!board || board.dataset.editable !== "1") return;

  function send(url, values) {
    return window.htmx.ajax("POST", url, {
      source: board,
      target: "#problems",
      swap: "none",
      values: { region: board.dataset.region, moves: document.getElementById("moves")?.value ?? "", ...values },
    });
  }
  function move(person, post, from) {
    return send(board.dataset.move, { person, post, from: from ?? "" });
  }

  function seats(root) {
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

  function held(target) {
    return target.closest?.(".bz-card");
  }
  document.addEventListener("keydown", (event) => {
    const card = held(event.target);
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Delete" || event.key === "Backspace") && card.dataset.from) {
      event.preventDefault();
      move(card.dataset.person, "", card.dataset.from);
    } else if (event.key.toLowerCase() === "p" && card.dataset.from) {
      event.preventDefault();
      send(board.dataset.wish, { kind: "pin", person: card.dataset.person, post: card.dataset.from });
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-place]");
    if (!button) return;
    const card = document.querySelector(`.bz-card[data-person="${CSS.escape(button.dataset.place)}"]`);
    move(button.dataset.place, button.dataset.into, card?.dataset.from);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    seats(document);
    if (event.target.id === "panel") event.target.querySelector("#panel-title")?.focus();
  });
  document.addEventListener("htmx:responseError", () => window.location.reload());
  document.addEventListener("DOMContentLoaded", () => seats(document));
  if (document.readyState !== "loading") seats(document);
})();
