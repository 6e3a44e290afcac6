"""The form of a new token: only what the account itself may do is offered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from banzi.kernel.columns import FieldClass
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.forms import organs_as_tree
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.api.models import Area
from banzi.web.api.offering import verbs_asked
from banzi.web.api.tokens import Limits, last_day
from banzi.web.shared.fields import DayInput
from banzi.web.shared.templatetags.banzi import label, say


class TokenForm(forms.Form):
    """What a token is called, opens, may do, and how long."""

    title = forms.CharField(
        label=_("标题"), max_length=60, help_text=_("哪个程序使用、在哪台机器上；操作记录按此查找")
    )
    areas = forms.MultipleChoiceField(label=_("可以读"), widget=forms.CheckboxSelectMultiple)
    verbs = forms.MultipleChoiceField(
        label=_("可以做什么"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("读取用“查看”；下载工作簿另需“发布”。不能超出本人今天的权限"),
    )  # fmt: skip
    fields_held = forms.MultipleChoiceField(
        label=_("除基本信息外还可见"), widget=forms.CheckboxSelectMultiple, required=False
    )
    organ = forms.ChoiceField(
        label=_("机构"), required=False, help_text=_("含全部下级机构；不选即本人的全部范围")
    )
    until = forms.DateField(
        label=_("止（不含当日）"), widget=DayInput(),
        help_text=_("必填，最长一年"),
    )  # fmt: skip

    def __init__(self, rights: Rights, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = [each for each in Verb if rights.may(each) and each in verbs_asked()]
        held = frozenset().union(*(rights.fields(each) for each in verbs))
        areas = list(Area) if verbs else [Area.JOBS]
        self._choose("areas", [(each.value, label(each)) for each in areas])
        self._choose("verbs", [(each.value, label(each)) for each in verbs])
        classes = [each for each in FieldClass if each in held and each is not FieldClass.BASIC]
        self._choose("fields_held", [(each.value, label(each)) for each in classes])
        if verbs:
            whole = ("", say(_("本人的全部范围")))
            self._choose("organ", [whole, *organs_as_tree(rights.organs(verbs[0]).union(
                *(rights.organs(each) for each in verbs[1:])))])  # fmt: skip
        for name in ("verbs", "fields_held", "organ"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]  # a choice field
                del self.fields[name]
        if "verbs" in self.fields:
            self.fields["verbs"].initial = [Verb.VIEW.value]
        last = last_day(timezone.localdate())
        self.fields["until"].widget.attrs["max"] = last.isoformat()

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def limits(self) -> Limits:
        given = self.cleaned_data
        return Limits(
            verbs=frozenset(each for each in Verb if each in given.get("verbs", ())),
            areas=frozenset(each for each in Area if each in given["areas"]),
            fields=frozenset(each for each in FieldClass if each in given.get("fields_held", ())),
            organ_id=given.get("organ") or None,
        )
