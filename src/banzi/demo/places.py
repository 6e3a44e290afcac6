"""Where officials come from: some grew up in the prefecture itself, most did not.

RC/5 asks for the place of growing up, so it is its own fact; for a few it is not on file.
"""

from __future__ import annotations

from random import Random

from banzi.demo.drawing import deal
from banzi.demo.knobs import Knobs, Words
from banzi.demo.people import Official

ELSEWHERE = (
    "辽宁大连", "河北保定", "山东潍坊", "江苏徐州", "浙江金华", "湖北襄阳", "湖南常德", "四川绵阳",
    "陕西汉中", "甘肃天水", "河南洛阳", "山西大同", "安徽芜湖", "江西赣州", "福建南平", "吉林四平",
)  # fmt: skip
"""Wordings of real divisions for 籍贯 of those who came from other provinces."""


def assign_places(rng: Random, knobs: Knobs, words: Words, officials: list[Official]) -> None:
    """Set native place, birthplace and place of growing up."""
    local = {person.key for person in deal(rng, officials, knobs.grew_up_here)}
    # Districts of a city are written as the city (formats.md section 3, ZB01).
    towns = [words.prefecture] * len(words.place.districts)
    here = [words.province + name[:-1] for name in (*towns, *words.place.counties)]
    near = [words.province + place[:-1] for each in words.neighbours for place in each.counties]
    for person in officials:
        if person.key in local:
            place = rng.choice(here)
        else:
            place = rng.choice(near) if rng.random() < 0.55 else rng.choice(ELSEWHERE)
        person.native_place = person.birthplace = person.growth_place = place
        if place in person.not_from:
            person.growth_place = rng.choice([each for each in here if each not in person.not_from])
        if person.key not in local and rng.random() < 0.15:
            person.native_place = rng.choice(ELSEWHERE)
    others = [p for p in officials if p.group != "incumbent" and not p.planned_for]
    for person in deal(rng, others, knobs.growth_place_missing):
        person.growth_place = None
