"""Fields of forms that several packages show alike."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar; it reads and shows the ISO form alone."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Set what a field lets one choose from, where that is known only when the form is shown."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so
    field.choices = list(choices)
