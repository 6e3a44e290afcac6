"""A draft is signed: what exactly was signed is on record, and a later check holds it against it.

The act names digest, number of moves, problem and state of the records; the same stands in a row of
its own (`Signature`), so that auditors read it column by column.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from cryptography.hazmat.primitives.hashes import SM3, Hash
from django.utils import timezone

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.bundle import folder_sha256
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.audit.flaws import Flaw
from banzi.web.audit.models import Act, Change
from banzi.web.board.desk import folder_of
from banzi.web.board.models import Draft, DraftState, Signature

CHANGED = MessageKind(
    "board/changed-before-signing",
    _("打开签批页后，方案又有改动，没有签批；请返回沙盘看清后再签批"),
)
SIGNED = MessageKind(
    "board/signed-what",
    _(
        "任用{placements}个职位（名单SM3：{placements_sm3}），改动{moves}次，"
        "选配问题和目标SHA-256：{problem_sha256}，资料截至第{records_seq}号操作"
    ),
)
DIFFERS = MessageKind(
    "board/differs-from-signed", _("方案“{draft}”（编号{number}）与签批时不同：{columns}")
)
NO_SIGNATURE = MessageKind(
    "board/no-signature", _("方案“{draft}”（编号{number}）标为已签批，但没有签批内容的记录")
)
FILES = MessageKind(
    "board/files-differ-from-signed", _("方案“{draft}”（编号{number}）的选配问题文件与签批时不同")
)
_TOLD = ("placements", "placements_sm3", "moves", "problem_sha256", "records_seq")


def sign_draft(draft: Draft, note: str, *, by: Account, seen: int | None = None) -> None:
    """Sign what the signer looked at; nothing of it may have changed meanwhile.

    Parameters
    ----------
    seen
        The draft's `moves` when the signer looked; None for as it was read.

    Raises
    ------
    BanziError
        `board/changed-before-signing`.
    """
    looked_at = draft.moves if seen is None else seen
    with act("board.sign", by=by, about=f"{draft.project}：{draft}", reason=note) as opened:
        locked = Draft.objects.select_for_update().select_related("project").get(pk=draft.pk)
        if locked.state != DraftState.OPEN or locked.moves != looked_at:
            raise BanziError(CHANGED())
        locked.state, locked.signed_by = DraftState.SIGNED.value, by
        locked.signed_at, locked.signed_note = timezone.now(), note
        locked.save(update_fields=["state", "signed_by", "signed_at", "signed_note"])
        signature = signature_of(locked)
        signature.save(force_insert=True)
        opened.source = SIGNED(**_values(signature)).text("zh")


def signature_of(draft: Draft) -> Signature:
    """What the signature of this draft would say if it were signed as it is now."""
    pairs = sorted(draft.placements.values_list("post_id", "person_id"))
    return Signature(
        draft=draft,
        signed_by=draft.signed_by.username if draft.signed_by else "",
        placements=len(pairs),
        placements_sm3=placements_digest(pairs),
        moves=draft.moves,
        problem_sha256=draft.project.problem_sha256,
        records_seq=draft.project.records_seq,
    )


def placements_digest(pairs: list[tuple[str, str]]) -> str:
    """SM3 over a line of JSON `["post","person"]` for each post filled, in the order of post ids."""
    digest = Hash(SM3())
    for pair in sorted(pairs):
        line = json.dumps(pair, ensure_ascii=False, separators=(",", ":"))
        digest.update(line.encode() + b"\n")
    return digest.finalize().hex()


def signed_flaws() -> Iterator[Flaw]:
    """Signed drafts that are not what was signed: for the check of the whole record."""
    signed = Draft.objects.filter(state=DraftState.SIGNED.value)
    for draft in signed.filter(signature=None).order_by("pk"):
        yield Flaw(NO_SIGNATURE(draft=str(draft), number=draft.pk))
    found = Signature.objects.select_related("draft__project", "draft__signed_by")
    for signature in found.order_by("pk"):
        draft, now = signature.draft, signature_of(signature.draft)
        said = {"draft": str(draft), "number": draft.pk}
        columns = [
            str(field.verbose_name)
            for field in Signature._meta.concrete_fields
            if getattr(signature, field.attname) != getattr(now, field.attname)
        ]
        if columns or draft.state != DraftState.SIGNED:
            seq = _act_of(signature)
            yield Flaw(DIFFERS(**said, columns=columns or [_("状态")]), seq)
        if folder_sha256(folder_of(draft.project)) != signature.problem_sha256:
            yield Flaw(FILES(**said), _act_of(signature))


def _values(signature: Signature) -> dict[str, object]:
    return {name: getattr(signature, name) for name in _TOLD}


def _act_of(signature: Signature) -> int | None:
    """The number of the act that signed."""
    added = Change.objects.filter(
        table_name=Signature._meta.db_table, row_key=str(signature.pk), old=None
    )
    ids = added.order_by("id").values_list("act_id", flat=True)[:1]
    return Act.objects.filter(act_id__in=list(ids)).values_list("seq", flat=True).first()
