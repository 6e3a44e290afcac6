"""Organs, teams, posts, the teams a post belongs to, and seats over time."""

from banzi.kernel.columns import Column, Kind, Table
from banzi.people.choices import SeatRole
from banzi.people.provenance import PROVENANCE
from banzi.teams.choices import DutyHead, RegionTier, TeamKind

ORGANS = Table(
    "organs",
    "机构",
    "organs",
    "Organs with their area, level and quotas (B01).",
    ("organ_id",),
    (
        Column("organ_id", Kind.TEXT, "机构标识", "organ id", national="B0111"),
        Column("organ_name", Kind.TEXT, "机构名称", "organ", national="B0101"),
        Column("short_name", Kind.TEXT, "机构简称", "short name", null="没有", national="B0104"),
        Column(
            "former_names",
            Kind.TEXT,
            "曾用名",
            "former names",
            null="没有或不掌握；几个以顿号分开",
        ),
        Column("unit_code", Kind.TEXT, "单位编码", "unit code", null="没有", national="B0114"),
        Column(
            "superior_organ_id",
            Kind.TEXT,
            "上级机构标识",
            "superior organ",
            null="本次范围内没有上级",
            references="organs.organ_id",
            national="B0121",
        ),
        Column(
            "division_code",
            Kind.CODE,
            "所在政区",
            "administrative division",
            null="不掌握",
            codes="admin_divisions",
            national="B0117",
        ),
        Column("region_tier", Kind.CHOICE, "层级", "tier", null="不掌握", choices=RegionTier),
        Column(
            "organ_level",
            Kind.TEXT,
            "机构级别",
            "level of the organ",
            null="不掌握",
            national="B0127",
        ),
        Column(
            "organ_category",
            Kind.TEXT,
            "机构类别",
            "category of the organ",
            null="不掌握",
            national="B0131",
        ),
        Column(
            "establishment",
            Kind.INTEGER,
            "行政编制数",
            "authorised headcount",
            null="不掌握",
            national="B0227",
            unit="person",
        ),
        *(
            Column(name, Kind.INTEGER, zh, en, null="不掌握", national=code, unit="person")
            for name, zh, en, code in (
                (
                    "civil_servant_institution_establishment",
                    "事业编制数（参公）",
                    "authorised headcount, institution under the Civil Servant Law",
                    "B0232",
                ),
                (
                    "institution_establishment",
                    "事业编制数（其他）",
                    "authorised headcount, other institution",
                    "B0233",
                ),
                ("worker_establishment", "工勤编制数", "authorised headcount, workers", "B0236"),
                ("other_establishment", "其他编制数", "authorised headcount, other", "B0234"),
            )
        ),
        Column(
            "principal_quota",
            Kind.INTEGER,
            "正职领导职数",
            "quota of principals",
            null="不掌握",
            national="B0183",
            unit="person",
        ),
        Column(
            "deputy_quota",
            Kind.INTEGER,
            "副职领导职数",
            "quota of deputies",
            null="不掌握",
            national="B0185",
            unit="person",
        ),
        Column(
            "technical_head_quota",
            Kind.INTEGER,
            "三总师职数",
            "quota of technical heads",
            null="没有单列，三总师占副职职数",
            unit="person",
        ),
        Column("remarks", Kind.TEXT, "备注", "remarks", null="没有", national="B0180"),
        *PROVENANCE,
    ),
)

TEAMS = Table(
    "teams",
    "领导班子",
    "leadership teams",
    "Leadership teams that are looked at and staffed as a whole.",
    ("team_id",),
    (
        Column("team_id", Kind.TEXT, "班子标识", "team id"),
        Column("team_name", Kind.TEXT, "班子名称", "team"),
        Column("team_kind", Kind.CHOICE, "班子类型", "kind of team", choices=TeamKind),
        Column("organ_id", Kind.TEXT, "机构标识", "organ id", references="organs.organ_id"),
        Column(
            "superior_team_id",
            Kind.TEXT,
            "上级班子标识",
            "direct superior team",
            null="本次范围内没有直接上级班子",
            references="teams.team_id",
        ),
        Column("region", Kind.TEXT, "地区", "region", null="不按地区分组"),
        Column("display_order", Kind.INTEGER, "排序", "order of display", null="按录入顺序"),
        *PROVENANCE,
    ),
)

POSTS = Table(
    "posts",
    "职位",
    "posts",
    "Posts to be staffed; one row is one place.",
    ("post_id",),
    (
        Column("post_id", Kind.TEXT, "职位标识", "post id"),
        Column("post_name", Kind.TEXT, "职位名称", "post"),
        Column("organ_id", Kind.TEXT, "机构标识", "organ id", references="organs.organ_id"),
        Column(
            "post_level",
            Kind.CODE,
            "职务层次",
            "post level",
            null="不掌握",
            codes="post_level_zb09",
        ),
        Column("role", Kind.CHOICE, "正副职", "role", choices=SeatRole),
        Column(
            "duty_head",
            Kind.CHOICE,
            "回避类别",
            "head under the hometown rule",
            null="未确定",
            choices=DutyHead,
        ),
        Column("is_elected", Kind.BOOLEAN, "是否选举产生", "elected", null="不掌握"),
        Column(
            "counts_against_quota",
            Kind.BOOLEAN,
            "是否占职数",
            "counts against the quota",
            null="不掌握",
        ),
        Column("display_order", Kind.INTEGER, "排序", "order of display", null="按录入顺序"),
        Column("custom", Kind.TEXT, "配备惯例", "custom of the post", null="没有"),
        *PROVENANCE,
    ),
)

POST_TEAMS = Table(
    "post_teams",
    "职位所属班子",
    "teams of a post",
    "A post belongs to one team, or to two when its holder sits in both.",
    ("post_id", "team_id"),
    (
        Column("post_id", Kind.TEXT, "职位标识", "post id", references="posts.post_id"),
        Column("team_id", Kind.TEXT, "班子标识", "team id", references="teams.team_id"),
        Column("team_order", Kind.INTEGER, "第几班子", "first or second team"),
        Column(
            "role_in_team",
            Kind.CHOICE,
            "在该班子的正副职",
            "role in the team",
            null="本机构的班子与职位的正副职相同，另一机构的班子按副职",
            choices=SeatRole,
        ),
        *PROVENANCE,
    ),
)

SEATS = Table(
    "seats",
    "任职",
    "seats",
    "Who held which post from when to when.",
    ("seat_no",),
    (
        Column("seat_no", Kind.INTEGER, "序号", "number"),
        Column("post_id", Kind.TEXT, "职位标识", "post id", references="posts.post_id"),
        Column("person_id", Kind.TEXT, "人员标识", "person id", references="persons.person_id"),
        Column("started_on", Kind.PARTIAL_DATE, "任职时间", "from", null="不掌握"),
        Column("ended_on", Kind.PARTIAL_DATE, "免职时间", "to", null="现任"),
        Column("document", Kind.TEXT, "任职文号", "document", null="不掌握"),
        *PROVENANCE,
    ),
)
