"""What an account may do, in sentences: one per part of the organs, levels and fields."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.apps import apps

from banzi.codes.lookup import name_of
from banzi.kernel.columns import FieldClass
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account, Grant, Office, Verb
from banzi.web.shared.templatetags.banzi import label

MAY = MessageKind("accounts/may", _("可以{verbs}{scope}{levels}的{fields}，{period}"))
NOTHING = MessageKind("accounts/may-nothing", _("目前没有任何业务权限，看不到任何人员信息"))
OFFICES = {
    Office.SYSTEM: MessageKind(
        "accounts/may-system", _("管理账号（新建、锁定、重置密码、停用），看不到任何人员信息")
    ),
    Office.SECURITY: MessageKind(
        "accounts/may-security", _("管理授权和三员职责，看不到任何人员信息")
    ),
    Office.AUDITOR: MessageKind(
        "accounts/may-audit", _("查阅操作记录和查阅日志并核验其完整，看不到任何人员信息")
    ),
}
EVERYWHERE = MessageKind("accounts/everywhere", _("全部人员"))
BELOW = MessageKind("accounts/below", _("{organ}及其下级机构"))
ALL_LEVELS = MessageKind("accounts/all-levels", _("各层次干部"))
SOME_LEVELS = MessageKind("accounts/some-levels", _("{levels}干部"))
OPEN = MessageKind("accounts/period-open", _("自{starts}起"))
LIMITED = MessageKind("accounts/period-limited", _("自{starts}起，到{last}为止（不含当日）"))


def office_of(account: Account) -> str:
    """The office of an account, in the language of the request."""
    return label(Office.of(account.office))


def what_may(account: Account, day: date) -> list[Message]:
    """Sentences about an account on a day; never empty."""
    office = Office.of(account.office)
    if office in OFFICES:
        return [OFFICES[office]()]
    grants = Grant.objects.filter(account=account).order_by("starts", "id")
    by_scope: dict[tuple[object, ...], list[Grant]] = defaultdict(list)
    for grant in grants:
        if grant.holds(day):
            key = (grant.organ_id, grant.levels, grant.fields, grant.starts, grant.until)
            by_scope[key].append(grant)
    return [_sentence(same) for same in by_scope.values()] or [NOTHING()]


def scope_of(grant: Grant) -> Message:
    """The organs of a grant in words."""
    if grant.organ_id is None:
        return EVERYWHERE()
    organ = apps.get_model("records", "Organs")._default_manager.get(pk=grant.organ_id)
    return BELOW(organ=organ.organ_name)


def levels_of(grant: Grant) -> Message:
    """The levels of a grant in words."""
    if not grant.levels:
        return ALL_LEVELS()
    named = [name_of("post_level_zb09", code) or code for code in sorted(grant.level_codes)]
    return SOME_LEVELS(levels=named)


def period_of(grant: Grant) -> Message:
    starts = grant.starts.isoformat()
    return (
        OPEN(starts=starts)
        if grant.until is None
        else LIMITED(starts=starts, last=grant.until.isoformat())
    )


def _sentence(same: list[Grant]) -> Message:
    verbs = [label(verb) for verb in Verb if any(grant.verb == verb for grant in same)]
    fields = [label(each) for each in FieldClass if each in same[0].field_classes]
    return MAY(verbs=verbs, scope=scope_of(same[0]), levels=levels_of(same[0]),
               fields=fields, period=period_of(same[0]))  # fmt: skip
