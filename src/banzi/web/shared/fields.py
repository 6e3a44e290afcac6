"""Fields of forms that several packages show alike."""

from __future__ import annotations

from django import forms


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar; it reads and shows the ISO form alone."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
