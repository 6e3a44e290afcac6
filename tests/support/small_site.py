"""Makes a folder ready for a site with a few people and accounts, in a process of its own.

python -m tests.support.small_site HOME
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PERSON = "a-person-5"
"""Somebody who holds no post."""


def main(home: Path) -> None:
    os.environ["BANZI_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "banzi.web.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from tests.support.accounts import account, grant
    from tests.support.boards import store_people

    from banzi.kernel.columns import FieldClass
    from banzi.web.accounts.rights import Verb

    store_people("a-")
    leader = account(username="clerk", name="部长甲")
    for verb in Verb:
        grant(leader, verb, fields=tuple(FieldClass))
    account(username="other", name="科员乙")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
