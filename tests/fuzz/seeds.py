"""Where fuzzing starts: sound files in several variants, and the corpus of blemished ones."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random

from tests.documents.corpus import (
    decisions_cases,
    lrm_cases,
    lrmx_bytes,
    lrmx_values,
    package_cases,
    workbook_cells,
    workbook_files,
)
from tests.documents.lrmx_variants import invented, variant
from tests.fuzz.zips import is_heavy
from tests.support import packages
from tests.support.workbooks import persons_sheet, write_sheets

from banzi.documents.codecs.lrm import write_lrm
from banzi.documents.codecs.workbook import write_template
from banzi.kernel.errors import BanziError

LARGEST = 1 << 17


def seeds(target: str) -> Iterator[bytes]:
    """Files for one target, none larger than `LARGEST`."""
    blemished = (case.data for cases in _CORPUS[target] for case in cases())
    for data in chain(_SOUND[target](), blemished):
        if len(data) <= LARGEST and not is_heavy(data):
            yield data


def _lrmx() -> Iterator[bytes]:
    random = Random(1)
    for _turn in range(40):
        yield variant(invented(random), random)


def _lrm() -> Iterator[bytes]:
    random = Random(2)
    for _turn in range(40):
        try:
            yield write_lrm(invented(random).form)
        except BanziError:
            continue


def _package() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "p.hzb")
        for given in (packages.parts(), packages.rowset_parts()):
            yield packages.write_zip(path, given).read_bytes()


def _workbook() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "w.xlsx")
        row = ["甲一", "", "男", "1975.03", "汉族"]
        yield write_sheets(path, persons_sheet(row)).read_bytes()
        sheets = {
            "A01人员": [
                ["姓名", "身份证号", "出生年月", "入党时间文字"],
                ["乙", "", 27000.5, "民建"],
            ],
            "A02职务": [["姓名", "身份证号", "职务名称"], ["乙", "", "局长"]],
            "A14奖惩": [["姓名", "身份证号", "奖惩名称"], ["乙", "", "警告"]],
        }
        yield write_sheets(path, sheets).read_bytes()
        write_template(path)
        yield path.read_bytes()
        yield write_sheets(
            path,
            {"裁定": [["编号", "处理意见", "裁定人", "裁定日期"], ["f1", "一", "甲", "20260101"]]},
        ).read_bytes()


_CORPUS = {
    "lrmx": (lrmx_bytes.cases, lrmx_values.cases),
    "lrm": (lrm_cases.cases,),
    "package": (package_cases.cases,),
    "workbook": (workbook_files.cases, workbook_cells.cases, decisions_cases.cases),
}
_SOUND = {"lrmx": _lrmx, "lrm": _lrm, "package": _package, "workbook": _workbook}
