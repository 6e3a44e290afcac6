"""What the law says of a person for a post: one file a rule, four verdicts, reasons for each.

`screen` judges all persons for all posts at once; `explain` runs the same expressions for one
pair and adds clause, grade, facts with their sources, and what is missing. `recusals` lists the
pairs of persons who may not sit together.

Not here: who is better. Rules only say who may be looked at, and why not.
"""

from banzi.rules.catalogue import RULES
from banzi.rules.explaining import RuleResult, explain
from banzi.rules.recusals import recusals
from banzi.rules.runtime.verdicts import RANKED, Verdict
from banzi.rules.screening import Screening, screen, screen_persons

__all__ = [
    "RANKED",
    "RULES",
    "RuleResult",
    "Screening",
    "Verdict",
    "explain",
    "recusals",
    "screen",
    "screen_persons",
]
