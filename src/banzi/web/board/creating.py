"""What a new project is made of: targets kept by the office or in a file, settings or the usual ones.

Everything becomes two files in the folder that the job reads, so that a project keeps what it was
made from, whatever the office sets later.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.core.files.uploadedfile import UploadedFile

from banzi.kernel.files import safe_name
from banzi.kernel.messages import MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.web.shared.fields import DayInput
from banzi.web.shared.languages import current_language
from banzi.web.targets.keeping import in_force
from banzi.web.targets.models import PostProfile, TargetSet

NOTHING = "none"
"""Choice of no targets at all: posts are filled and nothing else is asked of teams."""
_NO_TARGETS = _("不设结构目标")
_IN_FORCE = MessageKind("board/targets-in-force", _("现行结构目标：{title}（{day}）"))
_EARLIER = MessageKind("board/targets-earlier", _("以前的结构目标：{title}（{day}）"))
_FIELDS = ("targets", "settings")
_FROM_SITE = "targets-结构目标.yaml"
_USUAL = "settings-选配设置.yaml"
_SETS_SHOWN = 20


class NewProject(forms.Form):
    """What a project is made of; a file given counts before a kept set chosen beside it."""

    name = forms.CharField(label=_("名称"), max_length=120)
    as_of = forms.DateField(label=_("计算基准日"), widget=DayInput())
    target_set = forms.ChoiceField(label=_("结构目标"), required=False)
    targets = forms.FileField(
        label=_("结构目标文件"),
        required=False,
        help_text=_("banzi模板工作簿（.xlsx）或 .yaml 文件；选了文件的，以文件为准"),
    )
    settings = forms.FileField(
        label=_("选配设置文件"),
        required=False,
        help_text=_("可与结构目标为同一工作簿；不选的，用通常的设置和本单位的岗位画像"),
    )
    sealed = forms.BooleanField(label=_("密封：只有指定的人可以打开"), required=False)
    post = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        kept = list(TargetSet.objects.order_by("-is_in_force", "-pk")[:_SETS_SHOWN])
        field: Any = self.fields["target_set"]
        field.choices = [
            *((str(each.pk), _title(each)) for each in kept),
            (NOTHING, translate(_NO_TARGETS, current_language())),
        ]
        now = in_force()
        field.initial = str(now.pk) if now else NOTHING


def typed(form: NewProject) -> dict[str, Any]:
    """What somebody filled in, for `filled_again`; of files their names, as JSON values."""
    given = form.cleaned_data
    return {
        "name": given["name"],
        "as_of": given["as_of"].isoformat(),
        "target_set": given["target_set"],
        "sealed": given["sealed"],
        "post": given["post"],
        "files": chosen_files(form),
    }


def filled_again(before: Mapping[str, Any]) -> NewProject:
    """The form as it was filled in; a browser takes no file from a page."""
    return NewProject(initial={name: before[name] for name in NewProject.base_fields
                               if before.get(name) and name not in _FIELDS})  # fmt: skip


def chosen_files(form: NewProject) -> list[str]:
    """The names of the files that were given with the form."""
    files: Any = form.files
    return [str(files[field].name) for field in _FIELDS if field in files]


def keep_files(form: NewProject, folder: Path) -> dict[str, str]:
    """Put the two files into the folder; `targets` and `settings` → file name."""
    folder.mkdir(parents=True)
    given = form.cleaned_data
    names = {
        field: _kept(given[field], folder, f"{field}-") if given[field] else "" for field in _FIELDS
    }
    if not names["targets"]:
        names["targets"] = _FROM_SITE
        chosen = given["target_set"] or form.fields["target_set"].initial
        kept = TargetSet.objects.get(pk=int(chosen)) if chosen.isdecimal() else None
        text = kept.text if kept else _written({"targets": []})
        (folder / _FROM_SITE).write_text(text, encoding="utf-8", newline="\n")
    if not names["settings"]:
        names["settings"] = _USUAL
        usual = _written(usual_settings(given["name"]))
        (folder / _USUAL).write_text(usual, encoding="utf-8", newline="\n")
    return names


def own_name(folder: Path, text: str) -> str:
    """A text about files of the folder as whoever sent them knows them."""
    short = text.replace(f"{folder}{os.sep}", "")
    for field in _FIELDS:
        short = re.sub(rf"^{field}-", "", short)
    return short


def usual_settings(name: str) -> dict[str, Any]:
    """Settings of a plan where no file says otherwise: the defaults, with the office's profiles."""
    profiles = [
        {
            "title": each.title,
            "where": each.where,
            "weight": each.weight,
            **({"post_where": each.post_where} if each.post_where else {}),
        }
        for each in PostProfile.objects.order_by("title", "pk")
    ]
    return {"name": name, **({"profiles": profiles} if profiles else {})}


def _kept(file: UploadedFile[Any], folder: Path, prefix: str) -> str:
    name = safe_name(f"{prefix}{file.name}")
    with (folder / name).open("wb") as stream:
        for piece in file.chunks():
            stream.write(piece)
    return name


def _written(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)


def _title(kept: TargetSet) -> str:
    message = _IN_FORCE if kept.is_in_force else _EARLIER
    return message(title=kept.title, day=kept.saved_at.date()).text(current_language())
