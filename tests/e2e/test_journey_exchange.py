"""A package made in one office and taken into another: looked at, sealed, written, taken back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import Site, Watch, signed_in
from tests.e2e.journey import lead_on
from tests.e2e.test_every_page import faults_of_access


def drop(page: Page, file: Path) -> None:
    page.goto("/imports/new/")
    page.set_input_files("#files", str(file))
    page.get_by_role("button", name="读取并比对").click()


def test_a_package_goes_from_one_office_to_another(
    browser: Browser, filled_site: Site, empty_site: Site, watch: Watch, tmp_path: Path
) -> None:
    giver = signed_in(browser, filled_site, watch)
    giver.goto("/exchange/")
    expect(giver.get_by_text("还没有制作过交换包")).to_be_visible()
    giver.get_by_role("link", name="制作交换包").click()
    giver.get_by_label("报送单位").fill("云岭市委组织部")
    giver.get_by_label("接收单位").fill("澜川县委组织部")
    giver.locator("input[name=organs]").first.check()
    giver.get_by_role("button", name="制作交换包").click()
    lead_on(giver, "**/exchange/*/")
    assert faults_of_access(giver) == []
    sha256 = giver.locator("main code").first.inner_text()
    people = giver.locator("tbody th a")
    names = people.all_inner_texts()
    assert names
    file = tmp_path / "交换包.zip"
    with giver.expect_download() as fetched:
        giver.get_by_role("link", name="下载交换包").click()
    fetched.value.save_as(file)

    taker = signed_in(browser, empty_site, watch)
    cut = tmp_path / "断.zip"
    cut.write_bytes(file.read_bytes()[:-2000])
    drop(taker, cut)
    expect(taker.get_by_text("请向报送单位重新索取")).to_be_visible(timeout=60_000)
    drop(taker, file)
    lead_on(taker, "**/imports/*/")
    expect(taker.get_by_role("heading", name="云岭市委组织部 → 澜川县委组织部")).to_be_visible()
    for told, said in (("0" * 64, "与对方告知的不符"), (sha256, "与对方告知的一致")):
        taker.get_by_label("对方告知的校验值").fill(told)
        taker.get_by_role("button", name="核对", exact=True).click()
        expect(taker.get_by_text(said).first).to_be_visible()
        assert faults_of_access(taker) == []
    taker.get_by_role("button", name="写入选中的").click()
    lead_on(taker, "**/imports/*/")
    expect(taker.get_by_role("button", name="撤销这次导入")).to_be_visible()
    where = taker.url
    taker.goto(f"/people/?q={names[0]}")
    expect(taker.get_by_role("link", name=names[0]).first).to_be_visible()
    taker.goto(where)
    taker.get_by_label("撤销这次导入的理由").fill("给错了")
    taker.get_by_role("button", name="撤销这次导入").click()
    expect(taker.get_by_text("已撤销").first).to_be_visible(timeout=60_000)
    taker.goto("/people/")
    expect(taker.get_by_text("还没有可查看的人员")).to_be_visible()
