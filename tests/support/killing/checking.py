"""What must hold after every kill, asked of the database itself.

- the chain of acts and every table against it (`audit.verifying`);
- what the site acknowledged is there;
- what one act writes is there as a whole or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db import connections
from tests.support.boards import FULL
from tests.support.killing.errands import CORRECTED, PERSONS_A_FILE

from banzi.web.audit.models import Act
from banzi.web.audit.verifying import verify
from banzi.web.board.models import Decision, Draft, DraftState
from banzi.web.imports.models import Import, ImportState
from banzi.web.jobs.models import UNFINISHED, Job, JobState
from banzi.web.records.models import RECORDS
from banzi.web.records.reading_tables import one_moment


def check(acknowledged: Collection[tuple[str, str]], places: dict[int, str]) -> None:
    """Raise AssertionError unless everything holds.

    Parameters
    ----------
    acknowledged
        Kind and which, as clerks heard it before the kill.
    places
        Draft → what stands before the ids of its posts and persons.
    """
    connections.close_all()
    with one_moment():
        flaws = [str(flaw.message) for flaw in verify()]
        assert not flaws, flaws
        _no_act_is_open()
        heard = {kind: {which for each, which in acknowledged if each == kind}
                 for kind in ("save", "sign", "decision", "apply", "job", "import")}  # fmt: skip
        _corrections(heard["save"])
        _decisions(heard, places)
        _imports(heard["import"], heard["job"])
    connections.close_all()


def _no_act_is_open() -> None:
    from banzi.web.audit.models import OpenAct

    assert not OpenAct.objects.exists()


def _acts(verb: str, field: str) -> list[str]:
    return list(Act.objects.filter(verb=verb).order_by("seq").values_list(field, flat=True))


def _corrections(acknowledged: set[str]) -> None:
    done = _acts("people.correct", "reason")
    assert acknowledged <= set(done), ("lost corrections", acknowledged - set(done))
    row = RECORDS["persons"]._default_manager.values("remarks", "specialty").get(pk=CORRECTED)
    last = done[-1] if done else None
    assert row == {"remarks": last, "specialty": last}, ("half a correction", row, last)


def _decisions(heard: dict[str, set[str]], places: dict[int, str]) -> None:
    signed = Draft.objects.filter(state=DraftState.SIGNED)
    drafts = Draft.objects.select_related("project")
    known = {str(draft): draft.pk for draft in drafts}
    titles = {f"{draft.project}：{draft}": draft.pk for draft in drafts}
    by_act = Counter(titles[about] for about in _acts("board.sign", "about"))
    assert by_act == Counter(signed.values_list("pk", flat=True)), "signed without an act"
    assert not signed.filter(signed_by=None).exists()
    assert not signed.filter(signed_at=None).exists()
    decided = {str(each.draft_id): each for each in Decision.objects.all()}
    assert sorted(decided) == sorted(str(known[each]) for each in _acts("board.decide", "about"))
    applied = {draft for draft, each in decided.items() if each.applied_at is not None}
    assert sorted(applied) == sorted(str(known[each]) for each in _acts("board.apply", "about"))
    assert heard["sign"] <= {str(pk) for pk in signed.values_list("pk", flat=True)}
    assert heard["decision"] <= set(decided)
    assert heard["apply"] <= applied
    seats = RECORDS["seats"]._default_manager.filter(ended_on=None)
    held = dict(seats.values_list("post_id", "person_id"))
    appointments = RECORDS["appointments"]._default_manager.filter(in_office=True)
    in_office = dict(appointments.values_list("post_id", "person_id"))
    for draft, place in places.items():
        full = FULL if str(draft) in applied else {"p1": "person-0", "g1": "person-1"}
        wanted = {f"{place}{post}": f"{place}{person}" for post, person in full.items()}
        for found in (held, in_office):
            here = {post: person for post, person in found.items() if post.startswith(place)}
            assert here == wanted, ("half a decision", draft, here)


def _imports(acknowledged: set[str], jobs: set[str]) -> None:
    assert jobs <= set(Job.objects.values_list("pk", flat=True)), "lost jobs"
    taken = set(Import.objects.filter(state=ImportState.TAKEN).values_list("pk", flat=True))
    assert sorted(_acts("imports.take", "about")) == sorted(taken), "taken without an act"
    assert acknowledged <= taken, ("lost imports", acknowledged - taken)
    names = RECORDS["persons"]._default_manager.filter(name__startswith="周")
    numbers = Counter(str(name).partition("号")[0] for name in names.values_list("name", flat=True))
    assert set(numbers.values()) <= {PERSONS_A_FILE}, ("half an import", numbers)
    assert len(numbers) == len(taken), ("persons without their import", numbers, taken)
    for one in Import.objects.filter(state__in=[ImportState.READING, ImportState.TAKING]):
        job = Job.objects.filter(pk=one.job_id, state__in=[*UNFINISHED, JobState.FAILED])
        assert job.exists(), ("an import that nothing works on", one.pk, one.state)
