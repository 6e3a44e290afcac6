from lxml import etree

from banzi.documents.papers.charts import ladder, svg

BANDS = ["35岁及以下", "36至40岁", "41岁及以上"]


def test_bars_are_as_long_as_their_counts_on_a_common_scale() -> None:
    chart = ladder(BANDS, [2, 0, 4], None, most=4)
    small, large = chart.bars
    assert large.width == 2 * small.width
    assert ladder(BANDS, [2, 0, 4], None, most=8).bars[1].width == small.width


def test_before_is_outlined_and_stands_above_after() -> None:
    chart = ladder(BANDS, [1, 1, 1], [3, 0, 0], most=3)
    before, after = chart.bars[:2]
    assert (before.outlined, after.outlined) == (True, False)
    assert before.y < after.y
    assert before.width == 3 * after.width
    assert len(chart.bars) == 4


def test_every_bar_carries_its_number_and_stays_inside() -> None:
    chart = ladder(BANDS, [7, 0, 12], [1, 2, 3], most=12)
    assert [label for label in chart.labels if label.isdigit()] == ["1", "7", "2", "3", "12"]
    assert all(bar.x + bar.width < chart.width for bar in chart.bars)
    assert all(bar.y + bar.height < chart.height for bar in chart.bars)


def test_an_empty_team_draws_no_bar() -> None:
    assert ladder(BANDS, [0, 0, 0], None, most=0).bars == ()


def test_the_picture_is_well_formed_and_escapes_its_texts() -> None:
    root = etree.fromstring(svg(ladder(["<40岁&"], [1], None, 1)).encode())
    assert root.findtext("{*}text") == "<40岁&"
