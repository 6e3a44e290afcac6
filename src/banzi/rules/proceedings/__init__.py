"""Rules about meetings, votes, elections, notices and dates: pure functions over numbers and days.

They judge a proceeding, not a person: what goes in are the figures of one meeting or one election,
any of which may be unknown; what comes out is a verdict, or a number the law gives. Who keeps the
figures, and when a step may begin, is the business of those who call them.
"""

from banzi.rules.proceedings.catalogue import PROCEEDINGS
from banzi.rules.proceedings.declaring import Answer, Ask, Given, Proceeding
from banzi.rules.proceedings.reckoning import Reckoned, reckon

__all__ = ["PROCEEDINGS", "Answer", "Ask", "Given", "Proceeding", "Reckoned", "reckon"]
