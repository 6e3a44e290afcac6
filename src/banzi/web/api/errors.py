"""What the API says when it does not answer: code, sentence, next step; in one shape, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from banzi.kernel.messages import Message, MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.web.shared.languages import current_language


class Place(Schema):
    """One thing wrong with a request."""

    where: str = Field(description=_("参数"))
    message: str = Field(description=_("原因"))


class Trouble(Schema):
    """Why there is no answer. `code` is stable; `message` and `next` follow Accept-Language."""

    code: str = Field(description=_("提示代码，不随语言变化"))
    message: str = Field(description=_("说明"))
    next: str = Field(description=_("下一步"))
    problems: list[Place] = Field(default=[], description=_("逐项问题"))


@dataclass(frozen=True, slots=True)
class Kind:
    """One way not to answer; `says` takes no values."""

    status: int
    says: MessageKind
    next: str

    def answer(self, problems: Iterable[tuple[str, str]] = ()) -> Refusal:
        return Refusal(self.status, self.says(), self.next, list(problems))


class Refusal(HttpResponse):
    """An answer that is an error, in the shape of `Trouble`."""

    def __init__(
        self, status: int, message: Message, next_step: str, problems: Sequence[tuple[str, str]]
    ) -> None:
        language = current_language()
        told = {
            "code": message.code,
            "message": message.text(language),
            "next": translate(next_step, language),
            "problems": [{"where": where, "message": text} for where, text in problems],
        }
        super().__init__(
            json.dumps(told, ensure_ascii=False), content_type="application/json", status=status
        )


NO_TOKEN = Kind(
    401,
    MessageKind("api/no-token", _("没有令牌，或者令牌无效、已过期、已撤销、已锁定")),
    _("请核对请求头“Authorization: Bearer 令牌”；令牌在“接口令牌”页新建"),
)
TOO_MANY = Kind(
    429,
    MessageKind("api/too-many", _("错误的令牌过多，暂不受理")),
    _("请停止发送，核对令牌后过一会儿再试"),
)
ACCOUNT_FIRST = Kind(
    403,
    MessageKind("api/account-first", _("账号须先更改密码或者设置第二验证因素")),
    _("请本人登录网站完成后再试"),
)
NOT_ALLOWED = Kind(
    403,
    MessageKind("api/not-allowed", _("令牌或者账号没有这项权限")),
    _("请核对令牌的权限范围和账号的授权"),
)
NOT_IN_AREA = Kind(
    403,
    MessageKind("api/not-in-area", _("令牌不能读这一部分")),
    _("请另建令牌，勾选这一部分"),
)
NOT_FOUND = Kind(
    404,
    MessageKind("api/not-found", _("没有这个地址或对象，或者不在权限范围内")),
    _("请核对地址和标识；地址见“接口说明”页"),
)
BAD_REQUEST = Kind(
    400,
    MessageKind("api/bad-request", _("请求无法识别")),
    _("请核对地址和请求头；写法见“接口说明”页"),
)
BAD_METHOD = Kind(
    405,
    MessageKind("api/bad-method", _("这个地址不支持该请求方法")),
    _("请改用 GET"),
)
BAD_PARAMETERS = Kind(
    422,
    MessageKind("api/bad-parameters", _("有的参数无法识别")),
    _("请按逐项说明改正；参数见“接口说明”页"),
)
BROKEN = Kind(
    500,
    MessageKind("api/broken", _("系统出错，这次没有给出结果")),
    _("请稍后再试；仍然出错时，请把时间和地址告诉系统管理员"),
)
BY_STATUS = {
    each.status: each
    for each in (BAD_REQUEST, NO_TOKEN, NOT_ALLOWED, NOT_FOUND, BAD_METHOD, TOO_MANY, BROKEN)
}
SEE_MESSAGE = _("请按说明改正后再试")


def coded(answer: HttpResponse) -> HttpResponse:
    """An error or a redirect in the one shape; whatever the framework wrote into it goes."""
    if answer.status_code < 300 or isinstance(answer, Refusal):
        return answer
    kind = BY_STATUS.get(answer.status_code) or (
        BROKEN
        if answer.status_code >= 500
        else NOT_FOUND
        if answer.status_code < 400
        else BAD_REQUEST
    )
    made = kind.answer()
    if "Allow" in answer.headers:
        made.headers["Allow"] = answer.headers["Allow"]
    return made
