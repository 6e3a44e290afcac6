"""Families: spouse, children, parents of everybody, and the kin pairs that recusal is about.

Both sides of a pair list each other with the same facts and the other's ID number. One relative
merely shares an official's name; nobody may link those two.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from banzi.codes.lookup import short_of
from banzi.demo.knobs import Knobs, Words
from banzi.demo.naming import Names, surname_of
from banzi.demo.people import Official, Relative
from banzi.people.choices import Sex

CHILDREN = ("儿子", "女儿", "长子", "次子", "长女", "次女")
"""What a child is called on the form; neither 妻子 nor 外孙女 is one, whatever they end in."""

PARENTS = ("父亲", "母亲")

SPOUSES, SIBLINGS, FATHER_IN_LAW = "spouses", "siblings", "father_in_law"


@dataclass(frozen=True, slots=True)
class Kin:
    """Two officials who are kin, in the order they are drawn; for FATHER_IN_LAW `a` is the elder."""

    a: str
    b: str
    kind: str

    @property
    def same_surname(self) -> bool:
        return self.kind == SIBLINGS


def pair_kin(rng: Random, knobs: Knobs, officials: list[Official]) -> list[Kin]:
    """Choose pairs that fit by age and sex; nobody is in two pairs.

    The first pair of spouses and of siblings joins an incumbent to the pool, so that recusal
    matters for the new teams; the others are within the pool. Never two whom the hidden plan seats.
    """
    fit = [p for p in officials if p.ethnicity == "01" and p.political == "01"]
    pool = [person for person in fit if person.group != "incumbent"]
    seated = [person for person in fit if person.group == "incumbent"]
    place = {person.key: number for number, person in enumerate(officials)}
    used: set[str] = set()
    pairs: list[Kin] = []

    def add(kind: str, wanted: int, apart: range, sexes_differ: bool) -> None:
        for number in range(wanted):
            firsts = seated if number in (0, wanted - 1) else pool
            for a in rng.sample(firsts, len(firsts)):
                partners = [
                    b
                    for b in pool
                    if a.key not in used
                    and b.key not in used
                    and a is not b
                    and abs(a.born - b.born) in apart
                    and not (sexes_differ and a.sex is b.sex)
                    and not (a.planned_for and b.planned_for)
                ]
                if partners:
                    b = rng.choice(partners)
                    used.update((a.key, b.key))
                    first, second = (a, b) if place[a.key] < place[b.key] else (b, a)
                    pairs.append(Kin(first.key, second.key, kind))
                    break

    add(SPOUSES, knobs.spouses_both_officials, range(48), True)
    add(SIBLINGS, knobs.siblings_both_officials, range(14, 96), False)
    elders = sorted((p for p in seated if p.sex is Sex.MALE), key=lambda p: p.born)
    juniors = sorted((p for p in pool if p.sex is Sex.MALE and not p.planned_for), key=_youth)
    free = [[p for p in group if p.key not in used] for group in (elders, juniors)]
    for elder, junior in list(zip(*free, strict=False))[: knobs.father_in_law_pairs]:
        pairs.append(Kin(elder.key, junior.key, FATHER_IN_LAW))
    return pairs


def _youth(person: Official) -> tuple[int, str]:
    return -person.born, person.key


def add_families(
    rng: Random, knobs: Knobs, words: Words, officials: list[Official], kin: list[Kin]
) -> None:
    """Fill `relatives` of everybody."""
    names = Names(rng, words.base, of_relatives=True)
    by_key = {person.key: person for person in officials}
    builder = _Families(rng, knobs, words, names)
    pair_of = {key: pair for pair in kin for key in (pair.a, pair.b)}
    for person in officials:
        pair = pair_of.get(person.key)
        if pair and pair.kind == SPOUSES and person.key == pair.b:
            builder.share_children(by_key[pair.a], person)
        else:
            spouse = by_key[pair.b] if pair and pair.kind == SPOUSES else None
            builder.marry(person, spouse)
        if pair and pair.kind == SIBLINGS and person.key == pair.b:
            become_siblings(by_key[pair.a], person)
        else:
            builder.parents(person)
    for pair in kin:
        if pair.kind == FATHER_IN_LAW:
            builder.in_law(by_key[pair.a], by_key[pair.b])
    paired = set(pair_of)
    alone = [person for person in officials if person.key not in paired]
    men = [person for person in alone if person.sex is Sex.MALE and "·" not in person.name]
    for person in rng.sample(alone, knobs.namesake_relatives):
        other = rng.choice([man for man in men if man is not person])
        # Nothing on the form speaks against it, so a person has to say that it is another man.
        father = next(line for line in person.relatives if line.relation == "父亲")
        father.name, father.born = other.name, None
        father.unit_and_post = f"{words.prefecture}第二中学教师（已退休）"


class _Families:
    def __init__(self, rng: Random, knobs: Knobs, words: Words, names: Names) -> None:
        self._rng, self._knobs, self._words = rng, knobs, words
        self._names = names

    def marry(self, person: Official, official_spouse: Official | None) -> None:
        """Spouse (an official on the roster, or somebody else) and one or two children."""
        wife = person.sex is Sex.MALE
        relation = "妻子" if wife else "丈夫"
        if official_spouse is not None:
            person.relatives.append(_official_line(relation, official_spouse))
        else:
            sex = Sex.FEMALE if wife else Sex.MALE
            born = person.born + self._rng.randint(-30, 40)
            line = Relative(relation, self._name(sex), born, self._politics(), self._work(born))
            person.relatives.append(line)
        father = person if wife else official_spouse
        surname = surname_of(father.name if father else person.relatives[0].name)
        first = max(person.born + 12 * self._rng.randint(24, 29), 0)
        births = [first] if self._rng.random() < 0.7 else [first, first + 50]
        births = [born for born in births if born < self._knobs.as_of_month - 12]
        sexes = [self._rng.choice((Sex.MALE, Sex.FEMALE)) for _child in births]
        for number, (born, sex) in enumerate(zip(births, sexes, strict=True)):
            relation = _child_relation(sex, sexes, number)
            line = Relative(
                relation, self._name(sex, surname), born, self._young(born), self._work(born)
            )
            person.relatives.append(line)

    def share_children(self, first: Official, second: Official) -> None:
        """The other half of a couple: names the spouse and the same children."""
        relation = "妻子" if second.sex is Sex.MALE else "丈夫"
        second.relatives.append(_official_line(relation, first))
        second.relatives += [_copy(r) for r in first.relatives if r.relation in CHILDREN]

    def parents(self, person: Official) -> None:
        for relation, sex in (("父亲", Sex.MALE), ("母亲", Sex.FEMALE)):
            born = person.born - 12 * self._rng.randint(23, 32) - self._rng.randrange(12)
            surname = surname_of(person.name) if relation == "父亲" else ""
            name = self._name(sex, surname)
            line = Relative(relation, name, born, self._politics(), self._elder(born))
            person.relatives.append(line)

    def in_law(self, elder: Official, junior: Official) -> None:
        """The junior's wife is the elder's daughter."""
        wife = next(r for r in junior.relatives if r.relation == "妻子")
        wife.name = self._name(Sex.FEMALE, surname_of(elder.name))
        wife.born = max(wife.born or 0, elder.born + 12 * 20)
        elder.relatives = [r for r in elder.relatives if r.relation not in CHILDREN]
        elder.relatives.append(
            Relative("女儿", wife.name, wife.born, wife.political, wife.unit_and_post)
        )
        elder.relatives.append(_official_line("女婿", junior))
        junior.relatives.append(_official_line("岳父", elder))

    def _name(self, sex: Sex, surname: str = "") -> str:
        return self._names.draw(sex, surname)

    def _politics(self) -> str:
        return self._rng.choice(("群众", "群众", "中共党员"))

    def _young(self, born: int) -> str:
        age = (self._knobs.as_of_month - born) // 12
        return "共青团员" if 15 <= age <= 26 else "群众"

    def _work(self, born: int) -> str:
        words, age = self._words, (self._knobs.as_of_month - born) // 12
        if age < 6:
            return "学龄前儿童"
        if age < 19:
            return (
                f"{words.prefecture}第一中学学生" if age > 12 else f"{words.prefecture}实验小学学生"
            )
        if age < 23:
            return f"{self._rng.choice(words.schools)}学生"
        work = self._rng.choice(
            (
                f"{words.prefecture}第一中学教师",
                f"{words.prefecture}中心医院医师",
                f"{self._rng.choice(words.companies)}职工",
                f"{self._rng.choice(words.schools)}教师",
            )
        )
        return work + ("（已退休）" if age >= 60 else "")

    def _elder(self, born: int) -> str:
        age = (self._knobs.as_of_month - born) // 12
        work = self._rng.choice(
            (
                f"{self._words.prefecture}第二中学教师",
                f"{self._rng.choice(self._words.companies)}职工",
                f"{self._rng.choice(self._words.counties)}农民",
            )
        )
        if age > 74 and self._rng.random() < 0.45:
            return work + "（已去世）"
        return work if work.endswith("农民") else work + "（已退休）"


def become_siblings(first: Official, second: Official) -> None:
    """The same parents and place, and each other's line; `second` gives up other parents."""
    elder, younger = (first, second) if first.born < second.born else (second, first)
    second.relatives = [line for line in second.relatives if line.relation not in PARENTS]
    second.relatives += [_copy(line) for line in first.relatives if line.relation in PARENTS]
    second.native_place, second.birthplace = first.native_place, first.birthplace
    if first.growth_place not in second.not_from:
        second.growth_place = first.growth_place
    up = "哥哥" if elder.sex is Sex.MALE else "姐姐"
    down = "弟弟" if younger.sex is Sex.MALE else "妹妹"
    younger.relatives.append(_official_line(up, elder))
    elder.relatives.append(_official_line(down, younger))


def siblings_across(
    rng: Random, count: int, here: list[Official], there: list[Official]
) -> list[Kin]:
    """Make siblings of officials of two prefectures who bear one surname and have no other kin.

    Fewer where there are none that fit.
    """

    def alone(people: list[Official]) -> list[Official]:
        return [
            person
            for person in people
            if person.ethnicity == "01"
            and not person.planned_for
            and person.group != "incumbent"
            and "·" not in person.name
            and not any(line.official for line in person.relatives)
        ]

    found: list[Kin] = []
    theirs = alone(there)
    for person in rng.sample(ours := alone(here), len(ours)):
        if len(found) == count:
            break
        fits = [
            other
            for other in theirs
            if surname_of(other.name) == surname_of(person.name)
            and abs(other.born - person.born) in range(14, 96)
            and other.name != person.name
        ]
        if fits:
            other = rng.choice(fits)
            theirs.remove(other)
            become_siblings(person, other)
            found.append(Kin(person.key, other.key, SIBLINGS))
    return found


def _official_line(relation: str, other: Official) -> Relative:
    political = short_of("political_gbt4762", other.political) or ""
    return Relative(
        relation, other.name, other.born, political, other.now.text, other.id_number, other.key
    )


def _copy(line: Relative) -> Relative:
    return Relative(line.relation, line.name, line.born, line.political, line.unit_and_post)


def _child_relation(sex: Sex, sexes: list[Sex], number: int) -> str:
    if sexes.count(sex) == 1:
        return "儿子" if sex is Sex.MALE else "女儿"
    return (("长子", "次子") if sex is Sex.MALE else ("长女", "次女"))[number]
