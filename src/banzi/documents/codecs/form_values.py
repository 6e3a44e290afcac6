"""A form's texts → typed values of the roster, with a finding for whatever does not fit.

A value that cannot be read is null and its text is kept. Nothing is guessed: a blank 入党时间 is
not 群众, an award list is not split up, and no sanction is read out of free text. `无` under 奖惩
and a filled family list say that these are complete as at 填表时间, and that is recorded.

Not here: the filling rules (field lengths, wording), nor anything that takes a second file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache

from banzi.codes import id_numbers, lookup
from banzi.documents.codecs.assessment_text import parse_assessments
from banzi.documents.codecs.extract import Finding, PersonExtract, Row
from banzi.documents.codecs.form_texts import (
    DATE_COLUMNS,
    TEXT_COLUMNS,
    date_of,
    is_impossible_date,
)
from banzi.documents.codecs.party_text import parse_party_text
from banzi.documents.codecs.pictures import wrong_shape
from banzi.documents.codecs.resume import parse_resume
from banzi.documents.form import Form
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import Location, Problem
from banzi.kernel.messages import FindingKind, FindingMessage, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.people.choices import AssessmentKind, Sex

NOT_A_DATE = FindingKind(
    "form/not-a-date", _("“{column}”的“{written}”不是有效日期；请更正"), title=_("日期无法识别")
)
IMPOSSIBLE_DATE = FindingKind(
    "form/impossible-date",
    _("“{column}”的“{written}”没有这一天或这个月份；请更正后重新导入"),
    title=_("日期不存在"),
)
NOT_A_SEX = FindingKind(
    "form/not-a-sex", _("性别“{written}”应填“男”或“女”；请更正"), title=_("性别无法识别")
)
NOT_AN_ETHNICITY = FindingKind(
    "form/not-an-ethnicity", _("民族“{written}”不在代码表中；请更正"), title=_("民族不在代码表中")
)
SHORT_ETHNICITY = FindingKind(
    "form/short-ethnicity", _("民族“{written}”应写全称“{wording}”"), title=_("民族未写全称")
)
PARTY_UNREAD = FindingKind(
    "form/party-unread",
    _("入党时间“{written}”无法识别，政治面貌未取值；请更正或确认"),
    title=_("入党时间无法识别"),
)
ASSESSMENTS_UNREAD = FindingKind(
    "form/assessments-unread",
    _("年度考核结果“{written}”未能逐年识别；请补录各年度结论"),
    title=_("年度考核结果无法识别"),
)
RELATION_UNKNOWN = FindingKind(
    "form/relation-unknown",
    _("家庭成员第{number}行：称谓“{written}”不在代码表中；请核对"),
    title=_("亲属称谓不在代码表中"),
)
RELATIVE_DATE = FindingKind(
    "form/relative-date",
    _("家庭成员第{number}行：出生日期“{written}”不是有效日期；请更正"),
    title=_("亲属出生日期无法识别"),
)
ID_BIRTH_DIFFERS = FindingKind(
    "form/id-birth-differs",
    _("出生年月{birth}与身份证号中的{id_birth}不一致，以组织认定的时间为准；请核对"),
    title=_("出生年月与身份证号不一致"),
)
ID_SEX_DIFFERS = FindingKind(
    "form/id-sex-differs",
    _("性别“{sex}”与身份证号所示不一致；请对照证件核对"),
    title=_("性别与身份证号不一致"),
)
PHOTO_SHAPE = FindingKind(
    "form/photo-shape",
    _("照片为{width}×{height}像素，宽高比不是4:5；请更换或裁剪照片"),
    title=_("照片宽高比不是4:5"),
)

NONE_BASIS = _("任免审批表“奖惩情况”填“无”")
FAMILY_BASIS = _("任免审批表所列家庭主要成员及重要社会关系")
_RESUME_LINE = MessageKind("form/place-resume", _("简历第{line}行"))
_FAMILY_LINE = MessageKind("form/place-family", _("家庭成员第{number}行"))
_ASSESSMENT_FIELD = _("年度考核结果")
_NONE = ("无", "无。")

Place = Callable[[str], Location]
"""Column of `persons`, or `family.<number>` for a family line → where it stands in the file."""


def person_of(form: Form, place: Place, resume_at: Callable[[int], Location]) -> PersonExtract:
    """What a canonical form says, typed.

    Parameters
    ----------
    form
        As `form_texts.canonical_form` leaves it.
    place
        Where a field stands in the file.
    resume_at
        Where a line of 简历, counted from 1, stands in the file.

    Returns
    -------
    PersonExtract
        `row` and `rows` for `career_segments`, `assessments`, `relatives`, `completeness` and
        `form_extras`; `findings` name table, column and, for rows, the number of the row.
    """
    reader = _FormReader(form, place)
    reader.identity()
    reader.party()
    reader.resume(resume_at)
    reader.assessments()
    reader.family()
    reader.completeness()
    reader.extras()
    return reader.person


def impossible_dates(form: Form, place: Place) -> list[Problem]:
    """Dates of the form that are written as dates but name no month or day there is (`197513`).

    A slip of the pen that everything later would rest on, and an error therefore, as in a workbook;
    other text in a date field is a finding.
    """
    return [
        Problem(IMPOSSIBLE_DATE(column=PERSONS[column].zh, written=form[column]), place(column))
        for column in DATE_COLUMNS
        if is_impossible_date(form[column])
    ]


def photo_doubt(photo: bytes) -> FindingMessage | None:
    """What is to be said of a picture that is read: `form/photo-shape`, or nothing."""
    size = wrong_shape(photo)
    return PHOTO_SHAPE(width=size[0], height=size[1]) if size else None


class _FormReader:
    def __init__(self, form: Form, place: Place) -> None:
        self.form = form
        self.place = place
        self.person = PersonExtract(row={}, at=place("name"), photo=form.photo)

    def identity(self) -> None:
        row, form = self.person.row, self.form
        row.update({column: form[column] or None for column in TEXT_COLUMNS})
        for column in DATE_COLUMNS:
            row[column] = self._date(column)
        row["sex"] = Sex.from_zh(form["sex"])
        if form["sex"] and row["sex"] is None:
            self._unread("sex", NOT_A_SEX(written=form["sex"]))
        row["ethnicity"] = self._ethnicity()
        row["id_number"] = self._id_number()
        row["photo_sha256"] = hashlib.sha256(form.photo).hexdigest() if form.photo else None
        if form.photo and (doubt := photo_doubt(form.photo)):
            self._note("photo_sha256", doubt)

    def party(self) -> None:
        text = self.form["party_text"]
        entry = parse_party_text(text)
        if entry is None:
            if text:
                self._note("political_status", PARTY_UNREAD(written=text), "party_text")
            return
        self.person.row.update(
            political_status=entry.political_status,
            party_joined=_whole(entry.party_joined),
            second_party=entry.second_party,
            third_party=entry.third_party,
        )

    def resume(self, resume_at: Callable[[int], Location]) -> None:
        resume = parse_resume(self.form["resume_text"])
        rows = [
            {**segment.row(), "source_place": _resume_place(segment.line)}
            for segment in resume.segments
        ]
        self._rows("career_segments", rows)
        self.person.findings.extend(resume.findings(resume_at))

    def assessments(self) -> None:
        text = self.form["assessments_text"]
        if not text or text in _NONE:
            return
        results = parse_assessments(text)
        if results is None:
            message = ASSESSMENTS_UNREAD(written=text)
            at = self.place("assessments_text")
            self.person.findings.append(Finding(message, at, table="assessments"))
            return
        rows: list[Row] = [
            {
                "assessment_kind": str(AssessmentKind.ANNUAL),
                "year": year,
                "outcome": outcome,
                "source_place": _ASSESSMENT_FIELD,
            }
            for year, outcome in sorted(results.items())
        ]
        self._rows("assessments", rows)

    def family(self) -> None:
        rows: list[Row] = []
        for number, member in enumerate(self.form.family, start=1):
            at = self.place(f"family.{number}")
            relation = lookup.code_of("family_relation_form", member.relation)
            if member.relation and relation is None:
                message = RELATION_UNKNOWN(number=number, written=member.relation)
                self._relative(message, at, "relation", number)
            birth = date_of(member.birth)
            if member.birth and birth is None:
                message = RELATIVE_DATE(number=number, written=member.birth)
                self._relative(message, at, "birth", number, written=member.birth)
            rows.append(
                {
                    "relation_text": member.relation or None,
                    "relation": relation,
                    "name": member.name or None,
                    "birth": _whole(birth),
                    "political_status_text": member.political_status or None,
                    "unit_and_post": member.unit_and_post or None,
                    "source_place": _family_place(number),
                }
            )
        self._rows("relatives", rows)

    def completeness(self) -> None:
        filled_on = self.person.row["form_filled_on"]
        if filled_on is None:
            return
        known: list[tuple[str, str]] = []
        if self.form["awards_text"] in _NONE:
            known += [("sanctions", NONE_BASIS), ("awards", NONE_BASIS)]
        if self.form.family:
            known.append(("relatives", FAMILY_BASIS))
        rows: list[Row] = [
            {"table_name": table, "complete_on": filled_on, "basis": basis}
            for table, basis in known
        ]
        self._rows("completeness", rows)

    def extras(self) -> None:
        rows: list[Row] = [
            {"element": element, "content": content} for element, content in self.form.extras
        ]
        self._rows("form_extras", rows)

    def _date(self, column: str) -> int | None:
        text = self.form[column]
        day = date_of(text)
        if text and day is None:
            self._unread(column, NOT_A_DATE(column=PERSONS[column].zh, written=text))
        return _whole(day)

    def _ethnicity(self) -> str | None:
        text = self.form["ethnicity"]
        if not text:
            return None
        match = lookup.find("ethnic_gbt3304", text)
        if match is None:
            self._unread("ethnicity", NOT_AN_ETHNICITY(written=text))
            return None
        if not match.standard:
            message = SHORT_ETHNICITY(written=text, wording=match.wording)
            self._note("ethnicity", message)
        return match.code

    def _id_number(self) -> str | None:
        text = self.form["id_number"]
        if not text:
            return None
        wrong, number = id_numbers.problem_with(text), id_numbers.read_id_number(text)
        if wrong is not None or number is None:
            if wrong is not None:
                self._unread("id_number", wrong)
            return None
        row = self.person.row
        birth = row["birth"]
        if birth is not None and birth // 100 != number.born // 100:
            shown = {"birth": PartialDate(birth), "id_birth": number.born}
            self._note("birth", ID_BIRTH_DIFFERS(**shown))
        sex = row["sex"]
        if sex is not None and lookup.code_of(id_numbers.SEX_TABLE, sex.zh) != number.sex:
            self._note("sex", ID_SEX_DIFFERS(sex=sex.zh))
        return number.number

    def _rows(self, table: str, rows: list[Row]) -> None:
        if rows:
            self.person.rows[table] = rows

    def _unread(self, column: str, message: FindingMessage) -> None:
        """A field without a readable value; its text is kept beside the null."""
        at, written = self.place(column), self.form[column]
        self.person.findings.append(
            Finding(message, at, table="persons", column=column, written=written)
        )

    def _note(self, column: str, message: FindingMessage, field: str = "") -> None:
        at = self.place(field or column)
        self.person.findings.append(Finding(message, at, table="persons", column=column))

    def _relative(
        self, message: FindingMessage, at: Location, column: str, number: int, written: str = ""
    ) -> None:
        finding = Finding(message, at, "relatives", column, str(number), written=written)
        self.person.findings.append(finding)


@lru_cache(maxsize=1000)
def _resume_place(line: int) -> str:
    return _RESUME_LINE(line=line).text()


@lru_cache(maxsize=100)
def _family_place(number: int) -> str:
    return _FAMILY_LINE(number=number).text()


def _whole(day: PartialDate | None) -> int | None:
    return None if day is None else int(day)
