"""The vocabulary of persons: every table and column that says something about one official.

Declarations only. Reading and writing them is `roster`'s work, judging them is `rules`'.
"""

from banzi.people.careers import (
    APPOINTMENTS,
    CAREER_SEGMENTS,
    CAREER_TAGS,
    EXPERTISE,
    LEVEL_HISTORY,
)
from banzi.people.conduct import ASSESSMENTS, AWARDS, CONCLUSIONS, SANCTIONS, WAIVERS
from banzi.people.learning import EDUCATION, TECHNICAL_TITLES, TRAINING
from banzi.people.persons import PERSONS
from banzi.people.provenance import COMPLETENESS
from banzi.people.relatives import RELATIVES

TABLES = (
    PERSONS,
    CAREER_SEGMENTS,
    CAREER_TAGS,
    EXPERTISE,
    APPOINTMENTS,
    LEVEL_HISTORY,
    EDUCATION,
    TECHNICAL_TITLES,
    TRAINING,
    ASSESSMENTS,
    AWARDS,
    SANCTIONS,
    CONCLUSIONS,
    WAIVERS,
    RELATIVES,
    COMPLETENESS,
)

__all__ = [
    "APPOINTMENTS",
    "ASSESSMENTS",
    "AWARDS",
    "CAREER_SEGMENTS",
    "CAREER_TAGS",
    "COMPLETENESS",
    "CONCLUSIONS",
    "EDUCATION",
    "EXPERTISE",
    "LEVEL_HISTORY",
    "PERSONS",
    "RELATIVES",
    "SANCTIONS",
    "TABLES",
    "TECHNICAL_TITLES",
    "TRAINING",
    "WAIVERS",
]
