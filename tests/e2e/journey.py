"""Steps that several journeys take: waiting for a job to lead on, packing files, setting targets."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLong
from tests.e2e.conftest import settled


def pack(files: Iterable[Path], target: Path) -> Path:
    """One archive of files, as an office packs a folder."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(files):
            archive.write(file, file.name)
    return target


def forms_of(folder: Path) -> list[Path]:
    return [file for file in (folder / "people").iterdir() if file.is_file()]


def lead_on(page: Page, where: str) -> None:
    """Wait until the job whose page is open has led to another page."""
    try:
        page.wait_for_url(where)
    except TooLong:
        raise AssertionError(page.inner_text("main")) from None
    settled(page)


def import_files(page: Page, *files: Path) -> None:
    """Choose files, compare, take over what is chosen beforehand; ends on the page of the import."""
    page.goto("/imports/")
    page.get_by_role("link", name="导入文件").first.click()
    page.set_input_files("#files", [str(file) for file in files])
    page.get_by_role("button", name="读取并比对").click()
    lead_on(page, "**/imports/*/")
    page.get_by_role("button", name="写入选中的").click()
    lead_on(page, "**/imports/*/")
    expect(page.get_by_role("button", name="撤销这次导入")).to_be_visible()


def set_targets(page: Page, file: Path) -> None:
    """Put a targets file in force."""
    page.goto("/targets/")
    page.set_input_files("input[type=file]", str(file))
    page.locator("form:has(input[type=file]) button[type=submit]").click()
    page.wait_for_load_state()
    expect(page.locator(".alert-danger")).to_have_count(0)


def present_posts(page: Page, person_id: str) -> str:
    """现任职务 as the person's file says it."""
    page.goto(f"/people/person/{person_id}/")
    return page.inner_text("main")
