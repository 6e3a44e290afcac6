"""The machinery rules run on: declarations, the verdict algebra, screening and explanation."""

from banzi.rules.runtime.concluding import concluded, conclusion_of
from banzi.rules.runtime.declaring import Check, Context, Rule, generally, must
from banzi.rules.runtime.spans import at_least, first_of_month, reaches_on
from banzi.rules.runtime.verdicts import Verdict

__all__ = [
    "Check",
    "Context",
    "Rule",
    "Verdict",
    "at_least",
    "concluded",
    "conclusion_of",
    "first_of_month",
    "generally",
    "must",
    "reaches_on",
]
