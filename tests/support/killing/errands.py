"""What a clerk does on the site while something is killed, again and again until told to stop.

Each errand says what the site has acknowledged: a redirect after a form, or a page that says so.
What it asked for without an answer may have happened or not; it goes on either way.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from typing import TypeAlias

from tests.support.killing.browsing import Browser, NotThere, Unanswered

from banzi.documents.codecs.lrmx import write_form
from banzi.documents.form import Form

PERSONS_A_FILE = 12
CORRECTED = "p00-person-5"
"""The person whose file is corrected; nobody places him."""
Say: TypeAlias = Callable[[str, str], None]
"""Called with what kind of thing was acknowledged, and which."""


class Clerk:
    """One person at one browser: does an errand in a thread, over and over."""

    def __init__(self, browser: Browser) -> None:
        self.acknowledged: list[tuple[str, str]] = []
        self.errands: dict[str, Callable[[], bool]] = {
            "save": Saving(browser, self._say),
            "sign": Signing(browser, self._say),
            "read": (files := Importing(browser, self._say)).until_read,
            "import": files.until_written,
        }
        self.begun = threading.Event()
        """Set once the errand taken up is in its middle."""
        self.unanswered: list[str] = []
        self.fault: BaseException | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread()

    def take_up(self, errand: str) -> None:
        self._stop.clear()
        self.begun.clear()
        self._thread = threading.Thread(target=self._go_on, args=(self.errands[errand],))
        self._thread.start()

    def lay_down(self) -> None:
        """Returns when the last question was answered or broken off."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        if self.fault is not None:
            raise self.fault

    def _say(self, kind: str, which: str) -> None:
        self.acknowledged.append((kind, which))

    def _go_on(self, errand: Callable[[], bool]) -> None:
        while not self._stop.is_set():
            try:
                if errand():
                    self.begun.set()
            except Unanswered as told:
                self.unanswered.append(str(told))
                self._stop.wait(0.05)
            except BaseException as fault:  # told by `lay_down`
                self.fault = fault
                self.begun.set()
                return


class Saving:
    """One correction with its reason, a number that counts up."""

    def __init__(self, browser: Browser, say: Say) -> None:
        self._browser, self._say, self._number = browser, say, 0

    def __call__(self) -> bool:
        self._number += 1
        number = str(self._number)
        path = f"/people/person/{CORRECTED}/persons/-/"
        seen = re.search(r'name="seen" value="([^"]+)"', self._browser.get(path))
        assert seen, "the form says what it was made from"
        fields = {"remarks": number, "specialty": number, "name": "己六", "birth": "1980.03"}
        self._browser.post(path, seen=seen[1], why=number, paper="干部档案", **fields)
        self._say("save", number)
        return True


class Signing:
    """One draft after the other: signed, decided under a 文号, applied to the records."""

    def __init__(self, browser: Browser, say: Say) -> None:
        self._browser, self._say = browser, say
        self.drafts: list[int] = []
        self._done = 0
        self._is_unsure = False

    def __call__(self) -> bool:
        """One step. Without an answer a clerk opens the page and goes on from what it shows."""
        draft, step = self.drafts[0], STEPS[self._done]
        self._browser.get("/jobs/")  # signed in, and with a token for forms
        if self._is_unsure:
            is_done, self._is_unsure = self._looks_done(draft, step), False
        else:
            self._is_unsure = True
            self._browser.post(_address(draft, step), **_fields(draft, step))
            is_done, self._is_unsure = True, False
            self._say(step, str(draft))
        self._done += is_done
        if self._done == len(STEPS):
            self.drafts.pop(0)
            self._done = 0
        return True

    def _looks_done(self, draft: int, step: str) -> bool:
        try:
            page = self._browser.get(f"/board/draft/{draft}/decision/")
        except NotThere:  # before a draft is signed
            return False
        signs = {"sign": "", "decision": 'name="document_no"', "apply": 'name="apply"'}
        return step == "sign" or signs[step] not in page


STEPS = ("sign", "decision", "apply")


def _address(draft: int, step: str) -> str:
    return f"/board/draft/{draft}/{'sign' if step == 'sign' else 'decision'}/"


def _fields(draft: int, step: str) -> dict[str, str]:
    days = {"decided_on": "2021-07-01", "effective_on": "2021-07-05"}
    return {
        "sign": {"note": "同意"},
        "decision": {"document_no": f"云组干〔2021〕{draft}号", **days},
        "apply": {"apply": "1"},
    }[step]


class Importing:
    """Files dropped, read by the worker, written by the worker; seen on the list of imports."""

    def __init__(self, browser: Browser, say: Say) -> None:
        self._browser, self._say, self._number = browser, say, 0

    def until_read(self) -> bool:
        """As `until_written`; whether the worker is to read files now."""
        return self._look() == "reading"

    def until_written(self) -> bool:
        """One look at the list, and what it asks for; whether the worker is to write now."""
        return self._look() == "taking"

    def _look(self) -> str:
        listed = _IMPORT.findall(self._browser.get("/imports/"))
        for one, state in listed:
            if state == "taken":
                self._say("import", one)
        ready = [one for one, state in listed if state == "ready"]
        if ready:
            self._say("job", _job(self._browser.post(f"/imports/{ready[0]}/take/")))
            return "taking"
        under_way = [state for _one, state in listed if state in ("reading", "taking")]
        if under_way:
            time.sleep(0.1)
            return under_way[0]
        self._number += 1
        self._browser.get("/imports/new/")
        self._say("job", _job(self._browser.post("/imports/new/", _files(self._number))))
        return "reading"


_IMPORT = re.compile(r'href="/imports/([0-9a-f]{32})/".*?data-state="(\w+)"', re.DOTALL)


def _job(place: str) -> str:
    return place.strip("/").rpartition("/")[2]


def _files(number: int) -> dict[str, bytes]:
    """Forms of persons whom no other import has."""
    found = {}
    for person in range(PERSONS_A_FILE):
        birth = f"{1960 + number % 40}{person % 12 + 1:02d}"
        given = {"name": f"周{number}号{person}", "birth": birth, "sex": "男"}
        found[f"{person}.lrmx"] = write_form(Form(given))
    return found
