"""targets.csv: each row one linear form; scope, measure, feature and priority checked here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from banzi.kernel.errors import Location
from banzi.kernel.errors import Problem as Finding
from banzi.kernel.messages import Message
from banzi.staffing import reading_messages as say
from banzi.staffing.cells import Node, Sheet
from banzi.staffing.columns_in_use import ColumnsInUse
from banzi.staffing.problem import Measure, Post, Target


class TargetReader:
    """Reads targets.csv against the posts, teams and columns of the bundle."""

    def __init__(
        self,
        sheets: Mapping[str, Sheet],
        posts: Sequence[Post],
        teams: Sheet,
        columns: ColumnsInUse,
        warnings: list[Finding],
    ) -> None:
        self._sheet, self._post_sheet = sheets["targets.csv"], sheets["posts.csv"]
        self._team_sheet = teams
        self._posts, self._columns, self._warnings = posts, columns, warnings
        self._by_value: dict[tuple[str, str], dict[str, set[int]]] = {}

    def targets(self) -> list[tuple[int, Target]]:
        """(row, target) for every row that was right in itself; the rest is in the log."""
        self._sheet.ids("target_id")
        found = []
        for row in range(len(self._sheet)):
            target = self._target(row)
            if target is not None:
                found.append((row, target))
        return found

    def _target(self, row: int) -> Target | None:
        sheet = self._sheet
        table = sheet.choice(row, "scope_table", ("teams", "posts", "all"))
        measure = sheet.choice(row, "measure", tuple(Measure))
        op = sheet.choice(row, "op", (">=", "<="))
        bound = sheet.integer(row, "bound")
        force = sheet.choice(row, "force", ("hard", "soft"))
        priority, weight = (self._rank(row, name, force) for name in ("priority", "weight"))
        posts = self._scope(row, table) if table else None
        feature = self._feature(row, measure, op)
        if table is None or measure is None or op is None or bound is None or force is None:
            return None
        if posts is None or feature is None:
            return None
        values = sheet.text(row, "scope_values")
        return Target(
            target_id=sheet.text(row, "target_id"),
            scope_table=table,
            scope_column=sheet.text(row, "scope_column"),
            scope_values=tuple(values.split(";")) if values else (),
            posts=posts,
            measure=Measure(measure),
            feature=feature,
            op=op,
            bound=bound,
            hard=force == "hard",
            priority=priority,
            weight=weight,
            citation=sheet.text(row, "citation"),
        )

    def _rank(self, row: int, column: str, force: str | None) -> int | None:
        """Priority or weight: needed for soft targets, of no effect for hard ones."""
        sheet = self._sheet
        if force != "soft":
            if force == "hard" and sheet.text(row, column):
                message = say.IGNORED_FOR_HARD(column=column)
                self._warnings.append(Finding(message, sheet.at(row, column)))
            return None
        value = sheet.integer(row, column)
        if value is not None and value < 1:
            sheet.say(say.BELOW_ONE(value=value), row, column)
            return None
        return value

    def _scope(self, row: int, table: str) -> frozenset[int] | None:
        """The posts in scope; None when the scope is wrong."""
        sheet = self._sheet
        if table == "all":
            for name in ("scope_column", "scope_values"):
                if sheet.text(row, name):
                    sheet.say(say.SCOPE_NOT_EMPTY(), row, name)
            return frozenset(range(len(self._posts)))
        column, values = sheet.filled(row, "scope_column"), sheet.filled(row, "scope_values")
        source = self._team_sheet if table == "teams" else self._post_sheet
        if column is None or source.table is None:
            return None
        if column in self._columns.protected:
            sheet.say(say.PROTECTED(name=column), row, "scope_column")
            return None
        if not source.has(column):
            message = say.UNKNOWN_COLUMN(file=f"{table}.csv", name=column)
            sheet.say(message, row, "scope_column")
            return None
        if values is None:
            return None
        wanted = values.split(";")
        posts_by_value = self._posts_by_value(source, table, column)
        for value in wanted:
            if not value or value not in posts_by_value:
                message = say.SCOPE_VALUE(column=column, value=value[:80])
                sheet.say(message, row, "scope_values")
        return frozenset().union(*(posts_by_value.get(value, ()) for value in wanted))

    def _posts_by_value(self, source: Sheet, table: str, column: str) -> dict[str, set[int]]:
        """For each text of a column of posts or teams the posts that have it, or whose teams do."""
        found = self._by_value.get((table, column))
        if found is not None:
            return found
        found = self._by_value[table, column] = {}
        cells = source.column(column)
        for value in cells:
            found.setdefault(value, set())
        for place, post in enumerate(self._posts):
            for row in (place,) if table == "posts" else post.teams:
                found[cells[row]].add(place)
        return found

    def _feature(self, row: int, measure: str | None, op: str | None) -> str | None:
        sheet = self._sheet
        name = sheet.filled(row, "feature")
        if name is None:
            return None
        minimum = op in (">=", None) and measure in ("count", "share_permille", None)

        def complain(message: Message) -> None:
            sheet.say(message, row, "feature")

        if not self._columns.either(name, complain, protected_allowed=minimum):
            return None
        if name in self._columns.protected and not sheet.text(row, "citation"):
            sheet.say(say.PROTECTED_UNCITED(name=name), row, "citation")
        flagged = self._columns.not_flags(name)
        if measure == Measure.SHARE_PERMILLE:
            for place, cell_row, value in flagged:
                at = place.at(cell_row, name)
                place.log.add(say.SHARE_NOT_FLAG(name=name, value=value), at)
        elif name in self._columns.protected:
            # A minimum over values such as -1 would be a ceiling, or a ranking, in disguise.
            for place, cell_row, value in flagged:
                at = place.at(cell_row, name)
                place.log.add(say.PROTECTED_NOT_FLAG(name=name, value=value), at)
        return name


def check_priorities(
    targets: Sequence[tuple[int, Target]], soft: Mapping[int, Node], sheet: Sheet
) -> None:
    """Every priority of a soft target stands in a tier, and every tier's priority has targets."""
    in_use = {target.priority for _, target in targets if not target.hard}
    for row, target in targets:
        if not target.hard and target.priority is not None and target.priority not in soft:
            message = say.PRIORITY_UNUSED(priority=target.priority)
            sheet.log.add(
                message, Location(sheet.path, row=sheet.at(row, "").row, column="priority")
            )
    soft_rows = [row for row in range(len(sheet)) if sheet.text(row, "force") == "soft"]
    named = {sheet.text(row, "priority") for row in soft_rows}
    for priority, node in soft.items():
        if priority not in in_use and str(priority) not in named:
            node.say(say.PRIORITY_EMPTY(priority=priority))
