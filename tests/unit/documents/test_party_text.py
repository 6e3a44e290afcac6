import pytest

from banzi.documents.codecs.party_text import PartyEntry, parse_party_text, party_text_of
from banzi.kernel.dates import PartialDate

JULY_1998 = PartialDate(19980700)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("199807", PartyEntry("01", JULY_1998)),
        ("1998.07", PartyEntry("01", JULY_1998)),
        ("中共党员", PartyEntry("01")),
        ("202306预备党员", PartyEntry("02", PartialDate(20230600))),
        ("民建", PartyEntry("06")),
        ("民建；民盟", PartyEntry("06", None, "05")),
        ("(民建、民盟)", PartyEntry("06", None, "05")),
        ("民建2001.08", PartyEntry("06")),
        ("199807；民建", PartyEntry("01", JULY_1998, "06")),
        ("199807；民建；九三学社", PartyEntry("01", JULY_1998, "06", "10")),
        ("无党派", PartyEntry("12")),
        ("群众", PartyEntry("13")),
    ],
)
def test_the_grammar_is_read(text: str, entry: PartyEntry) -> None:
    assert parse_party_text(text) == entry


@pytest.mark.parametrize(
    "text", ["", "  ", "199813", "某某党", "199807；200001", "民建；199807", "民建；民建"]
)
def test_nothing_outside_the_grammar_is_guessed(text: str) -> None:
    assert parse_party_text(text) is None


@pytest.mark.parametrize(
    "entry",
    [
        PartyEntry("01", JULY_1998),
        PartyEntry("01"),
        PartyEntry("02", PartialDate(20230601)),
        PartyEntry("01", JULY_1998, "06", "10"),
        PartyEntry("13"),
    ],
)
def test_a_canonical_text_is_read_as_it_was_meant(entry: PartyEntry) -> None:
    assert parse_party_text(party_text_of(entry)) == entry


def test_the_canonical_text_puts_the_ccp_date_first_as_digits() -> None:
    assert party_text_of(PartyEntry("01", JULY_1998, "06")) == "199807；民建"
