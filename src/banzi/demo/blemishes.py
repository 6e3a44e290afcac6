"""Blemishes of real files (formats.md 1.2): which official's papers show which, and how.

Three kinds: in what the form says (`blemished_form`), in how the file is written
(`blemished_bytes`), and in the national workbook disagreeing with the form (`workbook_roster`).
Each ends as a finding or is read as meant; none may be an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

import polars as pl

from banzi.demo.drawing import deal
from banzi.demo.people import Official, digits
from banzi.demo.world import World
from banzi.documents.form import Form
from banzi.roster import Roster

BOM = b"\xef\xbb\xbf"
_SEPARATORS = ("—", "～", "-", "至", "——")


@dataclass(frozen=True, slots=True)
class BlemishPlan:
    """Keys of officials by blemish, named as the knobs are; order is the order dealt."""

    by_kind: dict[str, tuple[str, ...]]

    def has(self, kind: str, key: str) -> bool:
        return key in self.by_kind[kind]


def plan_blemishes(world: World) -> BlemishPlan:
    """Deal the blemishes; those that become findings go to different officials."""
    rng = Random(f"banzi-blemishes-{world.seed}-{world.region.areas[0].code}")
    wanted = world.knobs.blemishes.model_dump()
    keys = [person.key for person in world.officials]
    ends_in_x = [p.key for p in world.officials if p.id_number.endswith("X")]
    pool = [p for p in world.officials if p.group != "incumbent" and not p.planned_for]
    plain = [person.key for person in pool if not person.within]
    found: dict[str, tuple[str, ...]] = {}
    # A gap cut into a stay would leave a line （其间：…） of it outside.
    found["resume_gaps"] = tuple(deal(rng, plain, wanted["resume_gaps"]))
    others = [person.key for person in pool if person.key not in found["resume_gaps"]]
    serious = ("birth_differs_from_id", "sources_disagree")
    dealt = iter(deal(rng, others, sum(wanted[kind] for kind in serious)))
    for kind in serious:
        found[kind] = tuple(next(dealt) for _count in range(wanted[kind]))
    for kind, count in wanted.items():
        if kind == "lower_case_x":
            found[kind] = tuple(deal(rng, ends_in_x, min(count, len(ends_in_x))))
        elif kind not in found:
            found[kind] = tuple(deal(rng, keys, count))
    return BlemishPlan(found)


def blemished_roster(world: World, roster: Roster, plan: BlemishPlan) -> Roster:
    """What both form and workbook say: a birth month that the ID number contradicts."""
    wrong = {
        key: digits(world.official(key).born + 2) for key in plan.by_kind["birth_differs_from_id"]
    }
    return _with_values(roster, "birth", wrong)


def workbook_roster(world: World, roster: Roster, plan: BlemishPlan) -> Roster:
    """What the workbook says: start of work a month later than on the form, for some.

    The résumé is left to the forms.
    """
    later = {
        key: digits(world.official(key).work_started + 1)
        for key in plan.by_kind["sources_disagree"]
    }
    roster = _with_values(roster, "work_started", later)
    blank = roster["persons"].with_columns(pl.lit(None, pl.String()).alias("resume_text"))
    return roster.with_tables(persons=blank)


def _with_values(roster: Roster, column: str, values: dict[str, int]) -> Roster:
    if not values:
        return roster
    changed = pl.col("person_id").replace_strict(values, default=None, return_dtype=pl.Int32())
    return roster.with_tables(
        persons=roster["persons"].with_columns(pl.coalesce(changed, column).alias(column))
    )


def blemished_form(form: Form, person: Official, plan: BlemishPlan) -> Form:
    """The form with what it says changed: three months nobody accounts for."""
    if not plan.has("resume_gaps", person.key):
        return form
    stay = person.steps[len(person.steps) // 2]
    assert stay.ended is not None  # noqa: S101 - a stay in the middle has ended
    old, new = _dotted(stay.ended), _dotted(stay.ended - 3)
    text = form["resume_text"].replace(
        f"{_dotted(stay.started)}--{old}", f"{_dotted(stay.started)}--{new}"
    )
    return replace(form, fields={**form.fields, "resume_text": text})


def _dotted(month: int) -> str:
    return f"{month // 12:04d}.{month % 12 + 1:02d}"


def blemished_bytes(data: bytes, person: Official, plan: BlemishPlan, rng: Random) -> bytes:
    """The file as another program would have written it."""
    text = data.removeprefix(BOM).decode("utf-8")
    if plan.has("blank_elements", person.key):
        text = re.sub(r"<(\w+)></\1>", r"<\1>\r\n  </\1>", text)
    if plan.has("blanks_in_names", person.key) and "·" not in person.name:
        spaced = ("　" if len(person.name) == 2 else " ").join(person.name)
        text = text.replace(f"<XingMing>{person.name}<", f"<XingMing>{spaced}<", 1)
    if plan.has("lower_case_x", person.key):
        text = text.replace(person.id_number, person.id_number.lower())
    if plan.has("resume_separators", person.key):
        text = _other_separators(text, rng.choice(_SEPARATORS))
    if plan.has("missing_elements", person.key):
        text = re.sub(r"  <(Version|TianBiaoRen)>[^<]*</\1>\r\n", "", text)
    if plan.has("unknown_elements", person.key):
        extra = "  <DanWeiNeiBuBianHao>0</DanWeiNeiBuBianHao>\r\n"
        text = text.replace("</Person>", extra + "</Person>")
    written = text.encode("utf-8")
    return written if plan.has("without_bom", person.key) else BOM + written


def _other_separators(text: str, separator: str) -> str:
    text = re.sub(r"(\d{4}\.\d{2})--         (?=\S)", rf"\1{separator}至今     ", text)
    return re.sub(r"(\d{4}\.\d{2})--(?=\d{4}\.)", rf"\1{separator}", text)
