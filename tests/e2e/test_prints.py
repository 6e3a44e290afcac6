"""What a browser prints of a page that is handed to leaders: few sheets, and nothing to click."""

from __future__ import annotations

import re

from playwright.sync_api import Browser
from tests.e2e.conftest import Site, Watch, settled, signed_in

SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")


def test_a_team_of_eleven_prints_on_three_sheets_without_controls(
    browser: Browser, filled_site: Site, watch: Watch
) -> None:
    page = signed_in(browser, filled_site, watch)
    page.goto("/teams/party/")
    settled(page)
    page.locator(".not-asked").first.wait_for(state="detached")
    assert page.locator(".members tbody tr").count() == 11
    page.emulate_media(media="print")
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    blocks = page.locator(".card-title:visible").all_inner_texts()
    assert blocks[:4] == ["成员", "年龄梯次", "专业领域", "主要指标"]
    bars = page.locator(".team-bar:visible").count()
    assert 0 < bars <= page.locator(".team-grid .card").first.locator("tbody tr").count()
    sheets = len(SHEET.findall(page.pdf(prefer_css_page_size=True)))
    assert 2 <= sheets <= 3
