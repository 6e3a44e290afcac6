"""Facts that the newer rules read, a second time: training, stays in posts and areas, probation."""

from __future__ import annotations

from datetime import date

from tests.eligibility_oracle_facts import LADDER, Facts, Row, Span

from banzi.codes.divisions import find_place
from banzi.kernel.dates import PartialDate, add_months, month_of
from banzi.kernel.logic import Truth, all_of, any_of


class MoreFacts(Facts):
    def order(self, post: Row) -> int | None:
        return LADDER.index(post["post_level"]) + 1 if post["post_level"] in LADDER else None

    def rises(self, person: Row, post: Row) -> Truth:
        """Whether the post is a promotion to 县处级副职 or above."""
        target, (present, _since) = self.order(post), self.level(person)
        return all_of(
            [
                None if target is None else target >= 3,
                None if target is None or present is None else target > present,
            ]
        )

    def is_complete(self, person: Row, table: str) -> bool:
        return any(
            row["table_name"] == table
            and PartialDate(row["complete_on"]).earliest >= add_months(self.as_of, -12)
            for row in self.of("completeness", person)
        )

    def amounts(self, person: Row, low: date, high: date, years: int) -> list[Span]:
        """Hours and days of training in the years up to a day between low and high."""
        sure, most, open_ = [0, 0], [0, 0], [False, False]
        for row in self.of("training", person):
            end = None if row["ended_on"] is None else PartialDate(row["ended_on"])
            start = None if row["started_on"] is None else PartialDate(row["started_on"])
            is_sure = (
                end is not None
                and end.latest <= low
                and end.earliest > add_months(high, -12 * years)
            )
            if end is not None and (
                end.earliest > high or end.latest <= add_months(low, -12 * years)
            ):
                continue
            days: tuple[int | None, int | None] = (None, None)
            if start is not None and end is not None:
                days = (
                    max((end.earliest - start.latest).days + 1, 0),
                    max((end.latest - start.earliest).days + 1, 0),
                )
            for place, (least, greatest) in enumerate([(row["class_hours"],) * 2, days]):
                if is_sure:
                    sure[place] += least or 0
                if greatest is None:
                    open_[place] = True
                else:
                    most[place] += greatest
        if not self.is_complete(person, "training"):
            open_ = [True, True]
        return [
            (least, 10**6 if is_open else greatest)
            for least, greatest, is_open in zip(sure, most, open_, strict=True)
        ]

    def unbroken(self, person: Row, post: Row) -> Span:
        """Months held without a break in the very post; None when not held."""
        if post["post_id"] not in [seat["post_id"] for seat in self.seats(person)]:
            return None
        stays = [
            (row["started_on"], row["ended_on"], True)
            for row in self.of("seats", person)
            if row["post_id"] == post["post_id"] and self.begun(row["started_on"]) is not False
        ] + [
            (row["appointed_on"], row["removed_on"], row["in_office"] is True)
            for row in self.of("appointments", person)
            if row["post_id"] == post["post_id"] and self.begun(row["appointed_on"]) is not False
        ]
        runs = []
        for surely in (True, False):
            reached, moved = self.now, True
            while moved:
                moved = False
                for started, ended, still in stays:
                    if started is None or (surely and ended is None and not still):
                        continue
                    first = PartialDate(started)
                    start = month_of(first.latest if surely else first.earliest)
                    stop = self.now
                    if ended is not None:
                        last = PartialDate(ended)
                        stop = min(stop, month_of(last.earliest if surely else last.latest))
                    if stop >= reached and start < reached:
                        reached, moved = start, True
            runs.append(self.now - reached)
        return runs[0], (10**6 if any(stay[0] is None for stay in stays) else runs[1])

    def team_kinds(self, post: Row) -> list[str] | None:
        teams = {
            row["team_id"] for row in self.tables["post_teams"] if row["post_id"] == post["post_id"]
        }
        kinds = [row["team_kind"] for row in self.tables["teams"] if row["team_id"] in teams]
        return kinds or None

    def grew_up(self, person: Row, organ: Row) -> Truth:
        match = find_place(person["growth_place"]) if person["growth_place"] else None
        code = organ["division_code"]
        grew_up: Truth = None
        if match is not None and code is not None:
            place = match.division.code
            if place.rstrip("0").startswith(code.rstrip("0")):
                grew_up = True
            elif not code.rstrip("0").startswith(place.rstrip("0")):
                grew_up = False
        return grew_up

    def probation(self, person: Row) -> Truth:
        level, since = self.level(person)
        elected: list[Truth] = [
            next(p for p in self.tables["posts"] if p["post_id"] == seat["post_id"])["is_elected"]
            for seat in self.seats(person)
        ] + [
            None if row["appointment_method"] is None else "选" in row["appointment_method"]
            for row in self.of("appointments", person)
            if row["in_office"] is True
        ]
        is_elected = any_of(elected) if elected else None
        if is_elected is True or (level is not None and level > 6):
            return False
        if since is None:
            return None
        day = PartialDate(since)
        if add_months(day.latest, 12) <= self.as_of:
            return False
        return True if add_months(day.earliest, 12) > self.as_of and is_elected is False else None

    def area_months(self, person: Row, code: str, level: int) -> Span:
        organs = {row["organ_id"]: row for row in self.tables["organs"]}
        in_teams = {
            row["team_id"]: row["organ_id"]
            for row in self.tables["teams"]
            if row["team_kind"] in ("party_committee", "government")
        }
        places = {}
        for post in self.tables["posts"]:
            teams = {
                row["team_id"]
                for row in self.tables["post_teams"]
                if row["post_id"] == post["post_id"]
            }
            if teams & set(in_teams) or not teams:
                division = organs[post["organ_id"]]["division_code"]
                places[post["post_id"]] = (division, post, bool(teams))
        names = [organs[organ]["organ_name"] for organ in set(in_teams.values())]
        stays: list[tuple[int | None, int | None, bool, bool]] = []
        for row in self.of("seats", person):
            division, post, sits = places.get(row["post_id"], (None, None, False))
            if division == code and self.order(post) == level:
                stays.append((row["started_on"], row["ended_on"], True, sits))
        for row in self.of("appointments", person):
            division, post, sits = places.get(row["post_id"], (None, None, False))
            if division is None and names.count(row["organ_name"]) == 1:
                division = next(
                    each["division_code"]
                    for each in organs.values()
                    if each["organ_name"] == row["organ_name"]
                )
            own = self.level_of_appointment(person, row)
            place = self.order(post) if post else None
            if division != code or (own or place) != level:
                continue
            placed = place is not None and sits
            if row["is_team_member"] is False and not placed:
                continue
            certain = placed or row["is_team_member"] is True
            stays.append(
                (row["appointed_on"], row["removed_on"], row["in_office"] is True, certain)
            )
        sure: set[int] = set()
        perhaps: set[int] = set()
        for started, ended, still, certain in stays:
            if self.begun(started) is False:
                continue
            low, high = (1900 * 12, None)
            if started is not None:
                day = PartialDate(started)
                low, high = month_of(day.earliest), month_of(day.latest)
            stop_low, stop_high = (self.now if still else None), self.now
            if ended is not None:
                last = PartialDate(ended)
                stop_low = min(month_of(last.earliest), self.now)
                stop_high = min(month_of(last.latest), self.now)
            if certain and high is not None and stop_low is not None:
                sure |= set(range(high, stop_low))
            perhaps |= set(range(low, stop_high))
        if self.is_complete(person, "appointments"):
            return len(sure), max(len(perhaps), len(sure))
        most = self.months_at(person, level)
        return len(sure), max(most[1] if most else 0, len(sure))
