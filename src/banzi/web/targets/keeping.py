"""Targets in force, read once for each set; keeping a new set, and single targets in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml
from django.utils import timezone

from banzi.kernel.messages import gettext_noop as _
from banzi.structure.reading_targets import TargetFile, read_targets_text
from banzi.structure.report_settings import ReportSettings
from banzi.structure.targets import ScopeKind, Target
from banzi.structure.vocabulary import MEMBER_WORDS, POST_WORDS, TEAM_WORDS
from banzi.structure.wording import sentence
from banzi.web.accounts.models import Account
from banzi.web.targets.models import TargetSet

NAME = _("目标文件")
NOTHING = TargetFile((), ReportSettings())


def in_force() -> TargetSet | None:
    """The set in force; None where the office has set nothing."""
    return TargetSet.objects.filter(is_in_force=True).first()


def targets_in_force() -> TargetFile:
    """The targets in force, read; empty where the office has set nothing."""
    kept = in_force()
    return NOTHING if kept is None else read_set(kept)


def read_set(kept: TargetSet) -> TargetFile:
    """The targets of a set; what was refused was never kept, so this does not fail."""
    return _read(kept.pk, kept.text)


@lru_cache(maxsize=16)
def _read(_key: int, text: str) -> TargetFile:
    return read_targets_text(text, NAME)


def keep_set(title: str, text: str, by: Account, reason: str = "") -> TargetSet:
    """Keep a text as the set in force; call inside an act.

    Raises
    ------
    BadInput
        Everything that is wrong with the text; nothing is kept then.
    """
    read_targets_text(text, NAME)
    TargetSet.objects.filter(is_in_force=True).update(is_in_force=False)
    return TargetSet.objects.create(
        title=title,
        text=text,
        is_in_force=True,
        saved_at=timezone.now(),
        saved_by=by.name,
        reason=reason,
    )


def put_in_force(kept: TargetSet) -> None:
    """Let an earlier set hold again; call inside an act."""
    TargetSet.objects.filter(is_in_force=True).update(is_in_force=False)
    TargetSet.objects.filter(pk=kept.pk).update(is_in_force=True)


def content_of(kept: TargetSet | None) -> dict[str, Any]:
    """The set as written: `targets`, `settings`, `thresholds`, every scalar a text."""
    loaded: Any = {} if kept is None else yaml.load(kept.text, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts only
    return dict(loaded or {})


def text_of(content: Mapping[str, Any]) -> str:
    """A targets file of such content."""
    return yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=1000)


def with_target(
    content: Mapping[str, Any], name: str, row: Mapping[str, str] | None
) -> dict[str, Any]:
    """The content with the target of an id replaced, added (a new id) or taken out (None)."""
    rows = [dict(each) for each in content.get("targets") or []]
    place = next((at for at, each in enumerate(rows) if each.get("id") == name), None)
    if row is None:
        rows = [each for each in rows if each.get("id") != name]
    elif place is None:
        rows.append(dict(row))
    else:
        rows[place] = dict(row)
    return {**content, "targets": rows}


def with_threshold(
    content: Mapping[str, Any], gauge: str, row: Mapping[str, str] | None
) -> dict[str, Any]:
    """The content with the threshold of a gauge (id or name) replaced, added or taken out."""
    rows = [dict(each) for each in content.get("thresholds") or [] if each.get("gauge") != gauge]
    if row is not None:
        rows.append(dict(row))
    return {**content, "thresholds": rows}


def scope_sentence(target: Target) -> str:
    """The condition on teams or posts in words; "" for everybody."""
    if target.scope_where is None:
        return ""
    words = TEAM_WORDS if target.scope is ScopeKind.TEAMS else POST_WORDS
    return sentence(target.scope_where, words)


def where_sentence(target: Target) -> str:
    return "" if target.where is None else sentence(target.where, MEMBER_WORDS)
