"""Every page of the bar, and the pages behind it: no fault of accessibility, script or policy."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.e2e.conftest import Site, Watch, signed_in

PAGES = {
    "leader": (
        "/",
        "/people/",
        "/people/proposals/",
        "/teams/",
        "/teams/compare/",
        "/organs/",
        "/organs/quotas/",
        "/posts/same/",
        "/areas/",
        "/figures/",
        "/due/",
        "/problems/",
        "/rules/",
        "/rules/all/",
        "/targets/",
        "/profiles/",
        "/queries/?where=出生年份不小于1980&list=unmet",
        "/queries/?where=身高大于3",
        "/queries/table/",
        "/queries/saved/",
        "/queries/templates/",
        "/board/",
        "/imports/",
        "/jobs/",
        "/my-rights/",
        "/second-factor/",
        "/tokens/",
        "/tokens/new/",
        "/api/",
    ),
    "security": ("/", "/accounts/", "/accounts/tokens/", "/my-rights/"),
    "auditor": ("/", "/my-rights/"),
    "system": ("/", "/accounts/", "/accounts/new/"),
}


def faults_of_access(page: Page) -> list[str]:
    """Violations of the accessibility rules, each with the first element concerned."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})" for each in found
    ]


@pytest.mark.parametrize("who", PAGES)
def test_pages_are_accessible_and_keep_the_policy(
    browser: Browser, filled_site: Site, watch: Watch, who: str
) -> None:
    page = signed_in(browser, filled_site, watch, who)
    found = {}
    for address in PAGES[who]:
        answer = page.goto(address)
        assert answer is not None
        if answer.status != 200:
            found[address] = [str(answer.status)]
            continue
        page.wait_for_load_state("networkidle")
        found[address] = faults_of_access(page)
    assert {address: each for address, each in found.items() if each} == {}


def test_the_page_before_signing_in_is_accessible(
    browser: Browser, filled_site: Site, watch: Watch
) -> None:
    page = browser.new_context(base_url=filled_site.address).new_page()
    watch.over(page, filled_site.address)
    page.goto("/login/")
    assert faults_of_access(page) == []
    page.get_by_role("button", name="English").click()
    assert "Sign in" in page.content()
    assert faults_of_access(page) == []


@pytest.mark.parametrize("kind", ["people/person", "teams"])
def test_the_first_page_behind_a_list_is_accessible(
    browser: Browser, filled_site: Site, watch: Watch, kind: str
) -> None:
    page = signed_in(browser, filled_site, watch)
    page.goto("/people/" if kind.startswith("people") else "/teams/")
    page.locator(f"main a[href*='/{kind}/']").first.click()
    page.wait_for_load_state("networkidle")
    assert faults_of_access(page) == []
