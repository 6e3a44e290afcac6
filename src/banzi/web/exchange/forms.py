"""What a package is asked for with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from banzi.documents.exchange.left_out import Without, left_out_for
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.coverage import organs_covered_by
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.exchange.choosing import (
    CHOOSE_ONE,
    FROM_PAGE,
    Whom,
    from_kept,
    from_names,
    kept_choices,
)
from banzi.web.exchange.packing import Wanted
from banzi.web.shared.fields import DayInput, offer
from banzi.web.shared.languages import current_language
from banzi.web.shared.templatetags.banzi import label

_SOURCES = ("organs", "kept", "names", *FROM_PAGE)


class PackageWanted(forms.Form):
    """Whom, for whom, as of when, and what shall stay out.

    `people` and `query` are addresses of the list of persons and of a query, which the links on
    those pages bring along.
    """

    organs = forms.MultipleChoiceField(required=False)
    kept = forms.ChoiceField(label=_("已存名单或查询"), required=False)
    names = forms.CharField(
        label=_("姓名"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一人；重名的，空一格加出生年月（如 1975.03）或单位"),
    )
    people = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=8_000, widget=forms.HiddenInput)
    sender = forms.CharField(label=_("报送单位"), max_length=100)
    recipient = forms.CharField(label=_("接收单位"), max_length=100)
    purpose = forms.CharField(
        label=_("用途"), required=False, max_length=200, help_text=_("如：换届考察")
    )
    as_of = forms.DateField(
        label=_("基准日"), widget=DayInput, help_text=_("按这一天的任职确定在哪个机构")
    )
    without = forms.MultipleChoiceField(
        label=_("不附的内容"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, rights: Rights, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._rights = rights
        self.shut = left_out_for(rights.fields(Verb.RELEASE))
        organs = organs_covered_by(rights, Verb.RELEASE)
        offer(self, "organs", ((each, each) for each in sorted(organs)))
        offer(self, "kept", [("", "—"), *kept_choices(rights)])
        offer(self, "without", ((each.value, label(each)) for each in self._open()))

    def _open(self) -> Iterator[Without]:
        return (each for each in Without if each not in self.shut)

    def clean(self) -> dict[str, Any]:
        """Exactly one way of choosing persons."""
        cleaned = super().clean() or {}
        if len([each for each in _SOURCES if cleaned.get(each)]) != 1 and not self.came_along:
            raise forms.ValidationError(CHOOSE_ONE().text(current_language()))
        return cleaned

    @property
    def came_along(self) -> str:
        """The page (`FROM_PAGE`) when a list or a query brought one here; it may be of everybody."""
        brought = self.data if self.is_bound else self.initial
        return next((each for each in FROM_PAGE if each in brought), "")

    def wanted(self) -> Wanted:
        """What is asked for.

        Raises
        ------
        BanziError
            When nobody is meant, or somebody is not told apart: BadInput with every line.
        """
        cleaned = self.cleaned_data
        return Wanted(
            self._whom(cleaned["as_of"]),
            cleaned["as_of"],
            cleaned["sender"],
            cleaned["recipient"],
            cleaned["purpose"],
            tuple(each for each in Without if each.value in cleaned["without"]),
        )

    def _whom(self, day: date) -> Whom:
        cleaned, rights = self.cleaned_data, self._rights
        if self.came_along:
            return FROM_PAGE[self.came_along](cleaned[self.came_along], rights, day)
        if cleaned["organs"]:
            return Whom(organs=tuple(cleaned["organs"]))
        if cleaned["kept"]:
            return from_kept(cleaned["kept"], rights, day)
        return from_names(cleaned["names"], rights)
