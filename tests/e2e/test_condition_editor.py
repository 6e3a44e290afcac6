"""The editor of conditions in a browser: lines come, values suit their column, the preview follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect
from tests.e2e.conftest import Site, Watch, settled, signed_in


def test_a_profile_is_put_together_line_by_line(
    browser: Browser, filled_site: Site, watch: Watch
) -> None:
    page = signed_in(browser, filled_site, watch)
    page.goto("/profiles/new/")
    page.get_by_label("名称").fill("基层历练")
    page.get_by_label("依据").fill("本单位研究确定")
    editor, preview = page.locator("#editor-where"), page.locator("#matches-where")

    @contextmanager
    def answered() -> Iterator[None]:
        """Until the answer to what is done here stands in the page."""
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            yield
        settled(page)

    with answered():
        editor.get_by_role("button", name="加一行").click()
    column = editor.get_by_label("字段", exact=True)
    column.fill("基层工作经历（月）")
    with answered():
        column.press("Tab")
    expect(editor.locator("option[value='>=']")).to_have_count(1)
    with answered():
        editor.get_by_label("如何比较").select_option(">=")
    value = editor.get_by_label("取值", exact=True)
    value.fill("5年")
    with answered():
        value.press("Tab")
    expect(editor).to_contain_text("条件读作：基层工作经历（月）不小于60")
    expect(preview).to_contain_text("情况不明")
    expect(page.get_by_label("名称")).to_have_value("基层历练")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/profiles/")
    expect(page.get_by_role("row", name="基层历练")).to_contain_text("本单位研究确定")
