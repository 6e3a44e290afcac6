import pytest

from banzi.documents.papers.marking import read_marking
from banzi.kernel.errors import BanziError


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("秘密★1年", "秘密★1年"),
        (" 机密 * 6个月 ", "机密★6个月"),
        ("绝密☆30年", "绝密★30年"),
        ("秘密★2027年12月31日", "秘密★2027年12月31日"),
        ("机密", "机密"),
        ("内部", "内部"),
        ("工作秘密", "工作秘密"),
        ("", ""),
    ],
)
def test_customary_wording_is_printed_with_the_star(typed: str, printed: str) -> None:
    assert read_marking(typed) == (printed, ())


@pytest.mark.parametrize(
    "typed", ["绝对机密", "秘密1年", "秘密★", "秘密★0年", "秘密★2027年13月1日", "内部★1年", "保密"]
)
def test_any_other_wording_is_refused(typed: str) -> None:
    with pytest.raises(BanziError) as refused:
        read_marking(typed)
    assert refused.value.message.code == "papers/bad-marking"


@pytest.mark.parametrize(("level", "most"), [("绝密", 30), ("机密", 20), ("秘密", 10)])
def test_a_period_beyond_the_usual_limit_is_printed_and_said(level: str, most: int) -> None:
    assert read_marking(f"{level}★{most}年")[1] == ()
    text, (note,) = read_marking(f"{level}★{most + 1}年")
    assert text == f"{level}★{most + 1}年"
    assert note.code == "papers/long-marking"
