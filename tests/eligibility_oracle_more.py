"""The second reading of the newer rules: education, training, standing, exceptions, exchange, terms.

Split from `eligibility_oracle` for length only; the same rules of writing hold.
"""

from __future__ import annotations

from datetime import date, timedelta

from tests.eligibility_oracle_facts import Row, Span, reaches, verdict
from tests.eligibility_oracle_more_facts import MoreFacts

from banzi.codes.divisions import titular_nationalities
from banzi.kernel.dates import PartialDate, add_months
from banzi.kernel.logic import Truth, all_of, any_of, negate

LATEST = {
    "political-quality/na/gate": ("political_gate", True),
    "personnel-files/na/checks": ("file_check", False),
    "personal-matters/na/checks": ("personal_matters_check", False),
    "recusal-rules/4/family-business": ("family_business", False),
    "appointment-regulations/na/removal-grounds": ("removal_ground", False),
}
"""Rule → matter, and whether nothing can be said without a conclusion."""
DISPUTES = {
    "personnel-files/na/birth-date": {"persons.birth", "persons.id_number"},
    "personnel-files/na/party-age": {"persons.party_joined"},
    "personnel-files/na/three-ages": {
        "persons.work_started", "persons.full_time_education", "persons.in_service_education",
        "persons.full_time_degree", "persons.in_service_degree", "education.",
    },
}  # fmt: skip
"""Rule → columns whose dispute leaves it unknown; `education.` is the whole table."""


class MoreRules(MoreFacts):
    def more_skipped(self, person: Row, post: Row) -> dict[str, str]:
        """Rules that ask nothing of whoever holds the post."""
        return {
            "appointment-regulations/8.4/education": self.schooling(person, post),
            "appointment-regulations/8.5/training": self.trained(person, post),
            "appointment-regulations/9/one-step": self.one_step(person, post),
            "appointment-regulations/9/exceptional-limits": self.limits(person, post),
            "appointment-regulations/35/approval-before-discussion": self.in_time(person, post),
            "appointment-regulations/43/probation-over": verdict(
                self.rises(person, post), negate(self.probation(person))
            ),
        }

    def more_softened(self, person: Row, latest: dict[str, str]) -> dict[str, str]:
        found = {
            rule: self.concluded(latest.get(matter), needed=needed)
            for rule, (matter, needed) in LATEST.items()
        }
        rule = "appointment-regulations/8.5/training-after-promotion"
        return found | {rule: self.trained_since(person)}

    def more_always(self, person: Row, post: Row, organ: Row) -> dict[str, str]:
        months = self.unbroken(person, post)
        held = months is not None
        exchanged = verdict(held, negate(reaches(months, 120)))
        if exchanged == "fail" and self.is_relaxed(person, organ):
            exchanged = self.waived("exchange-rules/5/same-post", person, post, exchanged)
        present, _since = self.level(person)
        target = self.order(post)
        at_level = None if target is None else self.months_at(person, target)
        codes = None if organ["division_code"] is None else self.titular(organ["division_code"])
        heads = post["duty_head"]
        is_head = all_of(
            [
                None if heads is None else heads == "government",
                None if organ["region_tier"] is None else organ["region_tier"] != "township",
            ]
        )
        ethnicity = person["ethnicity"]
        belongs = None if codes is None or ethnicity is None else ethnicity in codes
        return {
            "appointment-regulations/8.7/party-standing": self.standing(person, post, organ),
            "appointment-regulations/8.7/legal-qualification": self.qualified(person, post),
            "appointment-regulations/na/after-accountability": self.accountable(person, post),
            "civil-servant-law/75/regional-recusal": self.own_area(person, post, organ),
            "exchange-rules/5/same-area-level": self.area_level(person, post, organ),
            "civil-servant-law/50/incompetent": self.incompetent(person, target, present),
            "civil-servant-law/88/dismissal": verdict(
                True, any_of([negate(self.is_poor(person, back)) for back in (1, 2)])
            ),
            "term-rules/6/two-terms": verdict(held, negate(reaches(months, 120))),
            "term-rules/7/level-limit": verdict(True, negate(reaches(at_level, 180))),
            "exchange-rules/5/same-post": exchanged,
            "autonomy-law/17/head-of-government": verdict(
                all_of([is_head, None if codes is None else bool(codes)]), belongs
            ),
            **{
                rule: "unknown" if self.in_dispute(person) & places else "pass"
                for rule, places in DISPUTES.items()
            },
        }

    def qualified(self, person: Row, post: Row) -> str:
        """Posts of courts and procuratorates ask for a conclusion."""
        kinds = self.team_kinds(post)
        judicial: Truth = None
        if post["duty_head"] in ("court", "procuratorate"):
            judicial = True
        elif kinds is not None:
            judicial = bool({"court", "procuratorate"} & set(kinds))
        latest = self.latest_conclusions(person).get("legal_qualification")
        outcome: Truth = None if latest is None else latest != "not_met"
        return verdict(judicial, outcome, doubt=latest in ("under_review", "which?"))

    def in_dispute(self, person: Row) -> set[str]:
        """Columns about which documents differ and nobody has decided."""
        decided = {row["finding_id"] for row in self.tables["decisions"]}
        return {
            place
            for row in self.of("findings", person)
            if row["finding_id"] not in decided
            and row["state"] != "settled"
            and (
                row["state"] == "open"
                or row["code"] in ("import/conflict", "form/id-birth-differs")
            )
            for place in (f"{row['table_name']}.{row['column_name']}", f"{row['table_name']}.")
        }

    @staticmethod
    def titular(code: str) -> tuple[str, ...] | None:
        return titular_nationalities(code)

    def is_relaxed(self, person: Row, organ: Row) -> bool:
        code = organ["division_code"]
        area = self.titular(code) if code is not None else None
        return person["ethnicity"] not in (None, "01") and bool(area)

    def waived(
        self, rule: str, person: Row, post: Row, found: str, before: str = "discussed_on"
    ) -> str:
        """A breach that somebody agreed to in time, and for a reason, is for people."""
        for row in self.of("waivers", person):
            limits = {row["discussed_on"], row[before]} - {None}
            if (
                row["rule_id"] == rule
                and row["post_id"] == post["post_id"]
                and row["approved_on"] <= self.as_of
                and row["reason"].strip()
                and all(row["approved_on"] < limit for limit in limits)
                and found == "fail"
            ):
                return "review"
        return found

    def on_record(self, person: Row, post: Row) -> list[Row]:
        return [
            row
            for row in self.of("waivers", person)
            if row["post_id"] == post["post_id"] and row["approved_on"] <= self.as_of
        ]

    def schooling(self, person: Row, post: Row) -> str:
        target = self.order(post)
        tiers = {"研究生": 3, "大学": 2, "大专": 1, "高中": 0}
        tier = tiers.get(person["full_time_education"])
        enough = any_of(
            [
                None if tier is None else tier >= 2,
                all_of(
                    [
                        None if target is None else target < 5,
                        None if tier is None else tier >= 1,
                    ]
                ),
            ]
        )
        return verdict(self.rises(person, post), enough, breach="review")

    def trained(self, person: Row, post: Row) -> str:
        present, _since = self.level(person)
        if present is not None and present >= 3:
            hours, days = self.amounts(person, self.as_of, self.as_of, 5)
            enough = any_of([reaches(hours, 550), reaches(days, 90)])
        else:
            last = date(self.as_of.year, 1, 1) - timedelta(days=1)
            hours, days = self.amounts(person, last, last, 1)
            enough = any_of([reaches(hours, 90), reaches(days, 12)])
        return verdict(self.rises(person, post), enough, breach="review")

    def trained_since(self, person: Row) -> str:
        present, since = self.level(person)
        begun = date(2023, 10, 17)
        if since is None:
            is_new: Truth = None
            enough: Truth = None
            is_over: Truth = None
        else:
            day = PartialDate(since)
            is_new = True if day.earliest >= begun else False if day.latest < begun else None
            low, high = add_months(day.earliest, 12), add_months(day.latest, 12)
            hours, days = self.amounts(person, min(low, self.as_of), min(high, self.as_of), 5)
            enough = any_of([reaches(hours, 550), reaches(days, 90)])
            is_over = True if high < self.as_of else False if low >= self.as_of else None
        applies = all_of([is_new, None if present is None else present >= 3])
        return verdict(applies, any_of([enough, negate(is_over)]), doubt=negate(enough))

    def one_step(self, person: Row, post: Row) -> str:
        target, (present, _since) = self.order(post), self.level(person)
        skipped = None if target is None or present is None else target - present - 1
        found = verdict(self.rises(person, post), None if skipped is None else skipped <= 0)
        if skipped is not None and skipped <= 1:
            rule = "appointment-regulations/9/one-step"
            return self.waived(rule, person, post, found, before="inspected_on")
        return found

    def limits(self, person: Row, post: Row) -> str:
        records = self.on_record(person, post)
        if not records:
            return "pass"
        tenure = any(
            row["rule_id"] == "appointment-regulations/8.3/time-in-level" for row in records
        )
        present, since = self.level(person)
        rows = [
            (self.level_of_appointment(person, row), row["is_exceptional"])
            for row in self.of("appointments", person)
        ]
        exceptional: list[Truth] = [
            all_of([None if None in (level, present) else level == present, kind])
            for level, kind in rows
        ]
        before = any_of(exceptional) if exceptional else None
        held = None if present is None and since is None else self.since(since)
        return verdict(
            True,
            all_of(
                [
                    negate(self.probation(person)),
                    reaches(held, 12),
                    negate(all_of([tenure, before])),
                ]
            ),
        )

    def in_time(self, person: Row, post: Row) -> str:
        for row in self.on_record(person, post):
            limits = [row["discussed_on"]]
            if row["rule_id"] == "appointment-regulations/9/one-step":
                limits.append(row["inspected_on"])
            if not row["reason"].strip() or any(
                limit is not None and row["approved_on"] >= limit for limit in limits
            ):
                return "fail"
        return "pass"

    def concluded(self, outcome: str | None, *, needed: bool) -> str:
        if outcome is None:
            return "unknown" if needed else "pass"
        return {"met": "pass", "not_met": "fail"}.get(outcome, "review")

    def standing(self, person: Row, post: Row, organ: Row) -> str:
        kinds = self.team_kinds(post)
        is_party: Truth = None
        if post["duty_head"] in ("party_committee", "discipline", "organisation"):
            is_party = True
        elif kinds is not None:
            is_party = bool({"party_committee", "discipline_commission"} & set(kinds))
        years = {"province": 60, "prefecture": 60, "county": 36}
        tier = organ["region_tier"]
        member = person["political_status"]
        is_member = None if member is None else member in ("01", "02")
        long_enough = None
        if tier is not None:
            long_enough = reaches(self.since(person["party_joined"]), years.get(tier, 0))
        applies = all_of([is_party, None if tier is None else tier in years])
        return verdict(applies, all_of([is_member, long_enough]))

    def accountable(self, person: Row, post: Row) -> str:
        def over(periods: dict[str, int]) -> Truth:
            found: list[Truth] = []
            for row in self.of("sanctions", person):
                kind, decided = row["sanction_kind"], row["decided_on"]
                if kind is not None and kind not in periods:
                    continue
                if self.begun(decided) is False or self.begun(row["revoked_on"]) is True:
                    continue
                settled = row["revoked_on"] is None or self.begun(row["revoked_on"]) is not None
                if kind is None or self.begun(decided) is None or not settled:
                    found.append(None)
                    continue
                day, months = PartialDate(decided), periods[kind]
                if add_months(day.earliest, months) > self.as_of:
                    found.append(True)
                else:
                    is_over = add_months(day.latest, months) <= self.as_of
                    found.append(False if is_over else None)
            running = any_of(found) if found else False
            if running is not True and not self.is_complete(person, "sanctions"):
                return None
            return negate(running)

        removed = dict.fromkeys(("ordered_resignation", "organisational_removal"), 12)
        leading = over(removed)
        higher = over(dict.fromkeys(removed, 24) | {"organisational_demotion": 24})
        target, (present, _since) = self.order(post), self.level(person)
        if target is None or present is None:
            both = all_of([leading, higher])
            return "pass" if both is True else "unknown"
        return verdict(True, higher if target > present else leading, breach="review")

    def own_area(self, person: Row, post: Row, organ: Row) -> str:
        duty, tier = post["duty_head"], organ["region_tier"]
        applies = all_of(
            [
                post["role"] == "principal",
                None if duty is None else duty == "none",
                None if tier is None else tier in ("township", "county", "prefecture"),
            ]
        )
        return verdict(applies, negate(self.grew_up(person, organ)), breach="review")

    def area_level(self, person: Row, post: Row, organ: Row) -> str:
        """Ten years at the level in Party and government teams of the post's division."""
        kinds, target = self.team_kinds(post), self.order(post)
        present, _since = self.level(person)
        wanted = {"party_committee", "government"}
        applies = all_of(
            [
                None if kinds is None else bool(wanted & set(kinds)),
                None if target is None or present is None else target == present,
            ]
        )
        code = organ["division_code"]
        held: Span = None
        if code is not None and target is not None and target == present:
            held = self.area_months(person, code, target)
        found = verdict(applies, negate(reaches(held, 120)))
        if found == "fail" and self.is_relaxed(person, organ):
            return self.waived("exchange-rules/5/same-area-level", person, post, found)
        return found

    def is_poor(self, person: Row, back: int) -> Truth:
        """Whether the assessment of so many years back was 不称职."""
        for row in self.of("assessments", person):
            if row["assessment_kind"] == "annual" and row["year"] == self.as_of.year - back:
                return None if row["outcome"] is None else row["outcome"] in ("4", "4B")
        return None

    def incompetent(self, person: Row, target: int | None, present: int | None) -> str:
        applies = None if target is None or present is None else target >= present
        return verdict(applies, negate(self.is_poor(person, 1)))
