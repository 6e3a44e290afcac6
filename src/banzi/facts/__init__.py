"""What follows from the records about each person at a date, as one Polars frame.

Ages, lengths of service, tenures, ends of sanctions, retirement months: numbers, no judgement.
What is not known stays null. Judging is `rules`' work.
"""

from banzi.facts.declared import PERSON_FACTS
from banzi.facts.declared_pairs import PAIR_FACTS, RANK_FACTS, TEAM_FACTS
from banzi.facts.derive import derive

__all__ = ["PAIR_FACTS", "PERSON_FACTS", "RANK_FACTS", "TEAM_FACTS", "derive"]
