"""Acts and their changes in words: what was done, which table, which columns.

Values of tables about persons are withheld: the auditor sees that a column changed and by which
act, not what it says. What the tables of accounts and grants say is shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from banzi.kernel.columns import Table
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import name_in
from banzi.roster import TABLES
from banzi.web.audit.models import Change
from banzi.web.shared.languages import current_language
from banzi.web.shared.templatetags.banzi import say

VERBS = {
    "accounts.begin": _("初始化三员账号"),
    "accounts.create": _("新建账号"),
    "accounts.open": _("确认新账号的一次性密码"),
    "accounts.ask_reset": _("提出重置密码"),
    "accounts.reset_password": _("重置密码"),
    "accounts.decline_reset": _("不同意一次性密码"),
    "accounts.ask_lock": _("提出锁定三员账号"),
    "accounts.decline_lock": _("不同意锁定三员账号"),
    "accounts.ask_close": _("提出停用三员账号"),
    "accounts.decline_close": _("不同意停用三员账号"),
    "accounts.lapse": _("等待确认的事项失效"),
    "accounts.lock": _("锁定账号"),
    "accounts.unlock": _("解除锁定"),
    "accounts.close": _("停用账号"),
    "accounts.give_office": _("确定三员职责"),
    "accounts.grant": _("授权"),
    "accounts.end_grant": _("收回授权"),
    "accounts.take_second_factor": _("撤销第二验证因素"),
    "accounts.second_factor_set": _("绑定验证器"),
    "accounts.second_factor": _("核对验证码"),
    "accounts.card": _("生成验证码卡"),
    "accounts.change_password": _("更改密码"),
    "accounts.manage": _("调整干部管理权限"),
    "accounts.sign_in": _("登录"),
    "accounts.sign_out": _("退出登录"),
    "accounts.sign_in_failed": _("登录失败"),
    "api.make_token": _("新建接口令牌"),
    "api.revoke_token": _("撤销接口令牌"),
    "api.token_failed": _("接口令牌核对失败"),
    "api.token_right": _("接口令牌核对恢复正常"),
    "audit.seal_reads": _("封存查阅日志"),
    "audit.verify": _("核验操作记录"),
    "audit.anchor": _("取出锚点"),
    "exchange.pack": _("制作交换包"),
    "backup.make": _("备份"),
    "backup.check": _("核对备份"),
    "backup.restore": _("恢复备份到新文件夹"),
    "board.project": _("建立选配项目"),
    "board.draft": _("新建方案"),
    "board.place": _("放上卡片"),
    "board.release": _("移出卡片"),
    "board.wish": _("指定或排除人选"),
    "board.fill": _("由程序补全方案"),
    "board.give-way": _("调整要求另存新版本"),
    "board.sign": _("签批方案"),
    "board.decide": _("登记任免文号"),
    "board.apply": _("任免写入档案信息"),
    "board.stage": _("改变密封项目的阶段"),
    "board.name-reader": _("指定密封项目的查看人"),
    "board.unname-reader": _("取消密封项目的查看人"),
    "imports.take": _("写入导入的资料"),
}
"""Verbs in words; one without an entry is shown as it is."""

_SHOWN_TABLES = ("accounts_account", "accounts_grant", "accounts_secondfactor", "api_token",
                 "board_signature")  # fmt: skip
_WITHHELD = "■"


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of one row: its name and what it was and is; "" for nothing."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """One row added, changed or removed."""

    table: str
    row: str
    what: str
    differences: list[Difference]


def verb_in_words(verb: str) -> str:
    return say(VERBS[verb]) if verb in VERBS else verb


def in_words(change: Change) -> ChangeInWords:
    """A change with the columns that differ, by the names of the declarations."""
    old: dict[str, Any] = json.loads(change.old) if change.old else {}
    new: dict[str, Any] = json.loads(change.new) if change.new else {}
    declared, shown = TABLES.get(change.table_name), change.table_name in _SHOWN_TABLES
    model = _model(change.table_name)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    differences = [
        Difference(
            _column(declared, model, name),
            _value(old.get(name), shown),
            _value(new.get(name), shown),
        )
        for name in names
    ]
    what = _("修改") if change.old and change.new else _("删除") if change.old else _("新增")
    row = change.row_key if declared is None or "person_id" not in declared else change.person_id
    return ChangeInWords(_table(change.table_name), row or "", say(what), differences)


def _column(declared: Table | None, model: type[Model] | None, name: str) -> str:
    if declared is None or name not in declared:
        fields = model._meta.concrete_fields if model else ()
        return next((say(each.verbose_name) for each in fields if each.column == name), name)
    return name_in(declared[name], current_language())


def _table(name: str) -> str:
    if name in TABLES:
        return name_in(TABLES[name], current_language())
    model = _model(name)
    return say(model._meta.verbose_name) if model else name


def _model(table: str) -> type[Model] | None:
    return next((each for each in apps.get_models() if each._meta.db_table == table), None)


def _value(value: object, shown: bool) -> str:
    if value is None or value == "":
        return ""
    return str(value) if shown else _WITHHELD
