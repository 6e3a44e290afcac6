"""A form that is sent after the password has grown old, in a real browser: nothing is typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.conftest import Site, Watch, serve, signed_in
from tests.e2e.test_every_page import faults_of_access
from tests.support.accounts import PASSWORD

WHY = '分工调整："甲"、<乙>'


@pytest.fixture
def forgetful_site(tmp_path: Path) -> Iterator[Site]:
    """A site on which a password is old at once."""
    yield from serve(tmp_path / "site", BANZI_FRESH_MINUTES="0")


def test_a_grant_is_given_after_the_password_without_typing_it_again(
    browser: Browser, forgetful_site: Site, watch: Watch
) -> None:
    page = signed_in(browser, forgetful_site, watch, "security")
    page.goto("/accounts/?q=leader")
    page.get_by_role("link", name="leader", exact=True).click()
    page.locator("summary", has_text="新增授权").click()
    form = page.locator("form[action$='/grant/']")
    form.get_by_label("审批").check()
    form.get_by_label("理由或依据").fill(WHY)
    form.get_by_role("button").click()
    expect(page.get_by_role("heading", name="再次验证")).to_be_visible()
    assert faults_of_access(page) == []
    expect(page.get_by_role("link", name="返回原页，不办理")).to_have_attribute(
        "href", re.compile(r"/accounts/\d+/$")
    )
    page.get_by_label("密码").fill("not-the-password")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("密码不正确")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    expect(page).to_have_url(re.compile(r"/accounts/\d+/$"))
    expect(page.get_by_role("cell", name=f"安某：{WHY}")).to_be_visible()
