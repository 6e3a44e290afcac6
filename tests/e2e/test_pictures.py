"""The main pages as pictures for the documentation: `make pictures` writes them anew.

Without the folder named in BANZI_PICTURES they are taken and measured only.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser
from tests.e2e.conftest import Site, Watch, settled, signed_in

MOST_BYTES = 150_000
PICTURES = {
    "home": "/",
    "people": "/people/",
    "person": "/people/ > main a[href*='/people/person/']",
    "teams": "/teams/",
    "team": "/teams/ > main tbody a[href*='/teams/']",
    "query": "/queries/?where=出生年份不小于1980",
    "board": "/board/draft/2/",
    "candidates": "/board/draft/2/ > .bz-open .bz-post",
    "compare": "/board/1/compare/?a=1&b=2",
    "rules": "/rules/",
}
"""Name → address; behind `>` what is clicked there."""


def test_the_main_pages_make_pictures_of_sensible_size(
    browser: Browser, filled_site: Site, watch: Watch, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("BANZI_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    page = signed_in(browser, filled_site, watch)
    page.set_viewport_size({"width": 1200, "height": 750})
    sizes = {}
    for name, said in PICTURES.items():
        address, _arrow, clicked = said.partition(" > ")
        page.goto(address)
        settled(page)
        if clicked:
            page.locator(clicked).first.click()
            settled(page)
        file = folder / f"{name}.jpg"
        page.screenshot(path=file, type="jpeg", quality=62)
        sizes[name] = file.stat().st_size
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
