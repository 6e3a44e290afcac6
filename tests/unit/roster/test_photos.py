"""Photos in a folder under the hash of their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.builders import person, roster

from banzi.kernel.errors import BadInput
from banzi.roster import Roster, load_roster, save_roster
from banzi.roster.photos import PhotoFolder, keep_photo

PICTURE = b"\xff\xd8\xff picture"
NAME = hashlib.sha256(PICTURE).hexdigest()


def with_photo() -> Roster:
    small = roster(persons=[person("甲", photo_sha256=NAME)])
    return Roster(small.as_of, small.tables, {NAME: PICTURE})


def test_a_picture_is_kept_once_and_nothing_else_lies_there(tmp_path: Path) -> None:
    for _turn in range(2):
        keep_photo(PICTURE, NAME, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert PhotoFolder(tmp_path, [NAME])[NAME] == PICTURE


def test_a_folder_shows_only_the_pictures_of_its_roster(tmp_path: Path) -> None:
    keep_photo(PICTURE, NAME, tmp_path)
    empty = PhotoFolder(tmp_path, [])
    assert NAME not in empty
    assert len(empty) == 0
    with pytest.raises(KeyError):
        empty[NAME]


def test_a_saved_roster_gives_its_pictures_when_asked(tmp_path: Path) -> None:
    save_roster(with_photo(), tmp_path / "r")
    loaded = load_roster(tmp_path / "r")
    assert dict(loaded.photos) == {NAME: PICTURE}
    save_roster(loaded, tmp_path / "copy")
    assert dict(load_roster(tmp_path / "copy").photos) == {NAME: PICTURE}
    assert dict(loaded.photos) == {NAME: PICTURE}  # copied, not moved


@pytest.mark.parametrize("spoilt", [b"\xff\xd8\xff other", None])
def test_a_picture_changed_or_gone_after_loading_is_refused(
    spoilt: bytes | None, tmp_path: Path
) -> None:
    save_roster(with_photo(), tmp_path / "r")
    loaded = load_roster(tmp_path / "r")
    picture = tmp_path / "r" / "photos" / NAME
    picture.unlink() if spoilt is None else picture.write_bytes(spoilt)
    for failing in (lambda: loaded.photos[NAME], lambda: load_roster(tmp_path / "r")):
        with pytest.raises(BadInput) as caught:
            failing()
        assert caught.value.message.code == "roster/changed-outside"
        assert caught.value.problems[0].at.file == str(picture)
