"""The elements of a `.lrmx` file and the columns they fill (formats.md 1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ROOT = "Person"
FAMILY = "JiaTingChengYuan"
MEMBER = "Item"
PHOTO = "ZhaoPian"

COLUMN_OF: Mapping[str, str] = MappingProxyType(
    {
        "XingMing": "name",
        "XingBie": "sex",
        "ChuShengNianYue": "birth",
        "MinZu": "ethnicity",
        "JiGuan": "native_place",
        "ChuShengDi": "birthplace",
        "RuDangShiJian": "party_text",
        "CanJiaGongZuoShiJian": "work_started",
        "JianKangZhuangKuang": "health",
        "ZhuanYeJiShuZhiWu": "technical_title",
        "ShuXiZhuanYeYouHeZhuanChang": "specialty",
        "QuanRiZhiJiaoYu_XueLi": "full_time_education",
        "QuanRiZhiJiaoYu_XueWei": "full_time_degree",
        "QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "full_time_education_school",
        "QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "full_time_degree_school",
        "ZaiZhiJiaoYu_XueLi": "in_service_education",
        "ZaiZhiJiaoYu_XueWei": "in_service_degree",
        "ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi": "in_service_education_school",
        "ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi": "in_service_degree_school",
        "XianRenZhiWu": "current_posts_text",
        "NiRenZhiWu": "proposed_posts_text",
        "NiMianZhiWu": "removed_posts_text",
        "JianLi": "resume_text",
        "JiangChengQingKuang": "awards_text",
        "NianDuKaoHeJieGuo": "assessments_text",
        "RenMianLiYou": "appointment_reason",
        "ChengBaoDanWei": "reporting_unit",
        "JiSuanNianLingShiJian": "age_counted_on",
        "TianBiaoShiJian": "form_filled_on",
        "TianBiaoRen": "form_filled_by",
        "ShenFenZheng": "id_number",
        "Version": "form_version",
        "DaoLingNianYue": "retirement_month_stated",
        "GaiGeQianRenZhiNianLingJieXian": "retirement_limit_text",
    }
)
"""Element → column of `persons`, for every element that holds one text."""

OPTIONAL = ("DaoLingNianYue", "GaiGeQianRenZhiNianLingJieXian")
"""Elements of the newer editor (2025), written only when they say something."""

_BEFORE_FAMILY = "RenMianLiYou"
_BEFORE_PHOTO = "ShenFenZheng"


def _ordered() -> tuple[str, ...]:
    order: list[str] = []
    for element in COLUMN_OF:
        if element in OPTIONAL:
            continue
        order.append(element)
        if element == _BEFORE_FAMILY:
            order.append(FAMILY)
        elif element == _BEFORE_PHOTO:
            order.append(PHOTO)
    return tuple(order)


ORDER = _ordered()
"""The 34 elements in the order in which they are written."""

FAMILY_CHILDREN: Mapping[str, str] = MappingProxyType(
    {
        "ChengWei": "relation",
        "XingMing": "name",
        "ChuShengRiQi": "birth",
        "ZhengZhiMianMao": "political_status",
        "GongZuoDanWeiJiZhiWu": "unit_and_post",
    }
)
"""Child of an `Item` → attribute of `FamilyMember`, in writing order."""
