"""The outcome paragraph with everything behind it: per sentence the figures of both states and the names.

`paragraph` words the sentences; here each of their results stands beside the same figure of the
outgoing teams, so that no number is without the people it counts (反查).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from banzi.kernel.messages import Message
from banzi.structure.indicators import IndicatorResult, mean_text, measure
from banzi.structure.members import Members
from banzi.structure.paragraph import OutcomeParagraph, outcome_paragraph
from banzi.structure.report_settings import ReportSettings
from banzi.structure.targets import Each


@dataclass(frozen=True, slots=True)
class Behind:
    """One figure; `outgoing` when it is that of the teams before the plan."""

    result: IndicatorResult
    outgoing: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Who is counted; for a mean everybody whose value is known, with it: `王一49.3`."""
        result = self.result
        if result.counts_people:
            return result.met_names
        return tuple(
            entry.name + mean_text(Fraction(entry.value), result.indicator.value)
            for entry in result.entries
            if entry.value is not None
        )


@dataclass(frozen=True, slots=True)
class TracedSentence:
    """A sentence and its figures, each followed by that of the outgoing teams."""

    message: Message
    figures: tuple[Behind, ...]


@dataclass(frozen=True, slots=True)
class TracedParagraph:
    paragraph: OutcomeParagraph
    sentences: tuple[TracedSentence, ...]

    def over_all(self, outgoing: bool) -> list[Behind]:
        """The figures over all teams together, of one of the two states; the members come first."""
        every = [each for sentence in self.sentences for each in sentence.figures]
        return [
            each
            for each in every
            if each.outgoing is outgoing and each.result.indicator.each is Each.TOGETHER
        ]


def traced_paragraph(
    planned: Members, outgoing: Members, settings: ReportSettings
) -> TracedParagraph:
    """The paragraph of a plan against the teams as they sit."""
    paragraph = outcome_paragraph(planned, settings, outgoing)
    traced = []
    for sentence in paragraph.sentences:
        figures: dict[tuple[str, str | None], list[Behind]] = {}
        for result in sentence.results:
            key = (result.indicator.id, result.team_id)
            if key not in figures:  # the mean age brings its own figure of the outgoing teams
                before = [
                    old
                    for old in measure(result.indicator, outgoing)
                    if old.team_id == result.team_id
                ]
                figures[key] = [Behind(result), *(Behind(old, True) for old in before)]
        every = tuple(each for found in figures.values() for each in found)
        traced.append(TracedSentence(sentence.message, every))
    return TracedParagraph(paragraph, tuple(traced))
