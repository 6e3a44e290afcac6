"""Every page there is, with real data behind it: no fault of accessibility, script or policy.

The site is walked along its links, one page of each named address, as each kind of account and in
both languages; much has been done on it before (`tests.e2e.past`), so that pages of what was done
are there. An address that no link leads to fails, unless it is listed below with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import Site, Watch, settled, signed_in
from tests.e2e.past import read_past
from tests.support.accounts import PASSWORD

SEEDS = {
    "leader": (
        "/",
        "/queries/?where=出生年份不小于1980&list=unmet",
        "/queries/?where=身高大于3",
        "/board/",
        "/board/2/",
        "/board/draft/1/",
        "/board/draft/1/?region=*&view=meeting",
        "/board/draft/3/decision/",
        "/board/draft/4/",
        "/board/1/compare/?a=1&b=2",
        "/board/draft/1/sign/",
        "/board/draft/2/sign/",
        "/people/second-person/",
        "/jobs/",
    ),
    "security": ("/", "/accounts/asked/"),
    "auditor": ("/", "/audit/", "/audit/check/"),
    "system": ("/", "/accounts/", "/accounts/new/", "/backup/"),
}
"""Where each account begins: what no link leads to, or leads to in one of its states only. What
was done before, `tests.e2e.past` adds."""

FORM = "answers a form: posted to, never opened"
PIECE = "a piece that a page puts in its place, never a page of its own"
FILE = "hands out a file"
ELSEWHERE = "opened by a test of its own below"
LEFT_OUT = {
    **dict.fromkeys(
        (
            "account-act", "audit-anchor-file", "audit-anchor-slip", "backup-file", "board-add-draft",
            "board-move", "asked-act",
            "board-new", "board-reader", "board-solve", "board-stage", "board-undo", "board-wish", "board-give-way",
            "choose-language", "exchange-remove", "import-answer", "import-discard", "import-identity", "import-seal",
            "import-take",
            "import-undo", "job-cancel", "logout", "people-decide", "people-export",
            "people-remove-list", "people-save-list", "person-effect", "person-remove", "person-change-photo",
            "profile-remove", "query-remove", "query-save", "query-share", "query-unshare",
            "roster-template-columns", "roster-template-fill", "roster-template-remove",
            "roster-template-upload", "second-factor-card", "target-remove", "targets-put-back",
            "targets-upload", "threshold", "token-revoke", "token-take",
        ),
        FORM,
    ),
    **dict.fromkeys(
        (
            "api-openapi", "board-export", "board-paper", "board-papers-zip", "due-paper",
            "exchange-file", "exchange-sheet",
            "figure-paper", "person-form", "person-paper",
            "person-photo", "query-export", "query-table-export", "roster-template-file",
            "targets-file", "team-paper",
        ),
        FILE,
    ),
    **dict.fromkeys(
        ("login", "login-code", "confirm", "exchange-package", "import", "job", "job-state",
         "audit-checking"), ELSEWHERE
    ),
    **dict.fromkeys(
        ("people-pick", "people-proposal-effect", "person-fitness-table", "person-fitness-reasons"),
        PIECE,
    ),
    "query-open": "sends on to the query",
}  # fmt: skip
HARVEST = """() => [...document.querySelectorAll("a[href], [hx-get], [data-from]")]
  .map(each => each.getAttribute("hx-get") || each.getAttribute("href") || each.dataset.from)"""


def names(resolver: URLResolver | None = None) -> Iterator[str]:
    """The name of every address of the site."""
    for each in (resolver or get_resolver("banzi.web.config.urls")).url_patterns:
        if isinstance(each, URLResolver):
            yield from names(each)
        elif isinstance(each, URLPattern):
            assert each.name, f"{each.pattern} has no name"
            yield each.name


_FOR_PEOPLE = ("api-guide", "api-openapi")
LEFT_OUT |= {
    name: "answers programs that bear a token"
    for name in names()
    if name.startswith("api-") and name not in _FOR_PEOPLE
}


def name_of(address: str) -> str:
    """The name of an address; "" for what is none of the site's."""
    try:
        return resolve(urlsplit(address).path, "banzi.web.config.urls").url_name or ""
    except Resolver404:
        return ""


def faults_of_access(page: Page) -> list[str]:
    """Violations of the accessibility rules, each with the first element concerned."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})" for each in found
    ]


def faults_in_both(page: Page) -> list[str]:
    """The same in Chinese and in English; the page is asked for again in between."""
    found = []
    for other in ("English", "中文"):
        settled(page)
        found += faults_of_access(page)
        with page.expect_navigation():
            page.get_by_role("button", name=other, exact=True).click()
    settled(page)
    return found


def walked(page: Page, seeds: tuple[str, ...], known: set[str]) -> dict[str, list[str]]:
    """Addresses visited, each with what is wrong with it; the names seen are added to `known`."""
    found: dict[str, list[str]] = {}
    waiting = list(seeds)
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer is not None
        settled(page)
        known.add(name_of(address))
        found[address] = [str(answer.status)] if answer.status != 200 else faults_of_access(page)
        for link in page.evaluate(HARVEST):
            onward = urljoin(address, link)
            name = name_of(onward)
            if onward.startswith("/") and name and name not in known and name not in LEFT_OUT:
                known.add(name)
                waiting.append(onward)
    return found


def test_what_is_left_out_is_there_and_has_a_reason() -> None:
    assert set(LEFT_OUT) <= set(names())
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("language", ["中文", "English"], ids=["zh", "en"])
def test_every_page_is_accessible_and_keeps_the_policy(
    browser: Browser, filled_site: Site, watch: Watch, language: str
) -> None:
    seen: set[str] = set()
    faults = {}
    done_before = read_past(filled_site.home).addresses
    for who, seeds in SEEDS.items():
        page = signed_in(browser, filled_site, watch, who)
        if language == "English":
            page.get_by_role("button", name="English").click()
            page.wait_for_load_state()
        pages = walked(page, (*seeds, *done_before.get(who, ())), seen)
        faults |= {f"{who} {address}": wrong for address, wrong in pages.items() if wrong}
        page.context.close()
    assert not faults, "\n".join(f"{where}: {wrong}" for where, wrong in faults.items())
    assert set(names()) - seen - set(LEFT_OUT) == set()


def test_the_page_before_signing_in_is_accessible(
    browser: Browser, filled_site: Site, watch: Watch
) -> None:
    page = browser.new_context(base_url=filled_site.address).new_page()
    watch.over(page, filled_site.address)
    page.goto("/login/")
    assert faults_in_both(page) == []


def test_the_pages_that_ask_for_a_code_of_the_card_are_accessible(
    browser: Browser, filled_site: Site, watch: Watch
) -> None:
    codes = read_past(filled_site.home).codes
    page = signed_in(browser, filled_site, watch, "carded")
    expect(page.get_by_text("第1号")).to_be_visible()
    assert faults_in_both(page) == []
    enter_code(page, f"{(int(codes[0]) + 1) % 10**8:08}")
    expect(page.get_by_role("alert")).to_contain_text("验证码不正确")
    assert faults_of_access(page) == []
    enter_code(page, codes[0])
    expect(page.get_by_role("button", name="持卡人")).to_be_visible()
    page.goto("/confirm/?next=/my-rights/")
    assert faults_in_both(page) == []
    page.get_by_label("密码").fill(PASSWORD)
    enter_code(page, codes[1])
    expect(page).to_have_url(re.compile("/my-rights/$"))


def enter_code(page: Page, code: str) -> None:
    page.get_by_label("验证码").fill(code)
    with page.expect_navigation():
        page.get_by_role("button", name="继续").click()


def test_the_pages_of_an_import_and_of_its_job_are_accessible(
    browser: Browser, filled_site: Site, demo_files: Path, watch: Watch
) -> None:
    page = signed_in(browser, filled_site, watch)
    page.goto("/imports/new/")
    page.set_input_files("#files", sorted((demo_files / "people").glob("*.lrmx"))[0])
    page.route("**/jobs/*/state/", lambda asked: asked.fulfill(status=204))
    page.locator("main button[type=submit]").first.click()
    settled(page)
    assert faults_of_access(page) == [], "while it says what it said first"
    page.unroute("**/jobs/*/state/")
    page.wait_for_url(re.compile("/imports/[0-9a-f]{32}/"))  # its job leads there when it is done
    settled(page)
    assert faults_of_access(page) == []
    page.goto("/jobs/")
    page.goto(page.locator("main tbody a").first.get_attribute("href") or "")
    expect(page.locator("main")).to_contain_text("完成")
    assert faults_in_both(page) == []
    page.goto("/imports/")
    page.locator("main tbody a").first.click()
    assert faults_in_both(page) == []


def test_the_page_of_a_check_of_the_record_is_accessible(
    browser: Browser, filled_site: Site, watch: Watch
) -> None:
    page = signed_in(browser, filled_site, watch, "auditor")
    page.goto("/audit/check/")
    page.get_by_role("button", name="开始核验").click()
    page.wait_for_url("**/audit/check/*/")
    expect(page.locator("#checking")).to_contain_text("完好")
    assert faults_in_both(page) == []
