"""The clerk of the demonstration: answers every open question of an import, on paper.

What a person would type into `…-decisions.xlsx`. The answers are invented like the rest; outside
the demonstration nobody but a person may settle a finding.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from banzi.documents.decisions import write_decisions
from banzi.roster import TABLES, load_roster
from banzi.roster.keeping import FindingState

CLERK = "演示经办人"

_NAMESAKE = "import/relative-may-be-official"


def answer_findings(roster_folder: Path, answers: Path, day: date) -> int:
    """Write `answers` with a decision for each open finding; returns how many.

    Where sources disagree the first value stands; a relative who shares an official's name is
    another person.
    """
    roster = load_roster(roster_folder)
    rows: list[dict[str, object]] = []
    for finding in roster["findings"].sort("finding_id").iter_rows(named=True):
        if finding["state"] != FindingState.OPEN or finding["options_json"] is None:
            continue
        options = json.loads(finding["options_json"])
        namesake = finding["code"] == _NAMESAKE
        rows.append(
            {
                "finding_id": finding["finding_id"],
                "chosen": options[-1 if namesake else 0],
                "decided_by": CLERK,
                "decided_on": day,
                "note": "经核对户籍材料" if namesake else "以任免审批表为准",
            }
        )
    filled = roster.with_tables(decisions=TABLES["decisions"].frame(rows))
    write_decisions(filled, answers)
    return len(rows)
