"""As many distinct `.lrmx` files as wanted, made from the demonstration's 150 forms.

Every copy has a name, an ID number, dates, relatives and a picture of its own; the text of the
résumé keeps its length and shape. The picture is a JPEG header in the right proportions with noise
behind it: as large as photos are (10 to 40 kB), and nothing to look at.

    python -m benchmarks.many_forms FOLDER COUNT [SEED]
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from banzi.codes.id_numbers import with_check_digit
from banzi.demo.files import FORMS, write_files
from banzi.demo.knobs import load_vocabulary
from banzi.demo.naming import Names
from banzi.documents.codecs.lrmx import read_form, write_form
from banzi.documents.form import FamilyMember, Form
from banzi.people.choices import Sex

FOLDER_SIZE = 1000
"""Files a folder: offices sort their forms by unit, and no file manager likes 100,000 in one."""

_SHIFTED = ("birth", "work_started", "party_text")
_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?=[.\d])")
_WOMEN = re.compile("[妻母女姐妹奶婆嫂]")


def write_many_forms(folder: Path, count: int, seed: int = 1) -> None:
    """Write `count` forms below the folder; the same seed gives the same bytes."""
    rng = Random(seed)  # noqa: S311 (test data)
    originals = _originals(seed)
    words = load_vocabulary()
    for number in range(count):
        form = originals[number % len(originals)]
        below = folder / f"{number // FOLDER_SIZE:03d}"
        below.mkdir(parents=True, exist_ok=True)
        made = _another(form, number, rng, Names(rng, words))
        (below / f"{number:06d}{made['name']}.lrmx").write_bytes(write_form(made))


def _originals(seed: int) -> list[Form]:
    with TemporaryDirectory() as folder:
        files = Path(folder) / "demo"
        write_files(files, seed)
        paths = sorted((files / FORMS).iterdir())
        return [read_form(path.read_bytes(), path.name) for path in paths]


def _another(form: Form, number: int, rng: Random, names: Names) -> Form:
    """The form of somebody born up to nine years earlier, with the life of the original."""
    earlier = rng.randrange(10)
    sex = Sex.from_zh(form["sex"]) or Sex.MALE
    surname = names.surname()
    fields = dict(form.fields)
    for column in _SHIFTED:
        fields[column] = _shifted(fields.get(column, ""), earlier)
    fields["resume_text"] = _shifted(fields.get("resume_text", ""), earlier)
    fields["name"] = surname + names.given(sex)
    birth = fields["birth"][:6]
    day, sequence = number // 500 % 28 + 1, number % 500 * 2 + (sex is Sex.MALE)
    division = f"9901{number // 14_000 % 90 + 10}"
    fields["id_number"] = with_check_digit(f"{division}{birth}{day:02d}{sequence:03d}")
    family = tuple(_relative(member, earlier, surname, names) for member in form.family)
    return replace(form, fields=fields, family=family, photo=_picture(rng))


def _relative(member: FamilyMember, earlier: int, surname: str, names: Names) -> FamilyMember:
    sex = Sex.FEMALE if _WOMEN.search(member.relation) else Sex.MALE
    own = surname if member.relation.endswith(("子", "女", "父亲")) else names.surname()
    return replace(member, name=own + names.given(sex), birth=_shifted(member.birth, earlier))


def _shifted(text: str, years: int) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) - years), text)


def _picture(rng: Random, width: int = 320, height: int = 400) -> bytes:
    noise = rng.randbytes(rng.randrange(10_000, 40_000))
    comment = b"\xff\xfe" + (len(noise) + 2).to_bytes(2, "big") + noise
    frame = b"\xff\xc0\x00\x0b\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8" + comment + frame + b"\x01\x01\x11\x00\xff\xd9"


if __name__ == "__main__":
    write_many_forms(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:]))
