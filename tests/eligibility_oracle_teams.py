"""The second reading of the rules about teams as they sit and about the next rank."""

from __future__ import annotations

from tests.eligibility_oracle import Oracle
from tests.eligibility_oracle_facts import Row, Span, reaches, verdict

from banzi.kernel.dates import PartialDate
from banzi.kernel.logic import Truth, any_of

STEPS = {
    "01": (48, 5, "02"), "02": (48, None, "03"), "03": (36, 4, "04"), "04": (24, None, "05"),
    "05": (24, 3, "06"), "06": (24, None, "07"), "07": (24, 2, "08"), "08": (24, None, "09"),
    "09": (24, 1, "10"), "10": (24, None, "11"), "11": (24, None, "12"),
}  # fmt: skip
"""Next rank → months, and the step of the ladder and the rank whose time counts."""
STATE_OFFICES = {"government", "discipline_commission", "court", "procuratorate", "department"}


class TeamOracle(Oracle):
    """Adds verdicts of teams, and of persons for the next rank."""

    def team_verdicts(self, team: Row) -> dict[str, str]:
        organ = next(o for o in self.tables["organs"] if o["organ_id"] == team["organ_id"])
        code, tier = organ["division_code"], organ["region_tier"]
        codes = None if code is None else self.titular(code)
        members = [
            (person, roles)
            for person in self.tables["persons"]
            if (roles := self.roles_in(person, team))
        ]
        titular: list[Truth] = [
            None if codes is None or person["ethnicity"] is None else person["ethnicity"] in codes
            for person, roles in members
            if {"principal", "deputy"} & roles
        ]
        outside: list[Truth] = [
            None
            if person["political_status"] is None
            else person["political_status"] not in ("01", "02")
            for person, _roles in members
        ]
        is_congress = team["team_kind"] == "peoples_congress"
        is_government = team["team_kind"] == "government"
        return {
            "autonomy-law/16/congress-leaders": verdict(
                (None if codes is None else bool(codes)) if is_congress else False,
                any_of(titular) if titular else False,
            ),
            "organisation-law/47/no-other-office": verdict(
                is_congress, not any(self.has_state_office(person) for person, _r in members)
            ),
            "united-front/na/government-team": verdict(
                (None if tier is None else tier != "township") if is_government else False,
                any_of(outside) if outside else False,
                breach="review",
            ),
        }

    def roles_in(self, person: Row, team: Row) -> set[str]:
        """Roles of the posts that the person holds in the team."""
        held = {seat["post_id"] for seat in self.seats(person)}
        return {
            post["role"]
            for post in self.tables["posts"]
            if post["post_id"] in held and team["team_id"] in self.teams_of(post["post_id"])
        }

    def has_state_office(self, person: Row) -> bool:
        teams = {team for seat in self.seats(person) for team in self.teams_of(seat["post_id"])}
        return any(
            row["team_kind"] in STATE_OFFICES
            for row in self.tables["teams"]
            if row["team_id"] in teams
        )

    def rank_verdicts(self, person: Row) -> dict[str, str]:
        return {
            "rank-rules/18/rank-promotion": self.rank_promotion(person),
            "appointment-regulations/24.6/sanctions-over": self.sanctions_over(person),
        }

    def rank_promotion(self, person: Row) -> str:
        rank, since = self.rank_held(person)
        if rank == "01":
            return "pass"
        level, _since = self.level(person)
        if rank is not None:
            target: str | None = f"{int(rank) - 1:02}"
        else:
            target = next((to for to, step in STEPS.items() if level and step[1] == level), None)
        if target is None:
            return "unknown"
        months, from_level, from_rank = STEPS[target]
        spans: list[Span] = [self.since(since)] if rank == from_rank else []
        if from_level is not None and self.has_held(person, from_level):
            spans.append(self.months_at(person, from_level))
        lows = [span[0] for span in spans if span is not None]
        if not lows:
            return "unknown"
        low = max(lows)
        high = 10**6 if None in spans else max(span[1] for span in spans if span is not None)
        first_year = (self.now - low) // 12
        outcomes = [
            row["outcome"]
            for row in self.of("assessments", person)
            if row["assessment_kind"] == "annual" and first_year <= row["year"] < self.as_of.year
        ]
        found = verdict(True, reaches((low, high), months), doubt=bool({"3", "3B"} & set(outcomes)))
        if found == "fail" and low >= months - 6 * outcomes.count("1"):
            return "review"
        return found

    def has_held(self, person: Row, level: int) -> bool:
        return self.level(person)[0] == level or any(
            row["level"] == level for row in self.levels(person)
        )

    def rank_held(self, person: Row) -> tuple[str | None, int | None]:
        """The rank on the person's own row once it has begun, else the highest of the history."""
        history = [
            row
            for row in self.of("level_history", person)
            if row["level_kind"] == "rank"
            and row["rank"] is not None
            and self.begun(row["started_on"]) is not False
            and (
                row["in_force"] is True
                if row["ended_on"] is None
                else self.begun(row["ended_on"]) is False
            )
        ]
        history.sort(
            key=lambda row: (row["rank"], row["started_on"] is None, row["started_on"] or 0)
        )
        held = history[0] if history else None
        since = person["rank_since"]
        if person["rank"] is not None and (
            since is None or PartialDate(since).on_or_before(self.as_of) is not False
        ):
            if since is None and held is not None and held["rank"] == person["rank"]:
                since = held["started_on"]
            return person["rank"], since
        return (held["rank"], held["started_on"]) if held else (None, None)
