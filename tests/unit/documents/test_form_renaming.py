from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banzi.documents.form_order import Subject
from banzi.documents.form_renaming import Pattern, carry_out, plan, undo
from banzi.kernel.errors import BadInput, BanziError


def subjects(folder: Path, *people: tuple[str, str, str]) -> list[Subject]:
    """(file, name, ID number), each file holding its own first name."""
    for file, _name, _id in people:
        (folder / file).write_text(file, "utf-8")
    return [Subject(name, number, str(folder / file), file) for file, name, number in people]


def codes(found: list[Subject], pattern: Pattern) -> list[str]:
    return [problem.message.code for problem in plan(found, pattern)[1]]


def held(folder: Path) -> dict[str, str]:
    files = (path for path in folder.iterdir() if path.suffix != ".csv")
    return {path.name: path.read_text("utf-8") for path in files}


def test_files_get_number_and_name_and_keep_their_ending(tmp_path: Path) -> None:
    people = subjects(tmp_path, ("b.LRMX", "王力", "1"), ("a.lrmx", "李明", "2"))
    steps, problems = plan(people, Pattern.NUMBER_NAME, 9)
    assert [step.new.name for step in steps] == ["9王力.LRMX", "10李明.lrmx"]
    assert not problems


def test_two_of_one_name_get_their_id_numbers(tmp_path: Path) -> None:
    people = subjects(tmp_path, ("1.lrmx", "王力", "111"), ("2.lrmx", "王力", "222"))
    steps, problems = plan(people, Pattern.NAME)
    assert [step.new.name for step in steps] == ["王力111.lrmx", "王力222.lrmx"]
    assert not problems
    same = subjects(tmp_path, ("1.lrmx", "王力", ""), ("2.lrmx", "王力", ""))
    assert codes(same, Pattern.NAME) == ["form-renaming/same"]


def test_a_name_that_another_file_has_is_never_taken(tmp_path: Path) -> None:
    people = subjects(tmp_path, ("1.lrmx", "王力", "111"))
    (tmp_path / "王力.lrmx").write_text("somebody else", "utf-8")
    assert codes(people, Pattern.NAME) == ["form-renaming/taken"]


def test_an_id_number_that_is_missing_is_no_name(tmp_path: Path) -> None:
    people = subjects(tmp_path, ("1.lrmx", "王力", ""))
    assert codes(people, Pattern.NAME_ID) == ["form-renaming/no-id-number"]


def test_files_may_change_places_and_back(tmp_path: Path) -> None:
    people = subjects(tmp_path, ("1王力.lrmx", "李明", ""), ("1李明.lrmx", "王力", ""))
    before = held(tmp_path)
    swapped = [people[0], people[1]]
    steps, problems = plan(swapped, Pattern.NAME)
    assert not problems
    record = carry_out(steps, tmp_path)
    assert held(tmp_path) == {"李明.lrmx": "1王力.lrmx", "王力.lrmx": "1李明.lrmx"}
    again = [
        Subject("王力", "", str(tmp_path / "李明.lrmx"), ""),
        Subject("李明", "", str(tmp_path / "王力.lrmx"), ""),
    ]
    second = carry_out(plan(again, Pattern.NAME)[0], tmp_path)
    assert held(tmp_path) == {"王力.lrmx": "1王力.lrmx", "李明.lrmx": "1李明.lrmx"}
    assert second != record
    undo(second)
    undo(record)
    assert held(tmp_path) == before


def test_the_photo_of_an_old_form_goes_with_it(tmp_path: Path) -> None:
    people = subjects(tmp_path, ("x.lrm", "王力", ""))
    (tmp_path / "x.pic").write_text("photo", "utf-8")
    steps, _problems = plan(people, Pattern.NAME)
    carry_out(steps, tmp_path)
    assert held(tmp_path) == {"王力.lrm": "x.lrm", "王力.pic": "photo"}


def test_a_renaming_that_fails_half_way_gives_every_name_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = subjects(tmp_path, ("1.lrmx", "王力", ""), ("2.lrmx", "李明", ""))
    steps, _problems = plan(people, Pattern.NAME)
    before, renamed = held(tmp_path), Path.rename

    def failing(path: Path, target: Path) -> Path:
        if Path(target).name == "李明.lrmx":
            raise PermissionError(13, "in use", str(path))
        return renamed(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(BanziError):
        carry_out(steps, tmp_path)
    assert held(tmp_path) == before
    assert not list(tmp_path.glob("*.csv"))


def test_undoing_says_what_is_gone_and_renames_nothing(tmp_path: Path) -> None:
    people = subjects(tmp_path, ("1.lrmx", "王力", ""), ("2.lrmx", "李明", ""))
    record = carry_out(plan(people, Pattern.NAME)[0], tmp_path)
    (tmp_path / "李明.lrmx").unlink()
    with pytest.raises(BadInput) as bad:
        undo(record)
    assert [each.message.code for each in bad.value.problems] == ["form-renaming/gone"]
    assert held(tmp_path) == {"王力.lrmx": "1.lrmx"}
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(BadInput):
        undo(tmp_path / "other.csv")


people = st.lists(
    st.tuples(
        st.sampled_from(["王力", "李明", "王/力", "A明", "a明"]), st.sampled_from(["", "1", "2"])
    ),
    max_size=6,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=people, pattern=st.sampled_from(list(Pattern)))
def test_no_file_is_ever_lost_and_undoing_restores_all(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str]], pattern: Pattern
) -> None:
    folder = tmp_path_factory.mktemp("forms")
    given = [(f"{at}王力.lrmx", name, number) for at, (name, number) in enumerate(drawn)]
    found = subjects(folder, *given)
    before = held(folder)
    steps, problems = plan(found, pattern)
    if problems or not steps:
        return
    record = carry_out(steps, folder)
    assert sorted(held(folder).values()) == sorted(before.values())
    undo(record)
    assert held(folder) == before
