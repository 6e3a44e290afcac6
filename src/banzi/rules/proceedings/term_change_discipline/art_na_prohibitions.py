"""换届纪律清单的版本 — papers of a change of term use the list in force.

HJ/2026-ten replaced HJ/2021-ten on 2026-02-12.
"""

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given, should_hold
from banzi.rules.runtime.declaring import Context


@should_hold(
    id="term-change-discipline/na/prohibitions",
    title=_("换届纪律清单的版本"),
    cites=["HJ/2021", "HJ/2026"],
    since="2021-01-01",
    asks={"edition": Ask(_("文书所用清单的年份"))},
)
def prohibitions(at: Context, given: Given) -> Answer:
    """Hold when the paper uses the edition in force, which is the value."""
    edition = at.value("term_change_discipline/prohibitions")
    return Answer(
        None if given.edition is None else given.edition == edition,
        {"used": given.edition, "edition": edition},
        _("文书使用{used}年的清单，现行为{edition}年的“十严禁”"),
        value=edition,
    )
