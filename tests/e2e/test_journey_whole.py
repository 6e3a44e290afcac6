"""One journey through everything: import, who is eligible, plan, signature, papers, records, undo."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect
from tests.e2e.conftest import Site, Watch, settled, signed_in
from tests.e2e.journey import (
    forms_of,
    import_files,
    lead_on,
    pack,
    present_posts,
    set_targets,
)
from tests.e2e.test_journey_plan import carry_out, check_papers, register, sign, solve, take_papers


def test_from_files_to_a_plan_carried_out_and_taken_back(
    browser: Browser, empty_site: Site, watch: Watch, demo_files: Path, tmp_path: Path
) -> None:
    page = signed_in(browser, empty_site, watch)
    page.goto("/board/")
    expect(page.get_by_text("还没有选配项目")).to_be_visible()
    forms = pack(forms_of(demo_files), tmp_path / "审批表.zip")
    import_files(page, forms, demo_files / "teams.xlsx", demo_files / "national.xlsx")
    set_targets(page, demo_files / "targets.yaml")

    page.goto("/teams/")
    page.get_by_role("link", name="云岭市人民政府").click()
    page.get_by_role("link", name="谁符合条件").first.click()
    settled(page)
    eligible = page.locator("[data-row-links] tbody th a").all_inner_texts()
    assert eligible
    page.get_by_role("link", name="据此建选配项目").click()
    page.locator("#new button[type=submit]").click()
    lead_on(page, "**/board/draft/**")
    candidates = page.locator("#panel tbody .bz-name")
    expect(candidates.first).to_be_visible()
    assert {*candidates.all_inner_texts()} & {*eligible}

    solve(page)
    sign(page)
    register(page)
    appointed = check_papers(take_papers(page, tmp_path / "papers.zip"))
    person, text = carry_out(page)
    assert text in present_posts(page, person)

    page.goto(f"/people/?q={appointed}")
    expect(page.locator("[data-row-links] tbody th").first).to_contain_text(appointed)
    page.goto("/board/")
    page.locator("a[href*='/board/draft/']").first.click()
    page.get_by_role("link", name="任免", exact=True).click()
    page.get_by_label("撤销这次更新的理由").fill("生效日期有误")
    page.get_by_role("button", name="撤销更新").click()
    expect(page.get_by_role("button", name="更新档案信息")).to_be_visible()
