"""Closed lists of words about due months: how sure one is, why not quite, and what to do next."""

from __future__ import annotations

from banzi.kernel.columns import Labelled


class Certainty(Labelled):
    """How much the month can be relied on."""

    CERTAIN = "certain", "确定", "certain"
    TO_CONFIRM = "to_confirm", "待核", "to be confirmed"
    UNKNOWN = "unknown", "不明", "unknown"


class Doubt(Labelled):
    """Why a month is not certain."""

    TABLE_FROM_MEMORY = (
        "table_from_memory",
        "退休年龄表尚未与原文核对",
        "the retirement table is not verified",
    )
    WOMEN_LEADERS = (
        "women_leaders",
        "县处级以上女干部适用的退休年龄尚未核实，请确认",
        "the retirement age of women at county level and above is not verified; confirm it",
    )
    TABLE_OF_OTHER_SEX = (
        "table_of_other_sex",
        "退休年龄类别与性别不一致，请更正",
        "the retirement table contradicts the sex; correct one of them",
    )
    NO_LIMIT_SET = (
        "no_limit_set",
        "未设该职位的任职年龄界限",
        "no age limit is set for this post",
    )
    SEVERAL_LIMITS = (
        "several_limits",
        "有几条任职年龄界限同时适用而年龄不同，请改为互不重叠",
        "several age limits apply and differ; make them exclude each other",
    )
    LIMIT_UNDECIDED = (
        "limit_undecided",
        "职位情况不全，不能确定适用哪条年龄界限",
        "the post is not described well enough to tell which age limit applies",
    )
    ASSESSMENTS_ADJUST = (
        "assessments_adjust",
        "任职以来有优秀或基本称职年度，年限是否增减须核对文件",
        "years assessed excellent or barely competent may change the time; check the text",
    )
    ASSESSMENTS_INCOMPLETE = (
        "assessments_incomplete",
        "任职以来年度考核登记不全，年限增减不能确定",
        "annual assessments since then are incomplete",
    )
    SANCTION_RUNNING = (
        "sanction_running",
        "届时仍在处分影响期内，期满前不得晋升",
        "still under sanction then; no promotion before it ends",
    )
    SANCTIONS_NOT_KNOWN = (
        "sanctions_not_known",
        "没有有效的处分情况完整性说明，是否在影响期内须核对",
        "whether a sanction runs is not known",
    )
    PROMOTION_NOT_KNOWN = (
        "promotion_not_known",
        "任现职务层次时间不明，是否属于提拔须核对",
        "whether the appointment was a promotion is not known",
    )
    PROBATION_FOR_POST = (
        "probation_for_post",
        "该职位是否属于实行试用期的范围，须核对",
        "check whether the post is one with a probation",
    )
    TERMS_BY_CONGRESS = (
        "terms_by_congress",
        "按任职时间折算，任期以换届届次为准",
        "counted by time in post; terms follow the congresses",
    )
    EARLIER_POSTS_UNLINKED = (
        "earlier_posts_unlinked",
        "以往任职尚未对应职位，可能更早到期",
        "earlier posts are not linked; it may be due sooner",
    )
    MINORITY_RELIEF = (
        "minority_relief",
        "民族自治地方少数民族干部经批准可以放宽",
        "may be relaxed with approval for minority officials of autonomous areas",
    )
    PERIOD_FROM_MEMORY = (
        "period_from_memory",
        "影响期长短尚未与原文核对",
        "the length of the period is not compared with the text",
    )
    LEAST_PERIOD = (
        "least_period",
        "至少到此时，从恢复党员权利之日起算，恢复日期未登记",
        "at least; it counts from the day rights are restored, which is not recorded",
    )
    TRAINING_MAY_BE_INCOMPLETE = (
        "training_may_be_incomplete",
        "培训登记未说明完整，可能漏登",
        "the record of training may be incomplete",
    )
    HOURS_NOT_RECORDED = (
        "hours_not_recorded",
        "有培训未登记学时或起止日期",
        "hours or days of a course are not recorded",
    )


class Theme(Labelled):
    """What overviews put kinds together as."""

    AGE = "age", "年龄", "age"
    TERM = "term", "任期和交流", "terms and moves"
    RANK = "rank", "职级和试用期", "ranks and probation"
    SANCTION = "sanction", "处分影响期", "sanctions"
    DUTY = "duty", "推荐、考核和培训", "recommendation, assessment, training"


class Step(Labelled):
    """What the office does next about a due month, in its own words."""

    RETIRE = "retire", "提前研究接替人选，到龄办理手续", "find a successor; retire in time"
    LEAVE_POST = "leave_post", "提前研究接替人选和本人安排", "find a successor and a new post"
    PROMOTE_RANK = (
        "promote_rank",
        "核对职级职数、考核和影响期，研究晋升",
        "check quota, assessments and sanctions; consider the promotion",
    )
    END_PROBATION = (
        "end_probation",
        "期满前考核，研究是否正式任职",
        "assess before it ends; decide on the appointment",
    )
    LEAVE_AT_TERM = (
        "leave_at_term",
        "不再提名同一职务，届满前研究安排",
        "not proposed for the post again; plan the next one",
    )
    LEAVE_LEVEL = (
        "leave_level",
        "不再提名同一层次领导职务，研究改任安排",
        "not proposed for the level again; plan another post",
    )
    MUST_MOVE = "must_move", "提出交流方案，按期交流", "plan the move and carry it out"
    SHOULD_MOVE = (
        "should_move",
        "研究易地交流；放宽的报请批准",
        "consider a move elsewhere; relief needs approval",
    )
    CONCLUDE_EFFECT = (
        "conclude_effect",
        "期满时核对决定，作出是否影响使用的结论",
        "check the decision and conclude whether it has a lasting effect",
    )
    TRAIN = "train", "安排参训；已参训的补登学时", "arrange training, or record what was attended"
    REPORT_MATTERS = (
        "report_matters",
        "通知按期集中报告，登记核查情况",
        "ask for the report in time; record the check",
    )
    ASSESS = "assess", "补登考核结果；未考核的查明原因", "record the result, or find out why none"
    INSPECT = (
        "inspect",
        "期内完成考察，逾期重新推荐",
        "finish the vetting in time, else recommend again",
    )
