"""The machinery rules run on: declarations, the verdict algebra, screening and explanation."""

from banzi.rules.runtime.declaring import Check, Context, Rule, generally, must
from banzi.rules.runtime.spans import at_least
from banzi.rules.runtime.verdicts import Verdict

__all__ = ["Check", "Context", "Rule", "Verdict", "at_least", "generally", "must"]
