"""From a vacancy to who is eligible, with reasons, and on to a project with its candidates open."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from tests.e2e.conftest import Site, Watch, settled, signed_in
from tests.e2e.journey import lead_on
from tests.e2e.test_every_page import faults_of_access


def test_a_vacant_post_leads_to_its_candidates_and_to_the_board(
    browser: Browser, filled_site: Site, watch: Watch
) -> None:
    page = signed_in(browser, filled_site, watch)
    page.goto("/teams/")
    page.get_by_role("link", name="云岭市人民政府").click()
    page.get_by_role("link", name="谁符合条件").first.click()
    settled(page)
    expect(page.get_by_role("heading", name="谁符合条件")).to_be_visible()
    title = page.get_by_role("heading", level=1).inner_text()
    assert faults_of_access(page) == []

    rows = page.locator("[data-row-links] tbody tr")
    assert rows.count() > 1
    verdicts = rows.locator("td:nth-of-type(4)").all_inner_texts()
    order = ["符合", "需研究", "无法认定"]
    assert [order.index(each) for each in verdicts] == sorted(map(order.index, verdicts))
    rows.first.get_by_text("逐条依据").click()
    expect(rows.first.locator(".post-reasons li, .post-reasons tr").first).to_be_visible()

    page.get_by_role("link", name="不符合").click()
    expect(rows.first.locator(".bz-fail").first).to_be_visible()

    page.get_by_role("link", name="据此建选配项目").click()
    name = page.locator("#id_name")
    assert title.endswith(name.input_value().removeprefix("补配"))
    page.locator("#new button[type=submit]").click()
    lead_on(page, "**/board/draft/**")
    expect(page.locator("#panel-title")).to_contain_text(title.split()[-1])
    candidate = page.locator("#panel tbody tr").first
    person = candidate.locator(".bz-name").inner_text()
    candidate.get_by_role("button", name="放上").click()
    expect(page.locator(".bz-columns .bz-person", has_text=person).first).to_be_visible()
