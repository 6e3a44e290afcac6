"""Titles as written, read as organ, post and level: sure where the words are, open where not."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from tests.support.titles import CITY, ELSEWHERE, knowledge, organs, planted, posts

from banzi.documents.titles.guessing import Guess, Knowledge, guess_title
from banzi.documents.titles.level_words import level_in_words
from banzi.documents.titles.organ_finding import Confidence
from banzi.documents.titles.parsing import is_phrase, parts_of, phrase_at_end
from banzi.people.choices import SeatRole

KNOWN = knowledge()


def one(title: str) -> Guess:
    (guess,) = guess_title(title, KNOWN)
    return guess


def codes(guess: Guess) -> list[str]:
    return [reason.code.removeprefix("titles/") for reason in guess.reasons]


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("甲市人民政府副市长、党组成员，市发展和改革委员会主任", 3),
        ("甲局党组书记、局长兼乙校校长", 3),
        ("甲局局长兼任乙站站长；丙会会长", 3),
        ("甲会兼职副主席", 1),
        ("甲局局长（负责综合、人事）", 1),
        ("甲 局 局 长", 1),
        ("、，", 0),
    ],
)
def test_a_title_is_taken_apart_outside_brackets(title: str, parts: int) -> None:
    assert len(parts_of(title)) == parts


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("常务副市长", SeatRole.DEPUTY),
        ("党组副书记", SeatRole.DEPUTY),
        ("党组成员", SeatRole.MEMBER),
        ("代市长", SeatRole.PRINCIPAL),
        ("秘书长", None),
        ("二级调研员", None),
        ("主任科员", None),
    ],
)
def test_a_phrase_tells_principal_from_deputy(words: str, role: SeatRole | None) -> None:
    phrase = is_phrase(words)
    assert phrase is not None
    assert phrase.role is role


def test_a_rank_is_not_a_post_of_its_last_word() -> None:
    phrase = phrase_at_end("某厅副主任科员")
    assert phrase is not None
    assert (phrase.text, phrase.is_rank) == ("副主任科员", True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("正处级", "1A31"),
        ("副厅级", "1A22"),
        ("厅局级", "1A21"),
        ("县处级副职", "1A32"),
        ("正科级机构", "1A41"),
        ("挂职", None),
        ("处", None),
    ],
)
def test_levels_in_words(words: str, code: str | None) -> None:
    assert level_in_words(words) == code


def test_the_exact_title_of_a_declared_post_is_high() -> None:
    for title in ("云岭市人民政府市长", "云岭市市长"):
        guess = one(title)
        assert (guess.confidence, guess.post_id) == (Confidence.HIGH, "mayor")
        assert (guess.role, guess.level) == (SeatRole.PRINCIPAL, "1A21")


def test_a_declared_title_of_several_places_names_none_of_them() -> None:
    guess = one("云岭市人民政府副市长")
    assert (guess.confidence, guess.post_id, guess.level) == (Confidence.HIGH, None, "1A22")
    assert "several-places" in codes(guess)


@pytest.mark.parametrize("title", ELSEWHERE)
def test_an_organ_that_is_not_in_the_table_is_never_high(title: str) -> None:
    for guess in guess_title(title, KNOWN):
        assert guess.organ_id is None
        assert guess.confidence is Confidence.LOW
        assert guess.level is None


def test_an_ambiguous_organ_is_low_and_lists_who_it_may_be() -> None:
    guess = one("财政局局长")
    assert guess.organ_id is None
    assert guess.confidence is Confidence.LOW
    assert guess.alternatives == ("临溪县-财政局", "云岭市-财政局", "青禾县-财政局")
    assert one("县财政局局长").alternatives == ("临溪县-财政局", "青禾县-财政局")


def test_a_place_named_before_settles_what_is_left_out() -> None:
    _mayor, _member, bureau = guess_title("临溪县人民政府副县长、党组成员，县财政局局长", KNOWN)
    assert (bureau.organ_id, bureau.confidence) == ("临溪县-财政局", Confidence.MEDIUM)
    assert codes(bureau)[0] == "place-before"


def test_words_without_an_organ_belong_to_the_one_before_also_when_it_is_unknown() -> None:
    first, second = guess_title("云岭市财政局党组书记、局长", KNOWN)
    assert (first.organ_id, second.organ_id) == ("云岭市-财政局", "云岭市-财政局")
    assert second.level == "1A31"
    _known, unread, after = guess_title("云岭市财政局局长、某协会会长、党组成员", KNOWN)
    assert (unread.organ_id, after.organ_id) == (None, None)
    assert after.organ_text == "某协会"


def test_a_level_in_brackets_stands_over_that_of_the_organ() -> None:
    guess = one("云岭市财政局副局长（正处级）")
    assert guess.level == "1A31"
    assert "level-written" in codes(guess)


def test_a_former_name_is_found_but_not_sure() -> None:
    guess = one("青禾县国土资源局副局长")
    assert (guess.organ_id, guess.confidence) == ("青禾县-自然资源局", Confidence.MEDIUM)


def test_a_post_the_organ_does_not_have_is_not_given_to_it() -> None:
    assert one("云岭市人民政府主任").organ_id is None
    assert one("云岭市财政局校长").confidence is Confidence.LOW


def test_the_order_of_organs_and_posts_changes_nothing() -> None:
    titles = [each.title for each in planted()] + list(ELSEWHERE)
    wanted = [guess_title(title, KNOWN) for title in titles]
    for seed in range(3):
        rng = random.Random(seed)
        shuffled_organs, shuffled_posts = organs(), posts()
        rng.shuffle(shuffled_organs)
        rng.shuffle(shuffled_posts)
        known = Knowledge.of(shuffled_organs, shuffled_posts)
        assert [guess_title(title, known) for title in titles] == wanted


def test_of_planted_titles_none_is_read_wrongly_and_the_telling_ones_are_read() -> None:
    outcomes: Counter[tuple[bool, str]] = Counter()
    for each in planted():
        guess = guess_title(each.title, KNOWN)[-1]
        told = "open" if guess.organ_id is None else "right"
        if guess.organ_id is not None and guess.organ_id != each.organ_id:
            told = "wrong"
        outcomes[each.tells, told] += 1
        if told == "right":
            assert (guess.role, guess.level) == (each.role, each.level), each
    assert outcomes[True, "wrong"] == 0
    assert outcomes[True, "open"] == 0
    assert outcomes[True, "right"] > 100
    # What the words alone cannot tell stays open.
    assert outcomes[False, "wrong"] == outcomes[False, "right"] == 0
    assert outcomes[False, "open"] > 20


def test_without_a_place_an_organ_that_is_the_only_one_is_medium() -> None:
    city_only = [organ for organ in organs() if organ.place == CITY]
    (guess,) = guess_title("财政局副局长", Knowledge.of(city_only, posts()))
    assert (guess.organ_id, guess.confidence) == ("云岭市-财政局", Confidence.MEDIUM)
