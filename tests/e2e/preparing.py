"""Makes a site's folder ready for a browser: accounts, and a roster when one is given.

    python -m tests.e2e.preparing HOME [ROSTER [PROBLEM]] [--past]

With `--past` much has been done on it already (`tests.e2e.past`). Runs as a program of its own,
since the tests' own process uses the settings for tests.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PAST = "--past"


def main(home: Path, roster: Path | None, problem: Path | None, *, past: bool) -> None:
    home.mkdir(parents=True, exist_ok=True)
    os.environ["BANZI_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "banzi.web.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)

    from tests.support.accounts import account, grant

    from banzi.kernel.columns import FieldClass
    from banzi.roster import load_roster
    from banzi.web.accounts.models import Office
    from banzi.web.accounts.rights import Verb
    from banzi.web.audit.acts import act
    from banzi.web.records.freezing import store_roster

    if roster is not None:
        with act("test.records", by=None):
            store_roster(load_roster(roster))
    account(Office.SECURITY, username="security", name="安某")
    account(Office.AUDITOR, username="auditor", name="审某")
    system = account(Office.SYSTEM, username="system", name="系某")
    leader = account(username="leader", name="部长甲")
    for verb in Verb:
        grant(leader, verb, fields=tuple(FieldClass))
    if problem is not None:
        from tests.e2e.boards import add_boards

        from banzi.web.targets.keeping import keep_set

        add_boards(leader, problem)
        targets = problem.parent / "files" / "targets.yaml"
        with act("test.targets", by=leader):
            keep_set("结构目标", targets.read_text(encoding="utf-8"), leader)
    if past:
        from tests.e2e.past import add_past

        add_past(home, leader, system)


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:] if each != PAST]
    main(given[0], *[*given[1:], None, None][:2], past=PAST in sys.argv)
