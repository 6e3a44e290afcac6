"""How well titles are read: the planted table, and every stay of the demonstration's officials.

    PYTHONPATH=src:. python benchmarks/titles.py

The demonstration's appointments say which organ and post each stay was; all organs they name make
the table. Each stay is read as written and in planted variants: without 中共, without the province,
with usual abbreviations, without the place (which often cannot be told, and should stay open).
"""

from __future__ import annotations

import re
import time
from collections import Counter

from tests.support.titles import knowledge, planted

from banzi.demo.world import build_world
from banzi.documents.titles.guessing import Knowledge, guess_title
from banzi.documents.titles.organ_names import Organ, organ_of
from banzi.documents.titles.parsing import is_phrase, parts_of

PLACE = re.compile(r"^(?:中共)?[^省市县区]{2,3}[省市县区](?:[^省市县区]{2,3}[市县区])?")
SHORTER = (
    ("人民政府", "政府"),
    ("科学技术", "科技"),
    ("发展和改革", "发改"),
    ("林业和草原", "林草"),
)


def variants(text: str) -> dict[str, str]:
    """Ways to write a title; those that change nothing are left out."""
    made = {"as written": text, "without 中共": text.removeprefix("中共")}
    short = text
    for full, brief in SHORTER:
        short = short.replace(full, brief)
    made["abbreviated"] = short
    made["without place"] = PLACE.sub("", text)
    return {name: each for name, each in made.items() if name == "as written" or each != text}


def main() -> None:
    outcomes: Counter[tuple[str, str]] = Counter()
    for each in planted():
        guess = guess_title(each.title, KNOWN)[-1]
        kind = "telling" if each.tells else "not telling"
        outcomes[f"planted, {kind}", outcome(guess.organ_id, each.organ_id)] += 1
    stays = [stay for person in build_world(1).officials for stay in person.steps]
    names = sorted({organ for stay in stays for organ, _post in stay.titles})
    known = Knowledge.of([an_organ(name) for name in names], [])
    began, read = time.process_time(), 0
    for stay in stays:
        wanted = {organ for organ, _post in stay.titles}
        # 办公室主任 of a department is a post of an office inside it, which is no organ of the table.
        own = {
            part.text
            for _organ, post in stay.titles
            for part in parts_of(post)
            if is_phrase(part.text)
        }
        for variant, text in variants(stay.text).items():
            for guess in guess_title(text, known):
                read += 1
                told = "open" if guess.organ_id is None else "wrong"
                if guess.organ_id in wanted:
                    told = "right"
                kind = variant if guess.post_text in own else f"inner office, {variant}"
                outcomes[f"demo, {kind}", told] += 1
                outcomes[f"demo, confidence {guess.confidence.value}", told] += 1
    spent = time.process_time() - began
    print(f"{len(names)} organs, {read} posts read in {spent:.2f} s")
    for kind in dict.fromkeys(kind for kind, _told in sorted(outcomes)):
        right, wrong, left = (outcomes[kind, told] for told in ("right", "wrong", "open"))
        precision = right / (right + wrong) if right + wrong else 1
        recall = right / (right + wrong + left)
        print(f"{kind:34} right {right:5} wrong {wrong:4} open {left:5}", end="  ")
        print(f"precision {precision:.3f} recall {recall:.3f}")


def an_organ(name: str) -> Organ:
    row = dict.fromkeys(("short_name", "former_names", "division_code", "organ_level"))
    return organ_of({**row, "organ_id": name, "organ_name": name})


def outcome(found: str | None, wanted: str) -> str:
    return "open" if found is None else "right" if found == wanted else "wrong"


KNOWN = knowledge()

if __name__ == "__main__":
    main()
