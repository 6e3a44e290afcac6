"""A drag in a real browser: the mouse goes down on a card, lets it go over a seat, the answer is painted."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Locator, Page, ViewportSize, sync_playwright
from playwright.sync_api import TimeoutError as TooLong
from tests.e2e.conftest import ROOT, chromium, launch, own_environment, settled, wait_for
from tests.support.accounts import PASSWORD

from banzi.web.board.desk import desk_of
from banzi.web.board.models import Draft
from benchmarks.board.moves import Move, draggable
from benchmarks.board.preparing import USERNAME, Opened

_SCREEN: ViewportSize = {"width": 1920, "height": 1080}
_STEPS = 8
"""Places that the mouse is seen at on its way."""
_WATCH = """() => {
  window.bzDrags = [];
  let now = null;
  const at = (name) => { if (now) now[name] = performance.now(); };
  document.addEventListener("mousedown", () => { now = {}; at("down"); }, true);
  for (const end of ["drop", "dragend"]) {  // let go beside a seat, there is no drop
    document.addEventListener(end, () => now && !now.drop && at("drop"), true);
  }
  document.addEventListener("htmx:beforeSend", () => now?.drop && at("sent"));
  document.addEventListener("htmx:beforeOnLoad", () => now?.sent && at("answered"));
  document.addEventListener("htmx:afterSettle", () => {
    const one = now;
    if (!one?.answered) return;
    requestAnimationFrame(() => setTimeout(() => {
      if (now !== one) return;
      at("painted");
      window.bzDrags.push(one);
      now = null;
    }));
  });
}"""
"""The last piece of an answer to settle ends the wait: later ones of the same drop find it over."""

_AT_REST = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
"""Until the focus has gone where the last card went, and the page with it."""


@dataclass(frozen=True, slots=True)
class Drag:
    """Seconds of one drag: hand, from pressing to letting go; then until the request goes out, until
    its answer is there, until that is painted."""

    kind: str
    hand: float
    sending: float
    answering: float
    painting: float

    @property
    def waited(self) -> float:
        """From letting go until painted: what a person waits."""
        return self.sending + self.answering + self.painting


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The site as a program of its own; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "banzi", "site", "serve", "--home", str(home)]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=ROOT, env=own_environment(), stdout=log, stderr=log,
        )  # fmt: skip
        try:
            wait_for(f"http://127.0.0.1:{port}/login/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def timed_drags(
    address: str, site: Opened, count: int, seed: int, *, everything: bool
) -> list[Drag]:
    """So many drags on a page just opened, of the first region or of all; the first one is cold."""
    program = chromium()
    if program is None:
        raise RuntimeError("no chromium found")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver of the browser has a loop of its own
    desk = desk_of(site.draft.project)
    region = "" if everything else desk.region_of(0)
    with sync_playwright() as driver:
        browser = launch(driver, program)
        page = browser.new_page(base_url=address, viewport=_SCREEN, reduced_motion="reduce")
        page.goto("/login/")
        page.locator("input[name=username]").fill(USERNAME)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
        page.goto(f"/board/draft/{site.draft.pk}/?region={quote(region) or '*'}")
        settled(page)
        page.evaluate(_WATCH)
        moves = islice(draggable(site.draft, desk, seed, region), count)
        found = [_drag(page, site.draft, move) for move in moves]
        browser.close()
    return found


def _drag(page: Page, draft: Draft, move: Move) -> Drag:
    """Carry the card by mouse and wait until the answer is painted.

    Raises
    ------
    RuntimeError
        When the board did not do what the move asks for.
    """
    page.evaluate(_AT_REST)
    before = _moves(draft)
    card = page.locator(f".bz-card[data-person='{move.person}'] .bz-line").first
    seat = ".bz-holding" if move.post == "" else f".bz-columns .bz-seat[data-post='{move.post}']"
    _carry(page, card, page.locator(seat).first)
    try:
        page.wait_for_function("() => window.bzDrags.length > 0", timeout=30_000)
    except TooLong:
        raise RuntimeError(f"{move}: no answer; {page.locator('#problems').inner_text()}") from None
    settled(page)
    told = page.evaluate("() => window.bzDrags.splice(0)[0]")
    if (_moves(draft) == before) != (move.kind == "refused"):
        raise RuntimeError(f"{move}: {page.locator('#problems').inner_text()}")
    marks = [told[name] / 1000 for name in ("down", "drop", "sent", "answered", "painted")]
    return Drag(move.kind, *(later - sooner for sooner, later in pairwise(marks)))


def _carry(page: Page, card: Locator, seat: Locator) -> None:
    """As a hand does it: over what lies between, and after the seat while cards make room."""
    x, y = _middle(card, scroll=True)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y, steps=2)  # the drag begins before anything scrolls
    page.mouse.move(*_middle(seat, scroll=True), steps=_STEPS)
    for _try in range(_STEPS):
        if seat.locator(".bz-drag").count():
            break
        x, y = _middle(seat, scroll=False)
        page.mouse.move(x, y - 4)
        page.mouse.move(x, y + 4)
    page.mouse.up()


def _middle(element: Locator, *, scroll: bool) -> tuple[float, float]:
    """Where it is on the screen; scrolled to the middle, since at an edge a drag goes on scrolling."""
    if scroll:
        element.evaluate("each => each.scrollIntoView({ block: 'center', inline: 'center' })")
    box = element.bounding_box()
    if box is None:
        raise RuntimeError("not in sight")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _moves(draft: Draft) -> int:
    return Draft.objects.values_list("moves", flat=True).get(pk=draft.pk)
