"""A second reading of facts and rules: one person, one post, plain Python, no Polars.

Written from the clause files and docstrings, not from the expressions: months are sets of month
numbers, dates are `PartialDate`, truth is Kleene. The law's numbers are typed out again, as they
stand from 2025-01-01 on; the oracle speaks about days from then only.
"""

from __future__ import annotations

from datetime import date

from tests.eligibility_oracle_facts import LADDER, Row, reaches, verdict
from tests.eligibility_oracle_more import MoreRules

from banzi.kernel.dates import PartialDate, add_months
from banzi.kernel.logic import Truth, all_of, any_of, negate

ADMINISTRATIVE = {
    "warning": 6, "demerit": 12, "serious_demerit": 18, "demotion": 24, "dismissal_from_post": 24,
}  # fmt: skip
PARTY = {
    "party_warning": 12, "party_serious_warning": 18, "party_post_removal": 24,
    "party_expulsion": 60, "admonition": 6,
}  # fmt: skip
FROM_MEMORY = {
    "suspension": 6, "post_adjustment": 24, "ordered_resignation": 24,
    "organisational_removal": 24, "organisational_demotion": 24,
}  # fmt: skip
MATTERS = {
    "basic_conditions", "political_gate", "public_recognition", "improper_conduct",
    "family_abroad", "other_bar", "health",
}  # fmt: skip
RANK = ["pass", "review", "unknown", "fail"]


class Oracle(MoreRules):
    def verdicts(self, person: Row, post: Row) -> dict[str, str]:
        """Rule id → verdict."""
        organ = next(o for o in self.tables["organs"] if o["organ_id"] == post["organ_id"])
        holds = post["post_id"] in [seat["post_id"] for seat in self.seats(person)]
        skipped = {
            "appointment-regulations/8.1/work-years": self.work_years(person, post),
            "appointment-regulations/8.2/two-posts": self.two_posts(person, post),
            "appointment-regulations/8.3/time-in-level": self.time_in_level(person, post),
        }
        softened = {
            "appointment-regulations/24.3/last-assessment": self.last_assessment(person),
            "appointment-regulations/24.6/sanctions-over": self.sanctions_over(person),
            "appointment-regulations/24/recorded-conclusions": self.conclusions(person),
        }
        always = {
            "recusal-rules/3/kin-posts": self.kin_posts(person, post),
            "recusal-rules/5/hometown": self.hometown(person, post, organ),
            "retirement/na/before-retirement": self.before_retirement(person),
            "term-rules/3/full-term": self.full_term(person),
        }
        skipped |= self.more_skipped(person, post)
        softened |= self.more_softened(person, self.latest_conclusions(person))
        always |= self.more_always(person, post, organ)
        if holds:
            skipped = dict.fromkeys(skipped, "pass")
            softened = {k: "review" if v == "fail" else v for k, v in softened.items()}
        return skipped | softened | always

    # --- facts -------------------------------------------------------------------------------

    def promotion(self, person: Row, post: Row, lowest: int = 3) -> Truth:
        target = LADDER.index(post["post_level"]) + 1 if post["post_level"] in LADDER else None
        present, _since = self.level(person)
        return all_of(
            [
                None if target is None else target >= lowest,
                None if target is None or present is None else target > present,
            ]
        )

    def work_years(self, person: Row, post: Row) -> str:
        higher = self.promotion(person, post, lowest=0)
        level = post["post_level"]
        tier = None if level is None else level in ("1A32", "1A31")
        applies = all_of([tier, higher])
        total, own = self.grassroots(person)
        holds = all_of([reaches(self.since(person["work_started"]), 60), reaches(total, 24)])
        return verdict(applies, holds, doubt=negate(reaches(own, 24)))

    def two_posts(self, person: Row, post: Row) -> str:
        applies = self.promotion(person, post)
        rows = self.of("appointments", person)
        if not rows or post["post_level"] not in LADDER:
            return verdict(applies, None, breach="review")
        target = LADDER.index(post["post_level"]) + 1
        wanted = [target - 1] if target % 2 == 0 else [target - 2, target - 1]
        sure, perhaps, named, titles = set(), set(), set(), set()
        for row in rows:
            level = self.level_of_appointment(person, row)
            inside = None if level is None else level in wanted
            counts = all_of([inside, self.begun(row["appointed_on"])])
            key = row["post_id"] or (row["organ_name"], row["post_name"])
            if counts is True:
                sure.add(key)
                titles.add(row["post_name"])
                if row["organ_name"] is not None:
                    named.add((row["organ_name"], row["post_name"]))
            if counts is not False:
                perhaps.add(key)
        low = min(len(sure), max(len(named), len(titles)))
        return verdict(applies, reaches((low, len(perhaps)), 2), breach="review")

    def level_of_appointment(self, person: Row, row: Row) -> int | None:
        if row["post_level"] is not None:
            return LADDER.index(row["post_level"]) + 1 if row["post_level"] in LADDER else None
        if row["appointed_on"] is None:
            return None
        day = PartialDate(row["appointed_on"]).earliest
        history = [
            each for each in self.of("level_history", person) if each["level_kind"] == "post_level"
        ]
        if any(each["started_on"] is None for each in history):
            return None
        before = [
            (PartialDate(each["started_on"]).earliest, LADDER.index(each["post_level"]) + 1)
            if each["post_level"] in LADDER
            else (PartialDate(each["started_on"]).earliest, 0)
            for each in history
            if self.begun(each["started_on"]) is not False
            and PartialDate(each["started_on"]).earliest <= day
        ]
        return (max(before)[1] or None) if before else None

    def time_in_level(self, person: Row, post: Row) -> str:
        applies = self.promotion(person, post)
        if post["post_level"] not in LADDER:
            return verdict(applies, None)
        target = LADDER.index(post["post_level"]) + 1
        held = self.months_at(person, target - 1)
        result = verdict(applies, reaches(held, 24 if target % 2 == 0 else 36))
        return self.waived("appointment-regulations/8.3/time-in-level", person, post, result)

    def last_assessment(self, person: Row) -> str:
        outcome = next(
            (
                row["outcome"]
                for row in self.of("assessments", person)
                if row["assessment_kind"] == "annual" and row["year"] == self.as_of.year - 1
            ),
            None,
        )
        if outcome is None:
            return "unknown"
        if outcome in ("3", "3B", "4", "4B"):
            return "fail"
        return "pass" if outcome in ("1", "2", "2B") else "review"

    def sanctions_over(self, person: Row) -> str:
        is_complete = any(
            row["table_name"] == "sanctions"
            and PartialDate(row["complete_on"]).earliest >= add_months(self.as_of, -12)
            for row in self.of("completeness", person)
        )
        running: list[tuple[Truth, bool]] = [
            self.is_running(row)
            for row in self.of("sanctions", person)
            if self.begun(row["decided_on"]) is not False
            and self.begun(row["revoked_on"]) is not True
        ]
        if any(now is True and verified for now, verified in running):
            return "fail"
        if any(now is None for now, _verified in running) or not is_complete:
            return "unknown"
        if any(now for now, _verified in running):
            return "review"
        latest = self.latest_conclusions(person).get("sanction_effect")
        return "review" if latest in ("not_met", "under_review", "which?") else "pass"

    def is_running(self, row: Row) -> tuple[Truth, bool]:
        kind, decided = row["sanction_kind"], row["decided_on"]
        months = (ADMINISTRATIVE | PARTY | FROM_MEMORY | {"party_probation": 24}).get(kind)
        if months is None or decided is None or self.begun(decided) is None:
            return None, False
        if row["revoked_on"] is not None and self.begun(row["revoked_on"]) is None:
            return None, False
        day = PartialDate(decided)
        verified = kind not in FROM_MEMORY
        if add_months(day.earliest, months) > self.as_of:
            return True, verified
        if kind == "party_probation" or add_months(day.latest, months) > self.as_of:
            return None, verified
        return False, verified

    def latest_conclusions(self, person: Row) -> dict[str, str]:
        order = ["met", "under_review", "not_met"]
        dated: dict[str, tuple[tuple[date, int], str]] = {}
        undated: dict[str, list[str]] = {}
        for row in self.of("conclusions", person):
            on, until = row["concluded_on"], row["valid_until"]
            if (on is not None and on > self.as_of) or (until is not None and until < self.as_of):
                continue
            kind, outcome = row["conclusion_kind"], row["conclusion_outcome"]
            if on is None:
                undated.setdefault(kind, []).append(outcome)
            elif kind not in dated or (on, row["conclusion_no"]) > dated[kind][0]:
                dated[kind] = ((on, row["conclusion_no"]), outcome)
        latest = {}
        for kind in {*dated, *undated}:
            loose = sorted(undated.get(kind, []), key=order.index)
            known = dated[kind][1] if kind in dated else loose[0]
            worse = bool(loose) and order.index(loose[-1]) > order.index(known)
            latest[kind] = "which?" if worse else known
        return latest

    def conclusions(self, person: Row) -> str:
        found = {o for kind, o in self.latest_conclusions(person).items() if kind in MATTERS}
        if "not_met" in found or "which?" in found:
            return "fail" if "not_met" in found else "unknown"
        return "review" if "under_review" in found else "pass"

    def kin_posts(self, person: Row, post: Row) -> str:
        teams = self.teams_of(post["post_id"])
        near = set(teams)
        for team in self.tables["teams"]:
            if team["team_id"] in teams and team["superior_team_id"] is not None:
                near.add(team["superior_team_id"])
            if team["superior_team_id"] in teams:
                near.add(team["team_id"])
        found: list[Truth] = [
            None
            for row in self.of("relatives", person)
            if row["is_linked"] is not False
            and row["relation"] != "90"
            and row["relative_person_id"] is None
            and all(
                self.names(row, other) is False or None in (row["birth"], other["birth"])
                for other in self.tables["persons"]
            )
        ]
        for other in self.tables["persons"]:
            kin = self.are_kin(person, other)
            if kin is False or other["person_id"] == person["person_id"]:
                continue
            for seat in self.seats(other):
                if seat["post_id"] != post["post_id"] and near & set(
                    self.teams_of(seat["post_id"])
                ):
                    found.append(kin)
        return verdict(True, negate(any_of(found)), breach="review")

    def teams_of(self, post_id: str) -> list[str]:
        return [row["team_id"] for row in self.tables["post_teams"] if row["post_id"] == post_id]

    def are_kin(self, one: Row, other: Row) -> Truth:
        return any_of(
            self.names(row, there)
            for here, there in ((one, other), (other, one))
            for row in self.of("relatives", here)
        )

    def names(self, row: Row, other: Row) -> Truth:
        """Whether a line of the form names this official as kin."""
        if row["is_linked"] is False:
            return False
        kin = None if row["relation"] is None else row["relation"] != "90"
        if row["relative_person_id"] is not None:
            same = row["relative_person_id"] == other["person_id"]
            return all_of([same, kin, row["is_linked"]]) if same else False
        if row["name"] is None or row["name"] != other["name"]:
            return False
        one, two = row["birth"], other["birth"]
        if one is not None and two is not None:
            vague = not PartialDate(one).month or not PartialDate(two).month
            if one // (10000 if vague else 100) != two // (10000 if vague else 100):
                return False
        return all_of([None, kin])

    def hometown(self, person: Row, post: Row, organ: Row) -> str:
        duty, tier = post["duty_head"], organ["region_tier"]
        applies = all_of(
            [
                None if duty is None else duty != "none",
                None if tier is None else tier in ("county", "prefecture"),
            ]
        )
        return verdict(
            applies,
            negate(self.grew_up(person, organ)),
            breach="fail" if tier == "county" else "review",
        )

    def before_retirement(self, person: Row) -> str:
        month, verified = self.retirement(person)
        holds = None if month is None else month > self.now
        return verdict(True, holds, breach="fail" if verified else "review")

    def full_term(self, person: Row) -> str:
        month, _verified = self.retirement(person)
        return verdict(True, None if month is None else month - self.now >= 60, breach="review")
