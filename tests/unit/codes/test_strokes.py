"""姓氏笔画 order: the published examples, padding, brackets, ties, unknown characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.codes.stroke_table import Strokes, read_overrides, shipped
from banzi.codes.strokes import digits_key, sort_names, stroke_key
from banzi.kernel.errors import BadInput


def in_order(*names, **options):
    """The order of the names given backwards, so that input order cannot help."""
    return list(sort_names(list(reversed(names)), **options).names)


@pytest.mark.parametrize(
    "names",
    [
        ["丁", "卜", "刁"],
        ["于", "万", "习", "马"],
        ["王力", "王小明"],
        ["王力", "王一明"],
        ["孔", "巴"],
        ["叶", "申"],
        ["次", "衣"],
        ["丁某", "欧阳某", "诸葛某"],
        ["王", "王力"],
        ["马某", "马某某"],
    ],
)
def test_published_order(names):
    assert in_order(*names) == names


def test_personal_name_order_leaves_the_surname_blank_out():
    assert in_order("王一明", "王力", surname_blank=False) == ["王一明", "王力"]
    assert in_order("王力", "王一明", surname_blank=True) == ["王力", "王一明"]


def test_among_longer_names_length_does_not_count():
    assert in_order("王一二三", "王力力") == ["王一二三", "王力力"]


def test_padding_brackets_and_dots_do_not_count():
    plain = stroke_key("王力")
    for written in (
        "王　力",
        "王 力",
        "王力（女，回族）",
        "王力(女)",
        "王力（女（回族））",
        "王力〔甲县〕",
    ):
        assert stroke_key(written) == plain
    assert stroke_key("买买提·艾力") == stroke_key("买买提•艾力") == stroke_key("买买提艾力")


def test_names_come_back_as_they_were_written():
    written = ["王小明", "王　力（女，回族）", "丁 一"]
    result = sort_names(written)
    assert list(result.names) == ["丁 一", "王　力（女，回族）", "王小明"]
    assert list(result.order) == [2, 1, 0]


def test_unknown_character_is_last_and_reported():
    result = sort_names(["\U00030edd某", "鑫鑫", "王\U00030edd"])
    assert list(result.names) == ["王\U00030edd", "鑫鑫", "\U00030edd某"]
    (unknown,) = result.unknown
    assert unknown.character == "\U00030edd"
    assert set(unknown.names) == {"王\U00030edd", "\U00030edd某"}


def test_identical_names_keep_their_order_and_are_reported():
    result = sort_names(["王力（乙县）", "丁一", "王　力（甲县）"])
    assert list(result.names) == ["丁一", "王力（乙县）", "王　力（甲县）"]
    assert result.identical == ((0, 2),)


def test_a_tie_is_reported_and_can_be_settled():
    first, second = sorted(("末", "未"))
    result = sort_names([second, first])
    assert list(result.names) == [first, second]
    (tie,) = result.tie_decided
    assert (tie.first, tie.second, tie.names) == (first, second, (first, second))
    turned = {
        first: Strokes(shipped()[first].sequence, 1, settled=True),
        second: Strokes(shipped()[second].sequence, 0, settled=True),
    }
    settled = sort_names([first, second], overrides=turned)
    assert list(settled.names) == [second, first]
    assert settled.tie_decided == ()


def test_a_confirmed_tie_is_not_reported():
    assert sort_names(["叶一", "申一"]).tie_decided == ()


def test_a_tie_that_rule_two_overrules_is_not_reported():
    """王末 stands before 王未一 because it is short, whatever the order of 未 and 末."""
    result = sort_names(["王未一", "王末"])
    assert list(result.names) == ["王末", "王未一"]
    assert result.tie_decided == ()
    assert len(sort_names(["王未一", "王末"], surname_blank=False).tie_decided) == 1


def test_no_names_are_no_problem():
    result = sort_names([])
    assert (
        result.names
        == result.unknown
        == result.composed
        == result.tie_decided
        == result.identical
        == ()
    )


def test_table_is_sound():
    for character, strokes in shipped().items():
        assert len(character) == 1
        assert set(strokes.sequence) <= set("12345")
        assert strokes.sequence
    keys = {(strokes.sequence, strokes.tie) for strokes in shipped().values()}
    assert len(keys) == len(shipped())


@pytest.mark.parametrize(
    ("character", "sequence"),
    [("王", "1121"), ("丁", "12"), ("张", "5153154"), ("沄", "4411154"), ("夬", "5134")],
)
def test_known_strokes(character, sequence):
    assert shipped()[character].sequence == sequence


def test_overrides_are_read_with_either_header():
    for header in ("字,笔顺,次序", "char,seq,tie"):
        given = read_overrides(f"{header}\n\U00030edd,1234,\n未,,0\n\n", "o.csv")
        assert given["\U00030edd"] == Strokes("1234", given["\U00030edd"].tie, settled=False)
        assert given["未"] == Strokes(shipped()["未"].sequence, 0, settled=True)


def test_given_strokes_put_a_name_in_its_place():
    overrides = read_overrides("字,笔顺,次序\n\U00030edd,12,9\n", "o.csv")
    result = sort_names(["刁一", "\U00030edd一"], overrides=overrides)
    assert list(result.names) == ["\U00030edd一", "刁一"]
    assert result.unknown == ()


def test_every_problem_of_the_overrides_is_named():
    text = "字,笔顺,次序\n王王,1,\n王,16,\n\U00030edd,,\n未,,x\n末,,1\n末,,2\n"
    with pytest.raises(BadInput) as caught:
        read_overrides(text, "o.csv")
    found = [(problem.at.row, problem.message.code) for problem in caught.value.problems]
    assert found == [
        (2, "strokes/overrides-character"),
        (3, "strokes/overrides-strokes"),
        (4, "strokes/overrides-strokes-needed"),
        (5, "strokes/overrides-tie"),
        (7, "strokes/overrides-twice"),
    ]


@pytest.mark.parametrize("text", ["", "王,1121,0\n", "字,笔顺\n"])
def test_overrides_need_a_header(text):
    with pytest.raises(BadInput) as caught:
        read_overrides(text, "o.csv")
    assert caught.value.problems[0].message.code == "strokes/overrides-header"


def test_strokes_put_together_from_parts_are_reported() -> None:
    (composed,) = sort_names(["玠某", "王某"]).composed
    assert (composed.character, composed.names) == ("玠", ("玠某",))
    given = {"玠": Strokes("11213432", 0)}
    assert sort_names(["玠某"], overrides=given).composed == ()


_NAMES = st.text(alphabet="王孔巴叶申丁卜刁于万欧阳诸葛一乙·力小明芳𬱖䶮㛃", min_size=1, max_size=6)


@given(st.lists(_NAMES, max_size=12))
def test_keys_of_digits_put_names_in_the_same_order(names: list[str]) -> None:
    assert sorted(names, key=lambda name: (digits_key(name), name)) == sorted(
        names, key=lambda name: (stroke_key(name), name)
    )


def test_keys_of_digits_hold_digits_alone() -> None:
    assert digits_key("买买提·艾合买提").isdigit()
    assert digits_key("𬱖䶮").isdigit()
