"""Closed lists of values about persons. Identifiers are stored, Chinese names are shown."""

from banzi.kernel.columns import Labelled


class Sex(Labelled):
    MALE = "male", "男", "male"
    FEMALE = "female", "女", "female"


class SegmentKind(Labelled):
    MAIN = "main", "主段", "main segment"
    NESTED = "nested", "其间", "within another segment"


class CareerTag(Labelled):
    """What a stretch of a career counts as; each tag is set with a basis, never silently."""

    GRASSROOTS = "grassroots", "基层工作经历", "grassroots work"
    TOWNSHIP_LEADERSHIP = "township_leadership", "乡镇领导经历", "township leadership"
    COUNTY_LEADERSHIP = "county_leadership", "县（旗）领导经历", "county leadership"
    HIGHER_ORGAN = "higher_organ", "上级机关工作经历", "work in a higher organ"
    ENTERPRISE = "enterprise", "企业工作经历", "work in an enterprise"
    UNIVERSITY = "university", "高校工作经历", "work in a university"
    INSTITUTION = "institution", "事业单位工作经历", "work in a public institution"
    SECONDMENT = "secondment", "挂职", "secondment"
    MILITARY = "military", "服役经历", "military service"


class ExpertField(Labelled):
    TECHNOLOGY = "technology", "科技", "technology"
    FINANCE = "finance", "金融", "finance"
    SOCIAL_GOVERNANCE = "social_governance", "社会治理", "social governance"
    ECOLOGY = "ecology", "生态环保", "ecology"
    AGRICULTURE = "agriculture", "农牧业", "agriculture"
    INDUSTRY = "industry", "工业经济", "industry"
    LAW = "law", "法律", "law"
    PARTY_AFFAIRS = "party_affairs", "党务", "Party affairs"
    URBAN_PLANNING = "urban_planning", "城市建设", "urban planning"
    EDUCATION = "education", "教育", "education"


class SeatRole(Labelled):
    PRINCIPAL = "principal", "正职", "principal"
    DEPUTY = "deputy", "副职", "deputy"
    MEMBER = "member", "成员", "member"


class LevelKind(Labelled):
    POST_LEVEL = "post_level", "职务层次", "post level"
    RANK = "rank", "职级", "rank"


class EducationMode(Labelled):
    FULL_TIME = "full_time", "全日制", "full-time"
    IN_SERVICE = "in_service", "在职", "in-service"


class AssessmentKind(Labelled):
    ANNUAL = "annual", "年度考核", "annual"
    TERM = "term", "任期考核", "term"
    SPECIAL = "special", "专项考核", "special"


class SanctionFamily(Labelled):
    ADMINISTRATIVE = "administrative", "政务处分", "administrative sanction"
    PARTY = "party", "党纪处分", "Party sanction"
    ORGANISATIONAL = "organisational", "组织处理", "organisational measure"
    ADMONITION = "admonition", "诫勉", "admonition"


class SanctionKind(Labelled):
    WARNING = "warning", "警告", "warning"
    DEMERIT = "demerit", "记过", "demerit"
    SERIOUS_DEMERIT = "serious_demerit", "记大过", "serious demerit"
    DEMOTION = "demotion", "降级", "demotion in grade"
    DISMISSAL_FROM_POST = "dismissal_from_post", "撤职", "dismissal from post"
    DISCHARGE = "discharge", "开除", "discharge"
    PARTY_WARNING = "party_warning", "党内警告", "Party warning"
    PARTY_SERIOUS_WARNING = "party_serious_warning", "党内严重警告", "serious Party warning"
    PARTY_POST_REMOVAL = "party_post_removal", "撤销党内职务", "removal from Party posts"
    PARTY_PROBATION = "party_probation", "留党察看", "probation within the Party"
    PARTY_EXPULSION = "party_expulsion", "开除党籍", "expulsion from the Party"
    ADMONITION = "admonition", "诫勉", "admonition"
    SUSPENSION = "suspension", "停职检查", "suspension for self-examination"
    POST_ADJUSTMENT = "post_adjustment", "调整职务", "adjustment of post"
    ORDERED_RESIGNATION = "ordered_resignation", "责令辞职", "ordered resignation"
    ORGANISATIONAL_REMOVAL = "organisational_removal", "免职", "removal from office"
    ORGANISATIONAL_DEMOTION = "organisational_demotion", "降职", "demotion in post"


class ConclusionKind(Labelled):
    """What only people can judge; each is recorded with who, when and on what basis."""

    BASIC_CONDITIONS = "basic_conditions", "基本条件", "basic conditions"
    POLITICAL_GATE = "political_gate", "政治素质考察", "political gate"
    PUBLIC_RECOGNITION = "public_recognition", "群众公认", "public recognition"
    IMPROPER_CONDUCT = "improper_conduct", "有无非组织行为", "improper conduct"
    FAMILY_ABROAD = "family_abroad", "配偶子女移居", "family abroad"
    SANCTION_EFFECT = "sanction_effect", "处分期满是否影响使用", "lasting effect of a sanction"
    OTHER_BAR = "other_bar", "其他不得列为考察对象情形", "other bar"
    HEALTH = "health", "身体条件", "health"
    RECOMMENDATION = "recommendation", "民主推荐", "democratic recommendation"
    FILE_CHECK = "file_check", "干部人事档案审核", "personnel file check"
    PERSONAL_MATTERS_CHECK = (
        "personal_matters_check",
        "个人有关事项报告核查",
        "personal matters check",
    )
    DISCIPLINE_OPINION = "discipline_opinion", "纪检监察机关意见", "discipline body's opinion"
    TIP_OFF_CHECK = "tip_off_check", "信访举报核查", "tip-off check"
    INTEGRITY_STATEMENT = "integrity_statement", "廉洁自律结论性意见", "integrity statement"


class ConclusionOutcome(Labelled):
    MET = "met", "符合", "met"
    NOT_MET = "not_met", "不符合", "not met"
    UNDER_REVIEW = "under_review", "正在核查", "under review"


class RetirementTrack(Labelled):
    """Which statutory table applies; the base month alone does not tell (women's tables differ)."""

    MEN = "men", "男职工", "men"
    WOMEN_CADRE = "women_cadre", "原退休年龄55周岁女职工", "women, base age 55"
    WOMEN_COUNTY_LEADER = (
        "women_county_leader",
        "原可60周岁退休女领导干部",
        "women leaders, base age 60",
    )
    WOMEN_WORKER = "women_worker", "原退休年龄50周岁女职工", "women, base age 50"

    @property
    def sex(self) -> Sex:
        """Whose table it is."""
        return Sex.MALE if self is RetirementTrack.MEN else Sex.FEMALE
