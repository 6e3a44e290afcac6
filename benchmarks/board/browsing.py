"""A drag in a real browser: from letting the card go until the answer is painted."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.e2e.conftest import ROOT, chromium, launch, own_environment, wait_for
from tests.support.accounts import PASSWORD

from benchmarks.board.preparing import USERNAME, Opened

_WATCH = """() => {
  window.bzPainted = [];
  let dropped = 0;
  document.addEventListener("drop", () => { dropped = performance.now(); }, true);
  document.addEventListener("htmx:afterSettle", () => {
    if (!dropped) return;
    const since = dropped;
    requestAnimationFrame(() => setTimeout(() => {
      if (dropped !== since) return;
      window.bzPainted.push(performance.now() - since);
      dropped = 0;
    }));
  });
}"""
"""The last piece of an answer to settle ends the wait: later ones of the same drop find it over."""


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


def timed_drags(home: Path, site: Opened, count: int, seed: int) -> list[float]:
    """Seconds of so many drags between seats of one region, refused ones among them."""
    program = chromium()
    if program is None:
        raise RuntimeError("no chromium found")
    draw = random.Random(seed)  # noqa: S311 - the same moves on every machine
    with served(home) as address, sync_playwright() as driver:
        browser = launch(driver, program)
        page = browser.new_page(base_url=address, viewport={"width": 1920, "height": 1600})
        page.goto("/login/")
        page.locator("input[name=username]").fill(USERNAME)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
        page.goto(f"/board/draft/{site.draft.pk}/")
        page.wait_for_load_state("networkidle")
        page.evaluate(_WATCH)
        for _number in range(count):
            _drag(page, draw)
        found = [each / 1000 for each in page.evaluate("window.bzPainted")]
        browser.close()
    if len(found) != count:
        raise RuntimeError(f"{count} drags, {len(found)} answers painted")
    return found


def _drag(page: Page, draw: random.Random) -> None:
    """One card to another seat, or to the holding area; waits until the answer is painted."""
    cards = page.locator(".bz-columns .bz-card:not(.bz-pinned)")
    seats = page.locator(".bz-columns .bz-seat")
    done = page.evaluate("window.bzPainted.length")
    card = cards.nth(draw.randrange(cards.count()))
    origin = card.get_attribute("data-from")
    others = [
        at for at in range(seats.count()) if seats.nth(at).get_attribute("data-post") != origin
    ]
    waiting = page.locator(".bz-holding .bz-card")
    if waiting.count() and draw.random() < 0.5:
        card = waiting.nth(draw.randrange(waiting.count()))
    card.locator(".bz-line").drag_to(seats.nth(draw.choice(others)))
    page.wait_for_function("done => window.bzPainted.length > done", arg=done)
    page.wait_for_function(
        "!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
    )
