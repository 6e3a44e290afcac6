"""A city with two counties, and people whose names and ids stand nowhere but where they belong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.builders import roster
from tests.support.form_cases import jpeg
from tests.support.workbooks import id_number

from banzi.roster import Roster

DAY = date(2026, 6, 30)
ORGANS = {"city": None, "east": "city", "west": "city", "east-bureau": "east"}
NAMES = {"city": "某市委", "east": "东县县委", "west": "西县县委", "east-bureau": "东县某局"}


def picture(number: int) -> bytes:
    return jpeg(40 + number, 50)


def city(people: Iterable[tuple[str, str, dict[str, Any]]]) -> Roster:
    """A roster in which everybody given (id, organ, facts) holds a post of the organ."""
    rows: dict[str, list[dict[str, Any]]] = {
        "organs": [
            {"organ_id": organ, "organ_name": NAMES[organ], "superior_organ_id": superior}
            for organ, superior in ORGANS.items()
        ],
        "teams": [
            {"team_id": f"t-{organ}", "team_name": f"{NAMES[organ]}班子", "team_kind": "party_committee",
             "organ_id": organ, "superior_team_id": f"t-{superior}" if superior else None}
            for organ, superior in ORGANS.items()
        ],
        **{name: [] for name in ("persons", "posts", "post_teams", "seats", "relatives",
                                 "career_segments", "sources", "sanctions", "completeness",
                                 "findings", "assessments")},
    }  # fmt: skip
    photos: dict[str, bytes] = {}
    for person, organ, facts in people:
        number = 1 + int("".join(filter(str.isdigit, person)))
        data = picture(number)
        digest = hashlib.sha256(data).hexdigest()
        photos[digest] = data
        source = f"S{person}"
        common = {"person_id": person, "source_id": source}
        rows["sources"].append(
            {"source_id": source, "file_name": f"{facts['name']}.lrmx", "format": "lrmx",
             "sha256": "0" * 64, "size": 1, "recorded_on": DAY}
        )  # fmt: skip
        rows["persons"].append(
            {**common, "birth": 19750000 + number % 12 * 100 + 100, "photo_sha256": digest,
             "id_number": id_number(19750101, 100 + number), "awards_text": "无", **facts}
        )  # fmt: skip
        post = f"p-{person}"
        rows["posts"].append(
            {"post_id": post, "post_name": f"{NAMES[organ]}第{number}职", "organ_id": organ,
             "role": "deputy"}
        )  # fmt: skip
        rows["post_teams"].append({"post_id": post, "team_id": f"t-{organ}", "team_order": 1})
        rows["seats"].append({"seat_no": number, "post_id": post, "started_on": 20200100, **common})
        rows["career_segments"].append(
            {**common, "segment_no": 1, "segment_kind": "main", "started": 24000, "is_open": True,
             "text": "某局干部"}
        )  # fmt: skip
        rows["assessments"].append({**common, "assessment_kind": "annual", "year": 2025})
        rows["sanctions"].append(
            {**common, "sanction_no": 1, "sanction_family": "party", "sanction_kind": "party_warning",
             "decided_on": 20100500}
        )  # fmt: skip
        rows["completeness"].append(
            {**common, "table_name": "sanctions", "complete_on": 20260600, "basis": "查档"}
        )
    made = roster(DAY, **rows)
    return Roster(DAY, made.tables, photos)
