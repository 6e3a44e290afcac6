"""Everything that can be wrong with a problem bundle, each with its code and its Chinese words."""

from __future__ import annotations

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

# files and tables
NO_FILE = MessageKind(
    "plan/missing-file", _("缺少文件{name}；选配问题由1个JSON文件和6个CSV文件组成，请补齐")
)
UNREADABLE = MessageKind("plan/unreadable-file", _("文件无法读取（{reason}）；请检查文件和权限"))
NOT_UTF8 = MessageKind("plan/not-utf8", _("不是UTF-8编码；请另存为UTF-8后重试"))
BROKEN_CSV = MessageKind("plan/broken-csv", _("不是正确的CSV（{reason}）；请检查引号和换行"))
EMPTY_TABLE = MessageKind("plan/no-header", _("没有表头行；请补上列名"))
NO_COLUMN = MessageKind("plan/missing-column", _("缺少列{name}；请补上（可以没有数据，但列要有）"))
COLUMN_TWICE = MessageKind("plan/column-twice", _("列名{name}出现了不止一次；请只保留一列"))
RAGGED = MessageKind(
    "plan/ragged-row", _("本行有{found}格，表头有{expected}列；请补齐或删去多余的格")
)
BROKEN_JSON = MessageKind("plan/broken-json", _("不是正确的JSON（{reason}）；请改正"))
KEY_TWICE = MessageKind("plan/key-twice", _("键{name}出现了不止一次；请只保留一个"))

# values
EMPTY = MessageKind("plan/empty-cell", _("此格不得为空；请填写"))
NOT_INTEGER = MessageKind("plan/not-integer", _("“{value}”不是整数；请填整数"))
TOO_LARGE = MessageKind("plan/too-large", _("数值超出±{limit}；请换用较小的单位或权重"))
NOT_FLAG = MessageKind("plan/not-0-1", _("“{value}”不是0或1；请改正"))
NOT_CHOICE = MessageKind("plan/not-a-choice", _("“{value}”不在可选值之内，可填：{choices}"))
DUPLICATE_ID = MessageKind(
    "plan/duplicate-id", _("标识{id}已在第{first}行出现；请改为不重复的标识")
)
DUPLICATE_PAIR = MessageKind(
    "plan/duplicate-pair", _("职位{post}与人员{person}的组合已在第{first}行出现，每个组合只写一次")
)
UNKNOWN_ID = MessageKind("plan/unknown-id", _("{file}中没有标识{id}；请核对"))
TEAM_COUNT = MessageKind(
    "plan/team-count", _("“{value}”应为一个班子标识，或用分号隔开的两个不同标识")
)
SAME_PERSON = MessageKind("plan/same-person", _("回避双方是同一人{id}；请核对"))

# columns in use
UNKNOWN_COLUMN = MessageKind("plan/unknown-column", _("{file}中没有可用的列{name}；请核对列名"))
AMBIGUOUS = MessageKind(
    "plan/ambiguous-column", _("列{name}在persons.csv和candidates.csv中都有；请改名其中一列")
)
PROTECTED = MessageKind(
    "plan/protected-column",
    _("{name}是受保护列，只能用于注明依据的“不少于”人数或比例目标，此处不得使用"),
)
PROTECTED_UNCITED = MessageKind(
    "plan/protected-without-citation", _("{name}是受保护列，使用时须在citation列注明依据")
)
PROTECTED_NOT_FLAG = MessageKind(
    "plan/protected-not-0-1", _("{name}是受保护列，只能是0或1，此处为{value}")
)
SHARE_NOT_FLAG = MessageKind(
    "plan/share-not-0-1", _("比例目标用到的列{name}只能是0或1，此处为{value}")
)
OUTSIDE_EDGES = MessageKind(
    "plan/outside-edges",
    _("{name}的值{value}不在分段{low}（含）至{high}（不含）之内；请扩大两端分段"),
)

# targets and tiers
SCOPE_NOT_EMPTY = MessageKind("plan/scope-not-empty", _("范围为all时此格应为空"))
SCOPE_VALUE = MessageKind("plan/scope-value-unmatched", _("{column}列中没有值“{value}”；请核对"))
BELOW_ONE = MessageKind("plan/below-one", _("{value}小于1；请填1或更大的整数"))
IGNORED_FOR_HARD = MessageKind(
    "plan/ignored-for-hard-target", _("必须达到的目标不用{column}；此格不起作用")
)
PRIORITY_UNUSED = MessageKind(
    "plan/priority-without-tier", _("优先级{priority}未出现在problem.json的任何目标层级中")
)
PRIORITY_TWICE = MessageKind(
    "plan/priority-twice", _("优先级{priority}出现在不止一个目标层级；只能在其中一级")
)
PRIORITY_EMPTY = MessageKind(
    "plan/priority-without-targets", _("没有优先级为{priority}的尽量达到的目标")
)
NOT_FORMAT = MessageKind(
    "plan/not-this-format", _("应为{expected}，实为{value}；这不是本程序能读的版本")
)
NO_KEY = MessageKind("plan/missing-key", _("缺少{name}；请补上"))
UNKNOWN_KEY = MessageKind("plan/unknown-key", _("不认识的设置{name}；请核对拼写"))
IGNORED_KEY = MessageKind("plan/ignored-key", _("不认识的设置{name}，不起作用"))
NOT_TEXT = MessageKind("plan/not-a-text", _("此处应为非空文本"))
NOT_OBJECT = MessageKind("plan/not-an-object", _("此处应为花括号括起的对象"))
NOT_LIST = MessageKind("plan/not-a-list", _("此处应为方括号括起的列表"))
NOT_DATE = MessageKind("plan/not-a-date", _("“{value}”不是日期；应写作2021-07-01"))
NO_TIERS = MessageKind("plan/no-tiers", _("至少要有一个目标层级"))
TIER_TWICE = MessageKind("plan/tier-name-twice", _("目标层级{name}出现了不止一次"))
ABOVE_ZERO = MessageKind("plan/above-zero", _("{value}大于0；此项是扣分，须为0或负数"))
GAINS_INCREASE = MessageKind("plan/gains-increase", _("收益须逐个不增，{later}大于前一个{earlier}"))
EDGES_ORDER = MessageKind("plan/edges-order", _("分段至少要有两个端点，且由小到大"))
NOT_CAP = MessageKind("plan/not-a-cap", _("“{value}”应为不小于0的整数，或ceil(seats/K)，K为正整数"))
PIN_NOT_PAIR = MessageKind(
    "plan/pin-not-a-candidate", _("指定的职位{post}、人员{person}不在candidates.csv中，不能指定")
)
PIN_BANNED = MessageKind(
    "plan/pinned-and-banned", _("职位{post}、人员{person}既指定又排除；请去掉其一")
)
PIN_POST_TWICE = MessageKind("plan/post-pinned-twice", _("职位{post}指定了不止一次"))
PIN_PERSON_TWICE = MessageKind("plan/person-pinned-twice", _("人员{person}被指定了不止一次"))
BAN_NOT_PAIR = MessageKind(
    "plan/ban-not-a-candidate", _("排除的职位{post}、人员{person}本来就不是可选组合，此条不起作用")
)
