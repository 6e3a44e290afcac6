from pathlib import Path

import pytest

from banzi.documents.papers.settling import NO_GROUNDS, settling_texts
from banzi.kernel.errors import BadInput
from banzi.staffing.bundle import Table

MARKED = Table(
    ("post_id", "person_id", "review"), (("a", "1", "1"), ("a", "2", "0"), ("b", "1", "1"))
)


def test_marked_pairs_are_named_with_their_words_or_without(tmp_path: Path) -> None:
    (tmp_path / "review.csv").write_text(
        "post_id,person_id,text\na,1,须附批复\nb,1,\n", encoding="utf-8"
    )
    assert settling_texts(tmp_path, MARKED) == {("a", "1"): "须附批复", ("b", "1"): NO_GROUNDS}


def test_a_bundle_from_elsewhere_may_say_nothing(tmp_path: Path) -> None:
    assert settling_texts(tmp_path, Table(("post_id", "person_id"))) == {}


@pytest.mark.parametrize("content", [b"post_id,text\na,x\n", "a,事项\n".encode("gb18030")])
def test_a_side_file_that_cannot_be_read_is_bad_input(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "review.csv").write_bytes(content)
    with pytest.raises(BadInput) as refused:
        settling_texts(tmp_path, MARKED)
    assert refused.value.message.code == "papers/bad-review-file"
