"""What templates may say beyond Django's own: texts in the language of the request."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.utils.safestring import SafeString

from banzi.kernel.columns import Column, Labelled, Table
from banzi.kernel.messages import Message, render, translate
from banzi.web.shared.languages import current_language

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
def label(value: Labelled) -> str:
    """A value of a closed list by name, in the language of the request."""
    return value.zh if current_language() == "zh" else value.en


@register.filter
def title_of(declared: Column | Table) -> str:
    """The name of a declared column or table, in the language of the request."""
    return declared.zh if current_language() == "zh" else declared.en


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field in the styles of the site, tied to its help and marked when it is wrong."""
    widget = field.field.widget
    kind = "form-control"
    if isinstance(widget, CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, Select):
        kind = "form-select"
    wrong = " is-invalid" if field.errors else ""
    return field.as_widget(
        attrs={"class": f"{widget.attrs.get('class', '')} {kind}{wrong}".strip()}
    )
