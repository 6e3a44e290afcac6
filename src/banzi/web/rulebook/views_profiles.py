"""岗位画像: what posts want of their holders, as conditions with points; never a score of a person."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.settling import read_condition
from banzi.structure.vocabulary import PERSON_WORDS, POST_WORDS, Vocabulary
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import rights_of
from banzi.web.audit.acts import act
from banzi.web.records.conditions import ConditionEditor, matches
from banzi.web.records.sight import sight
from banzi.web.rulebook.pages import need_to_set, page
from banzi.web.shared.today import as_of
from banzi.web.targets.models import PostProfile

NEEDED = MessageKind("profiles/needed", _("“{field}”没有填；请填写"))
WHOLE = MessageKind("profiles/whole-number", _("分值“{value}”不是整数；请填整数"))
NO_CONDITION = MessageKind("profiles/no-condition", _("没有对人的条件；请至少添加一行"))
_TITLE, _SOURCE, _WEIGHT = _("名称"), _("依据"), _("分值")


@dataclass
class ProfileForm:
    """A profile being edited."""

    title: str
    weight: str
    source: str
    post_editor: ConditionEditor
    where_editor: ConditionEditor
    problems: list[Message] = field(default_factory=list)

    @classmethod
    def of(cls, kept: PostProfile | None) -> ProfileForm:
        if kept is None:
            return cls(
                "", "10", "", _editor("", "post", POST_WORDS), _editor("", "where", PERSON_WORDS)
            )
        return cls(
            kept.title,
            str(kept.weight),
            kept.source,
            _editor(kept.post_where, "post", POST_WORDS),
            _editor(kept.where, "where", PERSON_WORDS),
        )

    @classmethod
    def posted(cls, data: QueryDict) -> ProfileForm:
        return cls(
            data.get("title", "").strip(),
            data.get("weight", "").strip(),
            data.get("source", "").strip(),
            ConditionEditor.posted(data, "post", POST_WORDS),
            ConditionEditor.posted(data, "where", PERSON_WORDS),
        )

    @property
    def is_editing(self) -> bool:
        return self.post_editor.is_editing or self.where_editor.is_editing

    def values(self) -> dict[str, object] | None:
        """Fields of the profile; None with `problems` where something is wrong."""
        self.problems = []
        for name, value in ((_TITLE, self.title), (_SOURCE, self.source), (_WEIGHT, self.weight)):
            if not value:
                self.problems.append(NEEDED(field=name))
        if self.weight and not self.weight.lstrip("-").isdecimal():
            self.problems.append(WHOLE(value=self.weight))
        where = self.where_editor.tree()
        self.post_editor.tree()
        self.problems += [*self.post_editor.problems, *self.where_editor.problems]
        if where is None and not self.where_editor.problems:
            self.problems.append(NO_CONDITION())
        self.post_editor.problems, self.where_editor.problems = [], []
        if self.problems:
            return None
        return {
            "title": self.title[:100],
            "weight": int(self.weight),
            "source": self.source[:200],
            "post_where": self.post_editor.said,
            "where": self.where_editor.said,
        }


def _editor(text: str, prefix: str, words: Vocabulary) -> ConditionEditor:
    tree = read_condition(text, words, lambda message: None) if text else None
    return ConditionEditor.of(tree, prefix, words)


@allowed(Verb.VIEW)
def profiles(request: HttpRequest) -> HttpResponse:
    """Every profile with its sentences and source."""
    listed = PostProfile.objects.order_by("title", "pk")
    return page(request, "rulebook/profiles.html", {"profiles": listed})


@allowed(Verb.VIEW)
def edit(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """One profile in the editor, with who in sight meets it."""
    need_to_set(request)
    kept = None if number is None else get_object_or_404(PostProfile, pk=number)
    if request.method != "POST":
        return _form(request, ProfileForm.of(kept), kept)
    form = ProfileForm.posted(request.POST)
    if form.is_editing or "save" not in request.POST:
        return _form(request, form, kept)
    values = form.values()
    if values is None:
        response = _form(request, form, kept)
        response.status_code = 422
        return response
    with act("profiles.save", by=rights_of(request).account, about=form.title, source=form.source):
        if kept is None:
            PostProfile.objects.create(**values)
        else:
            PostProfile.objects.filter(pk=kept.pk).update(**values)
    return HttpResponseRedirect(reverse("profiles"))


def _form(request: HttpRequest, form: ProfileForm, kept: PostProfile | None) -> HttpResponse:
    mine = sight(rights_of(request), as_of(request))
    problems = list(form.where_editor.problems)
    tree = form.where_editor.tree()
    form.where_editor.problems = problems
    found = matches(mine.facts_at(mine.as_of), tree, PERSON_WORDS) if tree is not None else None
    return page(request, "rulebook/profile.html", {"form": form, "kept": kept, "found": found})


@allowed(Verb.VIEW)
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    need_to_set(request)
    kept = get_object_or_404(PostProfile, pk=number)
    with act("profiles.remove", by=rights_of(request).account, about=kept.title):
        kept.delete()
    return HttpResponseRedirect(reverse("profiles"))
