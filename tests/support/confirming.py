"""The page that asks for the password in place of a form, read and answered as a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from tests.support.accounts import PASSWORD


@dataclass(slots=True)
class AskingForm(HTMLParser):
    """The form on it: where it goes, what it carries, which files it wants anew, the way back."""

    action: str = ""
    carried: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    back: str = ""
    inside: bool = False

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "bz-narrow" in given.get("class", "")
            self.action = given["action"] if self.inside else self.action
        elif self.inside and tag == "input":
            if given["type"] == "hidden":
                self.carried.setdefault(given["name"], []).append(given["value"])
            elif given["type"] == "file":
                self.files.append(given["name"])
        elif self.inside and tag == "a":
            self.back = given["href"]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def asking_form(answer: Any) -> AskingForm:
    read = AskingForm()
    read.feed(answer.content.decode())
    return read


def confirmed(client: Client, answer: Any, password: str = PASSWORD, **more: Any) -> Any:
    """What comes when the password is given on the page."""
    form = asking_form(answer)
    return client.post(form.action, {**form.carried, "again-password": password, **more})
