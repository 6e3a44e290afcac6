"""Families: spouse, children, parents of everybody, and the kin pairs that recusal is about.

Both sides of a pair list each other with the same facts and the other's ID number. One relative
merely shares an official's name; nobody may link those two.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from banzi.codes.lookup import short_of
from banzi.demo.knobs import Knobs, Vocabulary
from banzi.demo.naming import Names, surname_of
from banzi.demo.people import Official, Relative
from banzi.people.choices import Sex

CHILDREN = ("儿子", "女儿", "长子", "次子", "长女", "次女")
"""What a child is called on the form; neither 妻子 nor 外孙女 is one, whatever they end in."""

SPOUSES, SIBLINGS, FATHER_IN_LAW = "spouses", "siblings", "father_in_law"


@dataclass(frozen=True, slots=True)
class Kin:
    """Two officials who are kin; for FATHER_IN_LAW `a` is the elder."""

    a: str
    b: str
    kind: str

    @property
    def same_surname(self) -> bool:
        return self.kind == SIBLINGS


def pair_kin(rng: Random, knobs: Knobs, officials: list[Official]) -> list[Kin]:
    """Choose pairs that fit by age and sex; nobody is in two pairs.

    The first pair of spouses and of siblings joins an incumbent to the pool, so that recusal
    matters for the new teams; the others are within the pool.
    """
    fit = [p for p in officials if p.ethnicity == "01" and p.political == "01"]
    used: set[str] = set()
    pairs: list[Kin] = []

    def add(kind: str, wanted: int, older: range, sexes_differ: bool | None) -> None:
        candidates = [
            (a, b)
            for a in fit
            for b in fit
            if a.key < b.key
            and abs(a.born - b.born) in older
            and (sexes_differ is None or (a.sex is not b.sex) == sexes_differ)
            and not (a.group == "incumbent" and b.group == "incumbent")
        ]
        rng.shuffle(candidates)
        candidates.sort(key=lambda pair: pair[0].group != "incumbent")
        while wanted:
            seated = wanted == 1 or not any(pair.kind == kind for pair in pairs)
            a, b = next(
                (a, b)
                for a, b in (candidates if seated else reversed(candidates))
                if a.key not in used and b.key not in used
            )
            used.update((a.key, b.key))
            pairs.append(Kin(a.key, b.key, kind))
            wanted -= 1

    add(SPOUSES, knobs.spouses_both_officials, range(48), True)
    add(SIBLINGS, knobs.siblings_both_officials, range(14, 96), None)
    elders = [p for p in fit if p.group == "incumbent" and p.sex is Sex.MALE]
    elders.sort(key=lambda p: p.born)
    juniors = [p for p in fit if p.group != "incumbent" and p.sex is Sex.MALE]
    juniors.sort(key=lambda p: -p.born)
    for _pair in range(knobs.father_in_law_pairs):
        elder = next(p for p in elders if p.key not in used)
        junior = next(p for p in juniors if p.key not in used)
        used.update((elder.key, junior.key))
        pairs.append(Kin(elder.key, junior.key, FATHER_IN_LAW))
    return pairs


def add_families(
    rng: Random, knobs: Knobs, words: Vocabulary, officials: list[Official], kin: list[Kin]
) -> None:
    """Fill `relatives` of everybody."""
    names = Names(rng, words)
    by_key = {person.key: person for person in officials}
    taken = {person.name for person in officials}
    builder = _Families(rng, knobs, words, names, taken)
    pair_of = {key: pair for pair in kin for key in (pair.a, pair.b)}
    for person in officials:
        pair = pair_of.get(person.key)
        if pair and pair.kind == SPOUSES and person.key == pair.b:
            builder.share_children(by_key[pair.a], person)
        else:
            spouse = by_key[pair.b] if pair and pair.kind == SPOUSES else None
            builder.marry(person, spouse)
        if pair and pair.kind == SIBLINGS and person.key == pair.b:
            builder.share_parents(by_key[pair.a], person)
        else:
            builder.parents(person)
    for pair in kin:
        if pair.kind == FATHER_IN_LAW:
            builder.in_law(by_key[pair.a], by_key[pair.b])
    paired = set(pair_of)
    alone = [person for person in officials if person.key not in paired]
    for person in rng.sample(alone, knobs.namesake_relatives):
        other = rng.choice([p for p in alone if p is not person and p.sex is Sex.MALE])
        # Nothing on the form speaks against it, so a person has to say that it is another man.
        father = next(line for line in person.relatives if line.relation == "父亲")
        father.name, father.born = other.name, None
        father.unit_and_post = f"{words.prefecture}第二中学教师（已退休）"


class _Families:
    def __init__(
        self, rng: Random, knobs: Knobs, words: Vocabulary, names: Names, taken: set[str]
    ) -> None:
        self._rng, self._knobs, self._words = rng, knobs, words
        self._names, self._taken = names, taken

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

    def share_parents(self, first: Official, second: Official) -> None:
        """Brothers and sisters: the same parents and place, and each other's line."""
        elder, younger = (first, second) if first.born < second.born else (second, first)
        second.relatives += [_copy(r) for r in first.relatives if r.relation in ("父亲", "母亲")]
        second.native_place, second.birthplace = first.native_place, first.birthplace
        second.growth_place = first.growth_place
        up = "哥哥" if elder.sex is Sex.MALE else "姐姐"
        down = "弟弟" if younger.sex is Sex.MALE else "妹妹"
        younger.relatives.append(_official_line(up, elder))
        elder.relatives.append(_official_line(down, younger))

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
        while True:
            name = self._names.draw(sex, surname)
            if name not in self._taken:
                return name

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
