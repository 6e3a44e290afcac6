"""A plan by drag and by solver, signed, registered, its papers taken, carried into the records."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect
from tests.e2e.conftest import Site, Watch, settled, signed_in
from tests.e2e.journey import lead_on, present_posts, set_targets

from banzi.documents.codecs.lrmx import read_form

NUMBER = "云组干〔2026〕12号"


def drag(page: Page, card: Locator, target: Locator) -> None:
    """By mouse; until the answer stands in the page."""
    with page.expect_response(lambda answer: answer.url.endswith("/move/")):
        card.drag_to(target)
    settled(page)


def solve(page: Page, seconds: int = 200) -> None:
    """To the proof, which mostly takes some seconds; what is found by then does too."""
    page.get_by_role("button", name="由程序补全").click()
    page.get_by_label("时限（秒）").fill(str(seconds))
    page.get_by_role("button", name="开始求解").click()
    page.wait_for_url(lambda address: "job=" not in address)
    settled(page)
    expect(page.locator("#board")).to_be_visible()


def sign(page: Page) -> None:
    page.get_by_role("link", name="签批").click()
    page.get_by_label("签批意见").fill("同意")
    page.get_by_role("button", name="签批").click()
    page.wait_for_url("**/decision/")


def register(page: Page) -> None:
    page.get_by_label("文号").fill(NUMBER)
    page.get_by_label("决定日期").fill("2026-07-01")
    page.get_by_label("生效日期").fill("2026-07-02")
    page.get_by_role("button", name="登记文号").click()
    expect(page.get_by_role("button", name="更新档案信息")).to_be_visible()


def take_papers(page: Page, target: Path) -> zipfile.ZipFile:
    page.get_by_role("link", name="任免材料").click()
    page.get_by_label("PDF").check()
    page.get_by_label("发文机关标志").fill("中共云岭市委组织部文件")
    page.get_by_label("署名").fill("中共云岭市委组织部")
    page.get_by_role("button", name="编写", exact=True).click()
    lead_on(page, "**/papers/")
    with page.expect_download() as download:
        page.get_by_role("link", name="全部下载").click()
    assert download.value.suggested_filename.endswith("任免材料.zip")
    download.value.save_as(target)
    return zipfile.ZipFile(target)


def check_papers(papers: zipfile.ZipFile) -> str:
    """A form in three formats for everybody, the lists, the notice; somebody who is appointed."""
    names = papers.namelist()
    assert {"讨论任免干部名单.docx", "干部信息一览表.docx", "任免通知.docx", "清单.xlsx"} <= {
        *names
    }
    stems = {name.rpartition(".")[0] for name in names if name.startswith("任免审批表/")}
    assert stems
    assert all({f"{stem}.{each}" for each in ("docx", "pdf", "lrmx")} <= {*names} for stem in stems)
    assert all(papers.read(f"{stem}.pdf").startswith(b"%PDF") for stem in stems)
    notice = "\n".join(each.text for each in Document(papers.open("任免通知.docx")).paragraphs)
    assert NUMBER in notice
    forms = [read_form(papers.read(f"{stem}.lrmx"), stem) for stem in sorted(stems)]
    appointed = [form["name"] for form in forms if form["proposed_posts_text"]]
    assert all(name in notice for name in appointed)
    return appointed[0]


def carry_out(page: Page) -> tuple[str, str]:
    """Update the records; somebody concerned, and what his present posts are to be."""
    page.locator("a[href$='/decision/']").first.click()
    field = page.locator("input[name^='posts-']:not([value=''])").first
    person, text = str(field.get_attribute("name")).removeprefix("posts-"), field.input_value()
    page.get_by_role("button", name="更新档案信息").click()
    expect(page.get_by_text("档案信息已于")).to_be_visible()
    return person, text


def test_a_plan_is_built_by_hand_and_by_the_solver_and_carried_out(
    browser: Browser, planning_site: Site, watch: Watch, demo_files: Path, tmp_path: Path
) -> None:
    page = signed_in(browser, planning_site, watch)
    set_targets(page, demo_files / "targets.yaml")
    page.goto("/board/")
    assert "现行结构目标" in page.locator("#id_target_set option:checked").inner_text()
    page.get_by_label("名称").fill("换届选配")
    page.locator("#new button[type=submit]").click()
    lead_on(page, "**/board/draft/**")

    far_from_retiring = re.compile(r"198\d\.\d\d")
    card = page.locator(".bz-columns .bz-card", has_text=far_from_retiring).first
    name = card.locator(".bz-person").inner_text()
    post = str(card.get_attribute("data-from"))
    seat = page.locator(f".bz-columns .bz-seat[data-post='{post}']").first
    holding = page.locator(".bz-holding")
    drag(page, card, holding)
    expect(holding).to_contain_text(name)
    expect(seat.locator(".bz-card")).to_have_count(0)
    drag(page, holding.locator(".bz-card", has_text=name), seat)
    expect(seat).to_contain_text(name)

    solve(page)
    expect(page.locator("#summary dd").first).to_contain_text("0/")
    sign(page)
    register(page)
    check_papers(take_papers(page, tmp_path / "papers.zip"))
    person, text = carry_out(page)
    assert text in present_posts(page, person)
    page.goto(f"/people/person/{person}/history/")
    expect(page.get_by_text(NUMBER).first).to_be_visible()
