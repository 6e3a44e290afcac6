"""Facts of one person read a second time, row by row, for the oracle of the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from banzi.kernel.dates import PartialDate, month_of
from banzi.kernel.logic import Truth, all_of, any_of, negate

LADDER = ["1A42", "1A41", "1A32", "1A31", "1A22", "1A21", "1A12", "1A11", "1A02", "1A01"]
Row = dict[str, Any]
Span = tuple[int, int] | None


class Facts:
    """What follows from the rows about one person on one day."""

    def __init__(self, tables: dict[str, list[Row]], as_of: date) -> None:
        self.tables, self.as_of, self.now = tables, as_of, month_of(as_of)

    def of(self, table: str, person: Row) -> list[Row]:
        return [row for row in self.tables[table] if row["person_id"] == person["person_id"]]

    def begun(self, value: int | None) -> Truth:
        return None if value is None else PartialDate(value).on_or_before(self.as_of)

    def since(self, value: int | None) -> Span:
        if value is None:
            return None
        low, high = PartialDate(value).months_until(self.as_of)
        return max(low, 0), max(high, 0)

    def level(self, person: Row) -> tuple[int | None, int | None]:
        """Present level (1 to 10) and the date since when."""
        held = [
            row
            for row in self.levels(person)
            if (
                row["in_force"] is True
                if row["ended_on"] is None
                else self.begun(row["ended_on"]) is False
            )
        ]
        held.sort(
            key=lambda row: (-row["level"], row["started_on"] is None, row["started_on"] or 0)
        )
        best = held[0] if held else None
        if person["post_level"] in LADDER and (
            person["post_level_since"] is None
            or self.begun(person["post_level_since"]) is not False
        ):
            level, since = LADDER.index(person["post_level"]) + 1, person["post_level_since"]
            if since is None and best is not None and best["level"] == level:
                since = best["started_on"]
            return level, since
        return (best["level"], best["started_on"]) if best else (None, None)

    def levels(self, person: Row) -> list[Row]:
        return [
            row | {"level": LADDER.index(row["post_level"]) + 1}
            for row in self.of("level_history", person)
            if row["level_kind"] == "post_level"
            and row["post_level"] in LADDER
            and self.begun(row["started_on"]) is not False
        ]

    def months_at(self, person: Row, level: int) -> Span:
        present, since = self.level(person)
        rows = [
            (row["started_on"], row["ended_on"], row["in_force"] is True)
            for row in self.levels(person)
            if row["level"] == level
        ]
        if present == level and (since is not None or not rows):
            rows.append((since, None, True))
        if not rows:
            return None if present is None else (0, 0)
        sure: set[int] = set()
        perhaps: set[int] = set()
        for started, ended, still in rows:
            first, last = (
                (1900 * 12, self.now) if started is None
                else (month_of(PartialDate(started).earliest), month_of(PartialDate(started).latest))
            )  # fmt: skip
            if ended is not None:
                end = PartialDate(ended)
                end_low, end_high = month_of(end.earliest), month_of(end.latest)
            else:
                end_low, end_high = (self.now if still else 0), self.now
            if started is not None:
                sure |= set(range(last, min(end_low, self.now)))
            perhaps |= set(range(first, min(end_high, self.now)))
        return len(sure), len(perhaps)

    def seats(self, person: Row) -> list[Row]:
        seats = [
            row
            for row in self.of("seats", person)
            if self.begun(row["started_on"]) is not False
            and self.begun(row["ended_on"]) is not True
        ]
        offices = [
            row
            for row in self.of("appointments", person)
            if row["post_id"] is not None
            and row["in_office"] is True
            and self.begun(row["appointed_on"]) is not False
        ]
        return seats + offices

    def grassroots(self, person: Row) -> tuple[Span, Span]:
        """Months at the grassroots, and those not by secondment."""
        tags = {(r["segment_no"], r["tag"]): r["holds"] for r in self.of("career_tags", person)}
        segments = [
            row
            for row in self.of("career_segments", person)
            if row["started"] is None or row["started"] < self.now
        ]
        if not segments:
            return None, None
        sets: list[set[int]] = [set(), set(), set(), set()]
        for row in segments:
            grassroots = tags.get((row["segment_no"], "grassroots"))
            seconded = tags.get((row["segment_no"], "secondment"))
            if seconded is None and "挂职" not in row["text"]:
                seconded = False
            own = all_of([grassroots, negate(seconded)])
            end = (
                row["ended"] if row["ended"] is not None else (self.now if row["is_open"] else None)
            )
            born = person["birth"]
            start = row["started"]
            if start is None:
                start = 1900 * 12 if born is None else month_of(PartialDate(born).earliest)
            months = set(range(start, min(self.now if end is None else end, self.now)))
            is_sure = row["started"] is not None and end is not None
            for place, counts in ((0, grassroots), (2, own)):
                if counts is True and is_sure:
                    sets[place] |= months
                if counts is not False:
                    sets[place + 1] |= months
        low, high, own_low, own_high = (len(each) for each in sets)
        return (low, high), (own_low, own_high)

    def retirement(self, person: Row) -> tuple[int | None, bool]:
        """Retirement month and whether its table is verified."""
        track = person["retirement_track"] or ("men" if person["sex"] == "male" else None)
        birth = person["birth"]
        if track is None or birth is None or not PartialDate(birth).month:
            return None, True
        if person["sex"] is not None and (person["sex"] == "male") != (track == "men"):
            return None, True  # the table belongs to the other sex
        born = PartialDate(birth)
        index = born.year * 12 + born.month - 1
        age, base, step, most = {
            "men": (60, 1965, 4, 36), "women_county_leader": (60, 1965, 4, 36),
            "women_cadre": (55, 1970, 4, 36), "women_worker": (50, 1975, 2, 60),
        }[track]  # fmt: skip
        months = index - base * 12
        delay = 0 if months < 0 else min(most, months // step + 1)
        level, _since = self.level(person)
        is_leader = track != "men" and level is not None and level >= LADDER.index("1A32") + 1
        return index + age * 12 + delay, track != "women_county_leader" and not is_leader


def reaches(span: Span, least: int) -> Truth:
    if span is None:
        return None
    return True if span[0] >= least else False if span[1] < least else None


def verdict(applies: Truth, holds: Truth, *, breach: str = "fail", doubt: Truth = False) -> str:
    truth = any_of([negate(applies), holds])
    if truth is None:
        return "unknown"
    if truth is False:
        return breach
    doubtful = all_of([applies, doubt])
    return "unknown" if doubtful is None else "review" if doubtful else "pass"
