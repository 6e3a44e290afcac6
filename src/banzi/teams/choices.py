"""Closed lists of values about teams and posts."""

from banzi.kernel.columns import Labelled


class TeamKind(Labelled):
    PARTY_COMMITTEE = "party_committee", "党委", "Party committee"
    GOVERNMENT = "government", "政府", "government"
    PEOPLES_CONGRESS = "peoples_congress", "人大常委会", "people's congress standing committee"
    CONSULTATIVE_CONFERENCE = "consultative_conference", "政协", "consultative conference"
    DISCIPLINE_COMMISSION = "discipline_commission", "纪委监委", "discipline commission"
    COURT = "court", "法院", "court"
    PROCURATORATE = "procuratorate", "检察院", "procuratorate"
    DEPARTMENT = "department", "部门", "department"
    OTHER = "other", "其他", "other"


class RegionTier(Labelled):
    """Which tier of government an organ's area is."""

    PROVINCE = "province", "省级", "province"
    PREFECTURE = "prefecture", "市级", "prefecture"
    COUNTY = "county", "县级", "county"
    TOWNSHIP = "township", "乡级", "township"


class DutyHead(Labelled):
    """Heads to whom the hometown rule (RC/5) speaks; `none` for every other post."""

    PARTY_COMMITTEE = "party_committee", "党委正职", "head of the Party committee"
    GOVERNMENT = "government", "政府正职", "head of the government"
    DISCIPLINE = "discipline", "纪检监察机关正职", "head of discipline and supervision"
    ORGANISATION = "organisation", "组织部门正职", "head of the organisation department"
    COURT = "court", "法院正职", "head of the court"
    PROCURATORATE = "procuratorate", "检察院正职", "head of the procuratorate"
    POLICE = "police", "公安部门正职", "head of the police"
    NONE = "none", "非上述职务", "none of these"
