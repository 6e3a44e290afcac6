"""What templates may say beyond Django's own: texts in the language of the request."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Select
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from banzi.codes.lookup import name_of
from banzi.kernel.columns import Column, Labelled, Table
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import Message, name_in, render, translate
from banzi.roster import TABLES
from banzi.structure.targets import TARGETS
from banzi.web.shared.languages import current_language
from banzi.web.shared.links import person_url

register = template.Library()


@register.simple_tag
def t(chinese: str, **values: object) -> str:
    """`{% t "共{count}人" count=n %}`: the text in the language of the request, values filled in."""
    return render(chinese, values, current_language())


@register.filter
def say(text: object) -> str:
    """A message, or a Chinese text marked elsewhere, in the language of the request."""
    if isinstance(text, Message):
        return text.text(current_language())
    return translate(str(text), current_language())


@register.filter
def title_of(declared: Column | Table) -> str:
    """The name of a declared column or table, in the language of the request."""
    return name_in(declared, current_language())


_BOX = '<label class="form-check">{} <span class="form-check-label">{}</span></label>'


def _box(each: BoundWidget) -> SafeString:
    each.data["attrs"]["class"] = "form-check-input"
    return each.tag()


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field in the styles of the site, tied to its help and marked when it is wrong."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple):
        return format_html_join("", _BOX, ((_box(each), each.choice_label) for each in field))
    kind = "form-control"
    if isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, Select):
        kind = "form-select"
    wrong = " is-invalid" if field.errors else ""
    return field.as_widget(
        attrs={"class": f"{widget.attrs.get('class', '')} {kind}{wrong}".strip()}
    )


@register.filter
def label(value: object, column: str = "") -> str:
    """A value of a closed list by name; with a column, a stored value: `{{ sex|label:"persons.sex" }}`."""
    if isinstance(value, Labelled):
        return name_in(value, current_language())
    table, _dot, name = column.partition(".")
    declared = (TARGETS if table == TARGETS.name else TABLES[table])[name]
    if value in (None, ""):
        return ""
    language = current_language()
    if declared.choices is not None:
        choice = declared.choices.from_value(value)
        return str(value) if choice is None else name_in(choice, language)
    if declared.codes:
        return name_of(declared.codes, str(value)) or str(value)
    return str(value)


@register.filter
def month(value: int | None) -> str:
    """A partial date up to its month: `1980.01`, `1980`."""
    return PartialDate(value).dotted()[:7] if value else ""


@register.simple_tag
def person_link(person_id: str, name: str) -> SafeString:
    """A name that leads to the person's page."""
    return format_html('<a href="{}">{}</a>', person_url(person_id), name)
