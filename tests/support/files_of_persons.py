"""A county with two organs and people whose names are hard to find, for tests of pages."""

from __future__ import annotations

from tests.support.small_region import add

from banzi.web.audit.acts import act

PEOPLE = {
    "p1": {
        "name": "王小明",
        "birth": 19750300,
        "current_posts_text": "临溪县委书记",
        "sex": "male",
    },
    "p2": {"name": "王小明", "birth": 19810900, "current_posts_text": "临溪县民政局科员"},
    "p3": {"name": "单雄", "birth": 19700000, "current_posts_text": "临溪县人民政府县长"},
    "p4": {"name": "买买提·艾合买提", "birth": 19790500, "ethnicity": "05"},
    "p5": {"name": "李𬱖", "birth": 19861200, "political_status": "01", "sex": "female"},
    "p6": {"name": "丁䶮", "political_status": "13"},
}
"""Person → row. 单 is read shan as a surname; 𬱖 lies outside the first plane, 䶮 in extension A."""


def some_files() -> None:
    """Put the people into the database, in an act of its own."""
    with act("imports.commit", by=None):
        add("organs", organ_id="party", organ_name="中共临溪县委员会", short_name="临溪县委")
        add("organs", organ_id="gov", organ_name="临溪县人民政府", superior_organ_id="party")
        for number, (organ, kind) in enumerate((("party", "party_committee"),
                                                ("gov", "government")), 1):  # fmt: skip
            add("teams", team_id=f"t{number}", team_name=organ, team_kind=kind, organ_id=organ,
                display_order=number)  # fmt: skip
        for number, (post, organ, name) in enumerate(
            (("head", "party", "县委书记"), ("mayor", "gov", "县长"), ("free", "gov", "副县长")), 1
        ):
            add("posts", post_id=post, post_name=name, organ_id=organ, role="principal",
                post_level="1A31", display_order=number)  # fmt: skip
            add("post_teams", post_id=post, team_id="t1" if organ == "party" else "t2",
                team_order=1)  # fmt: skip
        for person, row in PEOPLE.items():
            add("persons", person_id=person, id_number=f"9901011975030100{person[1]}X", **row)
        add("seats", seat_no=1, post_id="head", person_id="p1", started_on=20210900)
        add("seats", seat_no=2, post_id="mayor", person_id="p3", started_on=20190500)
        add("career_segments", person_id="p1", segment_no=1, segment_kind="main",
            started=12 * 1997 + 6, ended=12 * 2021 + 8, is_open=False, text="临溪县民政局科员")  # fmt: skip
        add("career_segments", person_id="p1", segment_no=2, segment_kind="main",
            started=12 * 2021 + 8, is_open=True, text="临溪县委书记")  # fmt: skip
        add("career_tags", person_id="p1", segment_no=1, tag="grassroots", holds=True)
        add("education", person_id="p1", education_no=1, education_name="大学",
            graduated_on=19970700, school="云岭师范学院")  # fmt: skip
        add("relatives", person_id="p1", relative_no=1, relation_text="妻子", name="林某某")
        add("sanctions", person_id="p1", sanction_no=1, sanction_family="party",
            sanction_kind="party_warning", decided_on=20150300)  # fmt: skip
        add("assessments", person_id="p1", assessment_kind="annual", year=2025)
