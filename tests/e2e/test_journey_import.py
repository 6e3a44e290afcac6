"""A folder of forms becomes records, and they go again when the import is undone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect
from tests.e2e.conftest import Site, Watch, signed_in
from tests.e2e.journey import forms_of, import_files, pack

FEW = 12


def test_files_are_compared_taken_over_and_taken_back(
    browser: Browser, empty_site: Site, watch: Watch, demo_files: Path, tmp_path: Path
) -> None:
    page = signed_in(browser, empty_site, watch)
    page.goto("/people/")
    expect(page.get_by_text("还没有可查看的人员")).to_be_visible()

    broken = tmp_path / "任免审批表.lrmx"
    broken.write_bytes(b"<Person><XingMing>")
    page.goto("/imports/new/")
    page.set_input_files("#files", str(broken))
    page.get_by_role("button", name="读取并比对").click()
    expect(page.get_by_role("cell", name="任免审批表.lrmx")).to_be_visible()

    forms = pack(sorted(forms_of(demo_files))[:FEW], tmp_path / "审批表.zip")
    import_files(page, forms)
    page.goto("/people/")
    rows = page.locator("[data-row-links] tbody tr")
    assert rows.count() >= FEW
    rows.first.locator("a").first.click()
    page.wait_for_url("**/people/person/**")
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()

    page.goto("/imports/")
    page.locator("[data-row-links] tbody a").first.click()
    page.get_by_label("撤销这次导入的理由").fill("选错了文件")
    page.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_text("已撤销这次导入")).to_be_visible()
    page.goto("/people/")
    expect(page.get_by_text("还没有可查看的人员")).to_be_visible()
