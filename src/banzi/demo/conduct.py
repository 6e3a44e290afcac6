"""Records of conduct and learning: assessments, awards, sanctions, training, fields of expertise."""

from __future__ import annotations

from random import Random

from banzi.demo.drawing import deal
from banzi.demo.knobs import Knobs, Words
from banzi.demo.people import LEVELS, Official
from banzi.kernel.dates import month_index
from banzi.people.choices import ExpertField, SanctionFamily, SanctionKind

_RUNNING = (
    (SanctionFamily.ADMINISTRATIVE, SanctionKind.DEMERIT, -7),
    (SanctionFamily.ADMINISTRATIVE, SanctionKind.WARNING, -4),
    (SanctionFamily.ADMONITION, SanctionKind.ADMONITION, -3),
)
_ENDED = (
    (SanctionFamily.ADMINISTRATIVE, SanctionKind.WARNING, -31),
    (SanctionFamily.PARTY, SanctionKind.PARTY_WARNING, -44),
    (SanctionFamily.ADMINISTRATIVE, SanctionKind.DEMERIT, -52),
)
"""Family, kind, months before `as_of`: still in effect, and run out (CSL/64, DP/party-effect)."""

_CASES = ("county_leaders", "bureau_heads", "town_heads", "county_bureau_heads")
"""Groups whose records have cases: those who could otherwise be promoted."""

EXCELLENT, COMPETENT, BASICALLY_COMPETENT = "1", "2", "3"


def add_conduct(rng: Random, knobs: Knobs, words: Words, officials: list[Official]) -> None:
    """Fill assessments, sanctions, awards, training, fields and the open political gates."""
    last_year = knobs.as_of.year - 1
    for person in officials:
        for year in range(last_year - 4, last_year + 1):
            person.assessments[year] = EXCELLENT if rng.random() < 0.18 else COMPETENT
        _fields(rng, person)
        _awards(rng, words, person, last_year)
        _training(rng, words, person, knobs)
    pool = [p for p in officials if p.group in _CASES and not p.planned_for]
    cases = iter(
        deal(
            rng,
            pool,
            knobs.sanctions_running
            + knobs.sanctions_ended
            + knobs.assessed_basically_competent
            + knobs.assessment_missing
            + knobs.political_gate_open,
        )
    )
    for kinds, count in ((_RUNNING, knobs.sanctions_running), (_ENDED, knobs.sanctions_ended)):
        for number in range(count):
            family, kind, months = kinds[number % len(kinds)]
            when = knobs.as_of_month + months
            day = when // 12 * 10000 + (when % 12 + 1) * 100 + rng.randrange(1, 28)
            next(cases).sanctions.append((family, kind, day))
    for _case in range(knobs.assessed_basically_competent):
        next(cases).assessments[last_year] = BASICALLY_COMPETENT
    for _case in range(knobs.assessment_missing):
        del next(cases).assessments[last_year]
    for _case in range(knobs.political_gate_open):
        next(cases).gate_open = True
    for person in (each for each in officials if each.sanctions):
        for year in person.assessments:
            person.assessments[year] = COMPETENT


def _fields(rng: Random, person: Official) -> None:
    study = person.studies[0]
    person.fields[person.main_field] = f"{study.major}专业毕业，长期从事相关工作"
    if rng.random() < 0.4:
        second = rng.choice([each for each in ExpertField if each is not person.main_field])
        person.fields[second] = "分管相关工作两年以上"


def _awards(rng: Random, words: Words, person: Official, last_year: int) -> None:
    if rng.random() < 0.3:
        year = last_year - rng.randrange(0, 6)
        giver = f"{words.province}省" if _is_county_level(person) else words.prefecture
        person.awards.append(("三等功", year, f"{giver}人民政府"))


def _training(rng: Random, words: Words, person: Official, knobs: Knobs) -> None:
    """A long course every other year, so that any five years hold two (TR/14: 550 class hours).

    The five years before the end of the first year in a post (AR/8.5) reach back to a course before
    the last two; whoever worked by then has it.
    """
    place = f"{words.province}省委" if _is_county_level(person) else f"{words.prefecture}委"
    organiser = f"中共{place}党校"
    first = month_index(knobs.as_of.year - 6, 3 if person.born_day % 2 else 9)
    if person.work_started < first:
        person.training.append(("任职培训班", organiser, first, first + 2, 320))
    for year, course in (
        (knobs.as_of.year - 4, "中青年干部培训班"),
        (knobs.as_of.year - 2, "领导干部进修班"),
    ):
        start = month_index(year, rng.choice((3, 9)))
        person.training.append((course, organiser, start, start + 2, 320))


def _is_county_level(person: Official) -> bool:
    """县处级 and above: the province honours and trains them, the city the others."""
    return LEVELS.index(person.level) >= LEVELS.index("1A32")
