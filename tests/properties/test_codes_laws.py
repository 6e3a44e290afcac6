"""Laws of the code package: order of names, identity numbers, working days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from banzi.codes import id_numbers, workdays
from banzi.codes.pinyin import search_keys
from banzi.codes.strokes import sort_names, stroke_key
from banzi.codes.texts import clean_name, padded_name

CHARACTERS = "丁卜刁于万习马王孔巴叶申次衣未末欧阳诸葛小明力一二三\U00030edd·"
NAME = st.text(CHARACTERS, min_size=1, max_size=4).filter(lambda name: name.strip("·"))
ANYTHING = st.text(max_size=12)
DAY = st.dates(date(2004, 1, 10), date(2026, 12, 20))


@given(st.lists(ANYTHING, max_size=8), st.booleans())
def test_sorting_is_a_permutation_and_idempotent(names, surname_blank):
    once = sort_names(names, surname_blank=surname_blank)
    assert sorted(once.names) == sorted(names)
    assert sorted(once.order) == list(range(len(names)))
    assert [names[place] for place in once.order] == list(once.names)
    assert sort_names(once.names, surname_blank=surname_blank).names == once.names


@given(NAME, NAME, NAME)
def test_order_is_total_and_transitive(one, two, three):
    keys = [stroke_key(name) for name in (one, two, three)]
    assert sum((keys[0] < keys[1], keys[0] == keys[1], keys[0] > keys[1])) == 1
    if keys[0] <= keys[1] <= keys[2]:
        assert keys[0] <= keys[2]


@given(st.permutations(["王力", "丁一", "未明", "末明", "欧阳一", "马三", "于二二", "\U00030edd"]))
def test_order_does_not_depend_on_the_input(names):
    assert sort_names(names).names == sort_names(sorted(names)).names


@given(
    NAME, st.sampled_from(["（女）", "（女，回族）", "(甲县)", ""]), st.sampled_from([" ", "　"])
)
def test_padding_and_brackets_do_not_count(name, bracket, blank):
    assert stroke_key(blank.join(name) + bracket) == stroke_key(name)
    assert search_keys(blank.join(name) + bracket) == search_keys(name)


@given(NAME, st.text(CHARACTERS.replace("·", ""), min_size=1, max_size=3))
def test_a_name_comes_before_the_names_it_begins(name, more):
    assert stroke_key(name) < stroke_key(name + more)


@given(ANYTHING)
def test_cleaning_is_idempotent_and_undoes_padding(text):
    clean = clean_name(text)
    assert clean_name(clean) == clean
    assert clean_name(padded_name(text)) == clean


@given(
    st.integers(0, 10**6 - 1), st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 999)
)
def test_number_with_its_check_digit_reads_back(division, born, sequence):
    first_17 = f"{division:06}{born:%Y%m%d}{sequence:03}"
    number = id_numbers.with_check_digit(first_17)
    read = id_numbers.read_id_number(number.lower())
    assert read is not None
    assert read.number == number
    assert read.first_registered_in == f"{division:06}"
    assert read.born.earliest == read.born.latest == born
    assert read.sex == ("1" if sequence % 2 else "2")
    assert id_numbers.normalise(id_numbers.normalise(number)) == number


@given(st.integers(0, 10**6 - 1), st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.data())
def test_one_wrong_digit_never_passes(division, born, data):
    number = id_numbers.with_check_digit(f"{division:06}{born:%Y%m%d}001")
    place = data.draw(st.integers(0, 16))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda d: d != number[place]))
    assert id_numbers.problem_with(number[:place] + digit + number[place + 1 :]) is not None


@given(ANYTHING)
def test_any_text_is_either_valid_or_has_a_problem(text):
    assert (id_numbers.read_id_number(text) is None) == (id_numbers.problem_with(text) is not None)


@given(DAY, st.integers(0, 40))
def test_counting_working_days_is_monotone_and_additive(first, length):
    last = min(first + timedelta(days=length), date(2026, 12, 28))
    whole = workdays.working_days_between(first, last)
    middle = first + (last - first) // 2
    before = workdays.working_days_between(first, middle)
    assert whole == before + workdays.working_days_between(middle + timedelta(days=1), last)
    assert before <= whole <= (last - first).days + 1


@given(st.dates(date(2005, 1, 1), date(2026, 10, 1)), st.integers(1, 15))
def test_period_holds_exactly_its_working_days(first, working_days):
    last = workdays.last_day_of_period(first, working_days)
    assert workdays.is_working_day(last)
    assert workdays.working_days_between(first, last) == working_days
    assert workdays.add_working_days(first - timedelta(days=1), working_days) == last
