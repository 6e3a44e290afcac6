"""The plan board without a mouse, from opening it to comparing two drafts; the focus is never lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import Site, Watch, settled, signed_in

_FOCUS = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  return {
    lost: !at || at === document.body,
    words: at.innerText || at.getAttribute("aria-label") || at.name || "",
    person: at.closest(".bz-card")?.dataset.person ?? "",
    post: at.closest(".bz-slot")?.querySelector(".bz-seat")?.dataset.post ?? "",
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


class Hands:
    """Keys, and where the focus is after each; a lost focus or one without a ring fails."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def at(self) -> dict[str, str]:
        found: dict[str, str] = self.page.evaluate(_FOCUS)
        return found

    def press(self, *keys: str) -> dict[str, str]:
        for key in keys:
            self.page.keyboard.press(key)
        self.settled()
        found = self.at()
        assert not found["lost"], keys
        assert found["ring"], (keys, found)
        return found

    def settled(self) -> None:
        settled(self.page)
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
        )

    def tab_to(self, words: str, most: int = 120) -> None:
        """Go on with Tab until something of these words has the focus."""
        for _press in range(most):
            self.page.keyboard.press("Tab")
            found = self.at()
            if re.search(words, found["words"]) and not found["lost"]:
                assert found["ring"], found
                return
        raise AssertionError(f"Tab does not come to {words}")

    def said(self) -> str:
        return self.page.locator("#announce").inner_text()


@pytest.fixture
def hands(browser: Browser, board_site: Site, watch: Watch) -> Hands:
    page = signed_in(browser, board_site, watch)
    page.goto("/board/")
    return Hands(page)


def test_a_draft_is_worked_on_compared_and_copied_by_keyboard(hands: Hands) -> None:
    page = hands.page
    page.locator("main").focus()
    hands.tab_to("^方案一$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board/draft/2/")
    hands.tab_to("书记")

    # along the columns with the arrows, to a card
    while not hands.at()["person"]:
        hands.press("ArrowDown")
    team = page.locator(".bz-column").first.get_attribute("id")
    hands.press("ArrowRight")
    assert page.locator(".bz-column").first.get_attribute("id") == team
    hands.press("ArrowLeft")
    card = hands.at()
    person, origin = card["person"], card["post"]

    # the posts the person may take; the first one of another team
    hands.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    own = page.locator(f".bz-column:has([data-post='{origin}'])").get_attribute("id")
    buttons = page.locator("#panel [data-place]")
    posts = [each.get_attribute("data-into") or "" for each in buttons.all()]
    others = [
        post
        for post in posts
        if post
        and page.locator(f".bz-column:has([data-post='{post}'])").first.get_attribute("id") != own
    ]
    goal = others[0]
    page.locator(f"#panel [data-into='{goal}']").focus()
    found = hands.press("Enter")
    assert (found["person"], found["post"]) == (person, goal)
    assert "空缺" in hands.said()

    # pinned, it does not move; not pinned, it goes to those who wait
    hands.press("p")
    expect(page.locator(f".bz-card[data-person='{person}']")).to_have_class(re.compile("bz-pinned"))
    assert "已指定" in hands.said()
    hands.press("Delete")
    expect(page.locator("#problems")).to_contain_text("请先取消指定")
    hands.press("p")
    found = hands.press("Delete")
    assert page.locator(f".bz-columns .bz-card[data-person='{person}']").count() == 0
    assert not found["lost"]

    # one step back, and one more
    found = hands.press("u")
    assert "已撤销" in hands.said()
    seat = page.locator(f".bz-seat[data-post='{goal}'] .bz-card[data-person='{person}']")
    expect(seat).to_have_count(1)
    page.locator(f".bz-columns .bz-card[data-person='{person}'] .bz-person").focus()

    # ruled out here, it leaves; the candidates of the post say so
    hands.press("x")
    assert "已排除" in hands.said()
    expect(seat).to_have_count(0)
    page.locator(f".bz-slot:has([data-post='{goal}']) .bz-post").first.focus()
    hands.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()

    # why not somebody else, and back to where one was
    page.locator("#panel [hx-get*='/why/']").last.focus()
    hands.press("Enter")
    expect(page.locator("#why-answer")).to_be_focused()
    found = hands.press("Escape")
    assert found["post"] == goal

    # the keys, and back
    hands.press("?")
    expect(page.locator("dialog#keys")).to_contain_text("撤销一步")
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).not_to_be_visible()
    assert hands.at()["post"] == goal

    # a copy, and the two compared
    page.goto("/board/1/")
    page.locator("#name").focus()
    page.keyboard.type("方案二")
    page.locator("#start").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    hands.tab_to("^新建$", most=3)
    page.keyboard.press("Enter")
    page.wait_for_url("**/board/draft/5/")
    page.goto("/board/1/compare/?a=2&b=5")
    expect(page.get_by_role("heading", name="人员变化")).to_be_visible()
    assert page.locator("tbody tr").count() > 1


_STOPPING = """() => {
  if (!location.search.includes("job=")) return "over";
  const job = document.querySelector("#job");
  const buttons = [...document.querySelectorAll("#job button")];
  const stop = buttons.find(each => each.innerText.startsWith("停止"));
  if (!stop) return "";
  if (!window.stopWasFocused) { stop.focus(); window.stopWasFocused = true; }
  if (!job.innerText.includes("目标已达")) return "";
  return document.activeElement === stop ? "may be stopped" : "focus lost";
}"""


def test_the_solver_is_started_watched_and_stopped_by_keyboard(hands: Hands) -> None:
    page = hands.page
    page.goto("/board/draft/2/")
    before = page.locator(".bz-columns .bz-card").count()
    hands.tab_to("由程序补全")
    hands.press("Enter")
    page.locator("#seconds").fill("600")
    hands.tab_to("开始求解", most=8)
    page.keyboard.press("Enter")
    page.wait_for_url("**job=*")
    # the state is asked for each second and put in its place; a small plan may be proven before
    # anybody can stop it, and then the page goes on by itself
    state = page.wait_for_function(_STOPPING).json_value()
    assert state != "focus lost"
    if state == "may be stopped":
        page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "job=" not in address)
    told = page.locator("#board").or_(page.get_by_role("link", name="查看结果"))
    expect(told).to_be_visible()
    page.goto("/board/draft/2/")
    assert page.locator(".bz-columns .bz-card").count() > before
    page.locator(".bz-post").first.focus()
    hands.press("u")
    page.goto("/board/draft/2/")
    assert page.locator(".bz-columns .bz-card").count() == before
