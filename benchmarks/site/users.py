"""The people of the load, for locust, which runs this in a process of its own (it patches sockets).

Everybody signs in with a password as a person would, then opens pages with three to eight seconds
of thought between them. What came back, when and how soon is written to the file LOAD_RECORD names.
Static files are not asked for: a browser keeps them.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from itertools import count
from typing import Any

from locust import HttpUser, between, events, task

PASSWORD = os.environ.get("LOAD_PASSWORD", "")
_NUMBERS = count()
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_PERSON = re.compile(r'href="/people/person/([^/"]+)/"')
_TEAM = re.compile(r'href="/teams/([^/"?]+)/')
_PART = re.compile(r'hx-get="(/teams/[^"]+)" hx-trigger="load"')
_NAMES = ("王兰岫", "黎承远", "林泠潇", "孙景暄", "邓晗", "胡翰", "汪炜", "彭璋铉")
_PINYIN = ("wanglan", "lichengyuan", "linling", "sunjing", "denghan", "zhang", "chen", "pengzh")
_INITIALS = ("wly", "lcy", "llx", "sjx", "dhx", "zxm", "pzx", "wx")
_OTHERS = ("副市长", "组织部 1975", "1975.03", "云岭市", "统战部部长")
_FILTERS = (
    "sex=female", "party=other", "seated=yes", "seated=no", "age-from=45&age-to=50", "level=1A22",
    "sex=female&age-to=45&seated=yes", "order=strokes", "order=pinyin", "order=youngest", "order=seated",
)  # fmt: skip

_records: list[tuple[float, str, float, str]] = []
_times: dict[str, float] = {}


@events.request.add_listener  # type: ignore[untyped-decorator]
def _note(name: str, response_time: float, exception: Any, **_given: Any) -> None:
    _records.append((time.time(), name, response_time, repr(exception) if exception else ""))


@events.spawning_complete.add_listener  # type: ignore[untyped-decorator]
def _all_in(**_given: Any) -> None:
    _times["spawned"] = time.time()


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def _write(**_given: Any) -> None:
    told = {"requests": _records, "spawned": _times.get("spawned"), "ended": time.time()}
    with open(os.environ["LOAD_RECORD"], "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(told, file)


class Clerk(HttpUser):
    """Somebody of the office; the account decides what is seen."""

    wait_time = between(3, 8)

    def on_start(self) -> None:
        number = next(_NUMBERS)
        self.draw = random.Random(number)  # noqa: S311 - nothing secret
        self.persons: list[str] = []
        page = self.client.get("/login/", name="sign in").text
        given = {"username": f"u{number}", "password": PASSWORD, "next": "/people/",
                 "csrfmiddlewaretoken": _TOKEN.search(page)[1]}  # type: ignore[index]  # fmt: skip
        self._get("/login/", "sign in", data=given)
        self.teams: list[str] = []

    def _get(self, path: str, name: str, fragment: bool = False, **given: Any) -> str:
        """The text of a page; one that did not come as it should is an error."""
        headers = {"HX-Request": "true"} if fragment else {}
        verb = "POST" if "data" in given else "GET"
        with self.client.request(verb, path, name=name, headers=headers, catch_response=True,
                                 **given) as answer:  # fmt: skip
            text = answer.text or ""
            if answer.status_code == 200 and (fragment or "csrfmiddlewaretoken" in text):
                if 'name="password"' in text:
                    answer.failure("not signed in")
            else:
                answer.failure(f"{answer.status_code} {path}")
            return text

    def _found(self, text: str) -> None:
        self.persons = list(dict.fromkeys(_PERSON.findall(text))) or self.persons

    @task(6)
    def page_of_list(self) -> None:
        page = self.draw.choice((1, 1, 2, 3, 20))
        self._found(self._get(f"/people/?page={page}", "list"))

    @task(6)
    def filtered(self) -> None:
        path = f"/people/?{self.draw.choice(_FILTERS)}"
        self._found(self._get(path, "list, filtered", fragment=True))

    @task(8)
    def search(self) -> None:
        kind = self.draw.choice((_NAMES, _PINYIN, _INITIALS, _OTHERS))
        path = f"/people/?q={self.draw.choice(kind)}"
        self._found(self._get(path, "search", fragment=True))

    @task(10)
    def person(self) -> None:
        if self.persons:
            self._get(f"/people/person/{self.draw.choice(self.persons)}/", "person")

    @task(5)
    def team(self) -> None:
        if not self.teams:
            found = _TEAM.findall(self._get("/teams/", "teams"))
            self.teams = [each for each in found if each != "compare"]
            return
        path = f"/teams/{self.draw.choice(self.teams)}/"
        page = self._get(path, "team")
        for part in _PART.findall(page):  # what the page fetches by itself
            self._get(part, f"team, {part.split('/')[3]}", fragment=True)

    @task(2)
    def home(self) -> None:
        self._get("/", "home")

    @task(1)
    def history(self) -> None:
        if self.persons:
            self._get(f"/people/person/{self.draw.choice(self.persons)}/history/", "history")

    @task(1)
    def export(self) -> None:
        path = f"/people/?q={self.draw.choice(_NAMES)}"
        token = _TOKEN.search(self._get(path, "list"))
        if token is None:
            return
        with self.client.post(f"/people/export/?q={self.draw.choice(_NAMES)}", name="export",
                              data={"csrfmiddlewaretoken": token[1]}, catch_response=True,
                              allow_redirects=False) as answer:  # fmt: skip
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code} export")
