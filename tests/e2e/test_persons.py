"""Finding a person with the keyboard alone, input methods included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import Site, Watch, settled, signed_in
from tests.e2e.test_every_page import faults_of_access

from banzi.codes.pinyin import search_key

# An answer that has arrived is not yet in the page: what counts is the page's own word.
SETTLED = """() => {
    window.answersInPage = 0;
    document.addEventListener("htmx:afterSettle", () => window.answersInPage++);
}"""
A_WHILE = 250
"""Milliseconds without a key after which the page asks (`WAIT` in its script is less)."""


@pytest.fixture
def people(browser: Browser, filled_site: Site, watch: Watch) -> Page:
    page = signed_in(browser, filled_site, watch)
    page.goto("/people/")
    return page


@pytest.fixture
def still(people: Page) -> Page:
    """The same page at a standstill: how fast somebody types is told by its clock alone."""
    people.clock.install()
    people.clock.pause_at(datetime.now() + timedelta(minutes=1))  # noqa: DTZ005 - the browser's own
    people.reload()
    return people


def names(page: Page) -> list[str]:
    return page.locator("[data-row-links] tbody th > a:first-child").all_inner_texts()


def searching(page: Page, typing: Callable[[], object]) -> list[str]:
    """The addresses asked for by a search, once the results stand in the page; its clock is ours."""
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "?q=" in sent.url else None)
    page.evaluate(SETTLED)
    typing()
    page.clock.run_for(A_WHILE)
    page.clock.resume()
    page.wait_for_function("() => window.answersInPage > 0")
    return asked


def test_nothing_is_asked_while_an_input_method_composes(still: Page) -> None:
    name = names(still)[0]
    session = still.context.new_cdp_session(still)
    before: list[str] = []
    still.on("request", lambda sent: before.append(sent.url) if "?q=" in sent.url else None)
    still.focus("#q")
    letters = search_key(name)
    for length in range(1, len(letters) + 1, 2):
        typed = letters[:length]
        given = {"text": typed, "selectionStart": length, "selectionEnd": length}
        session.send("Input.imeSetComposition", given)
        still.clock.run_for(A_WHILE)
    assert before == []
    asked = searching(still, lambda: session.send("Input.insertText", {"text": name}))
    assert len(asked) == 1
    assert still.input_value("#q") == name
    assert set(names(still)) == {name}


def test_a_person_is_found_by_pinyin_and_opened_without_a_mouse(still: Page) -> None:
    name = names(still)[0]
    still.evaluate("document.activeElement.blur()")
    still.keyboard.press("/")
    asked = searching(still, lambda: still.keyboard.type(search_key(name)))
    assert len(asked) == 1
    still.wait_for_url(f"**/people/?q={search_key(name)}")
    assert names(still)[0] == name
    still.locator("[data-row-links] tbody a").first.focus()
    still.keyboard.press("Enter")
    still.wait_for_url("**/people/person/**")
    assert name in still.inner_text("h1")


def test_somebody_is_found_on_the_board_without_losing_the_field(people: Page) -> None:
    people.clock.install()
    people.goto("/board/draft/2/")
    name = people.locator(".bz-columns .bz-person").first.inner_text()
    people.locator("main").focus()
    people.keyboard.press("/")
    searching(people, lambda: people.keyboard.type(search_key(name), delay=20))
    expect(people.locator("#find")).to_be_focused()
    people.get_by_role("link", name=name).last.focus()
    people.keyboard.press("Enter")
    expect(people.locator("#panel-title")).to_have_text(name)
    expect(people.locator("#panel-title")).to_be_focused()
    people.keyboard.press("Escape")
    expect(people.locator("#find")).to_be_focused()
    people.locator(".bz-open .bz-post").first.click()
    expect(people.locator("#panel-title")).to_be_focused()
    people.locator("#panel-q").focus()
    searching(people, lambda: people.keyboard.type("w", delay=20))
    expect(people.locator("#panel-q")).to_be_focused()


def test_the_pages_of_a_file_are_accessible_and_keep_the_policy(people: Page) -> None:
    link = people.locator("[data-row-links] tbody a").first.get_attribute("href")
    found = {}
    for part in ("history/", "papers/", "posts/", "persons/-/", "career_segments/add/"):
        people.goto(f"{link}{part}")
        settled(people)
        found[part] = faults_of_access(people)
    assert {part: faults for part, faults in found.items() if faults} == {}
