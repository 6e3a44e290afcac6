"""Forms of signing in and of the administrators' pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.db.models import QuerySet

from banzi.codes.lookup import load
from banzi.kernel.columns import FieldClass
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account, Office, Verb
from banzi.web.accounts.passwords import what_is_wrong
from banzi.web.shared.fields import DayInput, offer
from banzi.web.shared.languages import current_language
from banzi.web.shared.templatetags.banzi import label, say

_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "current-password"})
_FIRST_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(label=_("密码"), widget=_PASSWORD, strip=False)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ConfirmForm(forms.Form):
    password = forms.CharField(label=_("密码"), widget=_FIRST_PASSWORD, strip=False)


class OwnPasswordForm(forms.Form):
    """A new password of one's own, told every rule it breaks."""

    present = forms.CharField(label=_("现在的密码"), widget=_FIRST_PASSWORD, strip=False)
    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        wrong = [each.text(current_language()) for each in what_is_wrong(new, self.account)]
        if wrong:
            raise forms.ValidationError(wrong)
        return new

    def clean(self) -> None:
        data = self.cleaned_data
        if "new" in data and data.get("again") != data["new"]:
            self.add_error("again", say(_("两次输入的新密码不一致")))


class NewAccountForm(forms.Form):
    username = forms.SlugField(
        label=_("登录名"), max_length=60, help_text=_("字母、数字、横线或下划线；以后不能改")
    )
    name = forms.CharField(label=_("姓名"), max_length=60)
    staff_number = forms.CharField(
        label=_("工号"), max_length=60, help_text=_("本单位人员编号；一个工号一个账号")
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由或依据"), max_length=300)


class OfficeForm(ReasonForm):
    office = forms.ChoiceField(label=_("职责"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, label(each)) for each in Office if each is not Office.NONE]
        offer(self, "office", choices)

    def chosen(self) -> Office:
        return Office.of(self.cleaned_data["office"])


class GrantForm(forms.Form):
    """What is granted: verbs, organs, levels, field classes, period, and why."""

    verbs = forms.MultipleChoiceField(label=_("可以做什么"), widget=forms.CheckboxSelectMultiple)
    organ = forms.ChoiceField(
        label=_("机构"), required=False, help_text=_("含全部下级机构；不选为全部人员")
    )
    levels = forms.MultipleChoiceField(
        label=_("职务层次"), required=False, help_text=_("按住 Ctrl 可多选；不选为各层次")
    )
    fields_held = forms.MultipleChoiceField(
        label=_("除基本信息外还可见"), required=False, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.DateField(
        label=_("起"), required=False, help_text=_("不填为今天"),
        widget=DayInput(),
    )  # fmt: skip
    until = forms.DateField(
        label=_("止（不含当日）"), required=False, help_text=_("不填为长期"),
        widget=DayInput(),
    )  # fmt: skip
    why = forms.CharField(label=_("理由或依据"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "verbs", [(each.value, label(each)) for each in Verb])
        classes = [each for each in FieldClass if each is not FieldClass.BASIC]
        offer(self, "fields_held", [(each.value, label(each)) for each in classes])
        offer(self, "organ", [("", say(_("全部人员"))), *organs_as_tree()])
        offer(self, "levels", _levels())


def organs_as_tree(organ_ids: QuerySet[Any, str] | None = None) -> list[tuple[str, str]]:
    """These organs (None: all) as a tree: each below its superior, moved in by one blank a step."""
    rows = apps.get_model("records", "Organs")._default_manager.order_by("organ_id")
    if organ_ids is not None:
        rows = rows.filter(pk__in=organ_ids)
    below: dict[str | None, list[tuple[str, str]]] = {}
    names = list(rows.values_list("organ_id", "organ_name", "superior_organ_id"))
    known = {organ for organ, _name, _superior in names}
    for organ, name, superior in names:
        below.setdefault(superior if superior in known else None, []).append((organ, name))
    found: list[tuple[str, str]] = []
    waiting = [(organ, name, 0) for organ, name in reversed(below.get(None, []))]
    while waiting:
        organ, name, depth = waiting.pop()
        found.append((organ, "\u3000" * depth + name))
        waiting += [(each, called, depth + 1) for each, called in reversed(below.get(organ, []))]
    return found


def _levels() -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in load("post_level_zb09").rows]
