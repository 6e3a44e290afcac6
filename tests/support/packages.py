"""Packages of the national system for tests, as unescaped and as broken as real ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.support.workbooks import id_number

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(64))
Tables = dict[str, list[dict[str, str]]]

ADO_HEAD = (
    "<xml xmlns:s='uuid:BDC6E3F0-6DA3-11d1-A2A3-00AA00C14882' xmlns:rs='urn:schemas-microsoft-com:"
    "rowset' xmlns:z='#RowsetSchema'>\r\n<s:Schema id='RowsetSchema'>\r\n"
    "<s:ElementType name='row' content='eltOnly'>\r\n"
    "<s:AttributeType name='c0' rs:name='A0000' rs:number='1'/>\r\n"
    "<s:AttributeType name='A0101' rs:number='2' rs:nullable='true'>"
    "<s:datatype dt:type='string'/></s:AttributeType>\r\n</s:ElementType>\r\n</s:Schema>\r\n"
)


def tables() -> Tables:
    """One man with everything, one woman with little; every value invented."""
    return {
        "B01": [
            {"B0111": "001", "B0101": "甲市某局", "B0121": "-1", "B0114": "X01"},
            {"B0111": "001.001", "B0101": "甲市某局办公室", "B0121": "001"},
        ],
        "A01": [
            {
                "A0000": "K-1",
                "A0101": "甲 一",
                "A0104": "1",
                "A0107": "197503",
                "A0111": "150102",
                "A0111A": "内蒙古呼和浩特",
                "A0117": "05",
                "A0128": "1",
                "A0134": "1997-07-01 00:00:00",
                "A0141": "01",
                "A0163": "1",
                "A0160": "7",
                "A0184": id_number(19750312),
                "A0192A": "甲市某局局长，得分<60 & 其他",
                "A0195": "001",
                "A0221": "1A31",
                "A0192E": "03",
                "A0197": "1",
                "A1701": "1997.07--2005.03  甲市某局科员\n2005.03--         甲市某局局长",
                "XX99": "1",
            },
            {"A0000": "K-2", "A0101": "乙", "A0104": "2", "A0107": "198011", "A0117": "77"},
        ],
        "A02": [
            {
                "A0000": "K-1",
                "A0201A": "甲市某局",
                "A0201B": "001",
                "A0201D": "1",
                "A0201E": "1",
                "A0215A": "局长",
                "A0219": "1",
                "A0243": "200503",
                "A0247": "3",
                "A0255": "1",
                "A0281": "true",
            },
            {"A0000": "K-2", "A0201E": "31", "A0215A": "科员", "A0219": "2", "A0255": "0"},
        ],
        "A05": [
            {"A0000": "K-1", "A0531": "0", "A0501B": "1A31", "A0504": "20050301", "A0524": "1"},
            {"A0000": "K-1", "A0531": "1", "A0501B": "二级调研员", "A0504": "201901"},
            {"A0000": "K-2", "A0531": "1", "A0501B": "03"},
        ],
        "A06": [{"A0000": "K-1", "A0601": "011", "A0604": "200801"}],
        "A08": [{"A0000": "K-1", "A0801B": "21", "A0837": "1", "A0814": "某大学"}],
        "A14": [
            {"A0000": "K-1", "A1404A": "记大过", "A1407": "20100105"},
            {"A0000": "K-1", "A1404A": "先进个人", "A1407": "201203"},
        ],
        "A15": [{"A0000": "K-1", "A1517": "1", "A1521": "2024"}],
        "A36": [
            {"A0000": "K-1", "A3601": "丙", "A3604A": "13", "A3607": "197604", "A3627": "01"}
        ],
        "A57": [{"A0000": "K-1", "A5714": "p1.JPG"}],
        "A99Z1": [{"A0000": "K-1", "A99Z101": "1", "A99Z102": "199707"}],
        "A30": [],
    }  # fmt: skip


def info(count: int) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><root><node name="type" value="hzb"/>'
        f'<node name="psncount" value="{count}"/><tablelist><tablelist name="A01"/></tablelist></root>'
    )


def table_text(rows: list[dict[str, str]]) -> str:
    """As the system writes it: values between quotes, nothing escaped."""
    lines = [
        "<row " + " ".join(f'{code}="{value}"' for code, value in row.items()) + " />"
        for row in rows
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xml><data>' + "\n".join(lines) + "</data></xml>"
    )


def rowset_text(rows: list[dict[str, str]], changes: str = "") -> str:
    """The older form: an ADO rowset, A0000 under a short name."""
    lines = [
        "<z:row "
        + " ".join(f"{'c0' if code == 'A0000' else code}='{value}'" for code, value in row.items())
        + "/>"
        for row in rows
    ]
    return ADO_HEAD + "<rs:data>\r\n" + "\r\n".join(lines) + changes + "</rs:data>\r\n</xml>\r\n"


def parts(given: Tables | None = None, count: int = 2) -> dict[str, bytes]:
    """Names inside the package → bytes."""
    held = tables() if given is None else given
    files = {f"Table/{name}.xml": table_text(rows).encode() for name, rows in held.items()}
    return {"gwyinfo.xml": info(count).encode(), **files, "Photos/p1.jpg": JPEG}


def rowset_parts(given: Tables | None = None) -> dict[str, bytes]:
    held = tables() if given is None else given
    files = {f"Table/{name}.xml": rowset_text(rows).encode("gbk") for name, rows in held.items()}
    return {**files, "Photos/p1.jpg": JPEG}


def write_zip(path: Path, given: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in given.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return path


def write_folder(path: Path, given: dict[str, bytes]) -> Path:
    for name, data in given.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return path
