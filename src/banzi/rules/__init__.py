"""What the law says of a person for a post: one file a rule, four verdicts, reasons for each.

`screen` judges all persons for all posts at once; `explain` runs the same expressions for one
pair and adds clause, grade, facts with their sources, and what is missing. `recusals` lists the
pairs of persons who may not sit together. `judge_teams` and `judge_ranks` judge teams as they sit
and each person's next rank.

Not here: who is better. Rules only say who may be looked at, and why not.
"""

from banzi.rules.catalogue import RULES
from banzi.rules.explaining import RuleResult, explain
from banzi.rules.recusals import recusals
from banzi.rules.runtime.verdicts import RANKED, Verdict
from banzi.rules.screening import Screening, screen, screen_persons
from banzi.rules.teams_and_ranks import Judgement, judge_ranks, judge_teams

__all__ = [
    "RANKED",
    "RULES",
    "Judgement",
    "RuleResult",
    "Screening",
    "Verdict",
    "explain",
    "judge_ranks",
    "judge_teams",
    "recusals",
    "screen",
    "screen_persons",
]
