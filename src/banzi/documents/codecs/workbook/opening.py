"""Opening a workbook from anywhere without being harmed by it.

A workbook is a zip of XML, and a small zip can unpack to terabytes, promise one size and hold
another, declare entities that multiply, or place one cell in the last corner of a sheet so that a
reader lays out seventeen thousand million blanks. So the package is streamed through once, within
limits, before the reader proper sees it. Whatever is wrong becomes one problem of the file.

Not here: what the sheets mean (`sheets`), old `.xls` files and encrypted workbooks (refused with
advice).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import python_calamine

from banzi.documents.codecs.extract import LIMITS
from banzi.documents.codecs.workbook.extent import CELLS_LIMIT, Extent, count_elements
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

UNREADABLE = MessageKind(
    "workbook/unreadable", _("文件无法打开：{detail}；请检查文件是否存在、有无权限")
)
EMPTY_FILE = MessageKind("workbook/empty-file", _("文件是空的（0字节）；请重新取得文件"))
TOO_LARGE = MessageKind(
    "workbook/too-large", _("文件{size}MB，超过{limit}MB的上限；请拆分后分别导入")
)
NOT_A_WORKBOOK = MessageKind(
    "workbook/not-a-workbook",
    _("不是Excel工作簿（.xlsx）；请用Excel或WPS打开原文件，另存为“Excel工作簿（*.xlsx）”"),
)
OLD_OR_ENCRYPTED = MessageKind(
    "workbook/old-or-encrypted",
    _("是旧版 .xls 文件或设有打开密码；请取消密码并另存为“Excel工作簿（*.xlsx）”"),
)
DAMAGED = MessageKind(
    "workbook/damaged", _("工作簿已损坏（{part}）；请在Excel中打开并另存，或重新取得")
)
UNSAFE = MessageKind(
    "workbook/unsafe",
    _("工作簿解开后的内容过大或含有不允许的定义（{part}），为安全起见不予读取；请核实文件来源"),
)
TOO_MANY_CELLS = MessageKind(
    "workbook/too-many-cells",
    _("工作表范围过大（{part}到第{rows}行、第{columns}列）；请删除数据区以外的空行空列后另存"),
)

UNPACKED_LIMIT = 768 * 1024 * 1024
"""Bytes of all parts together once unpacked."""
PARTS_LIMIT = 5000

_BLOCK = 1 << 18
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_LOCAL_HEADER = 30
_DEFINITION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Book:
    """An opened workbook; `sheet` gives the cells of one sheet, row 1 first, blanks as "".

    Blank columns at the left of a sheet are left out: `first_column` counts them.
    """

    path: Path
    name: str
    sheet_names: tuple[str, ...]
    _book: Any

    def sheet(self, name: str) -> Iterator[list[Any]]:
        """Rows of raw cells: str, float, int, bool, date, datetime, time, timedelta.

        Raises
        ------
        BadInput
            When the sheet's part is damaged.
        """
        try:
            yield from self._book.get_sheet_by_name(name).iter_rows()
        except BaseException as error:
            if _is_ours(error):
                raise
            raise _refusal(DAMAGED(part=name), self.name) from None

    def first_column(self, name: str) -> int:
        """How many blank columns stand left of the first cell that `sheet` gives."""
        start = self._book.get_sheet_by_name(name).start
        return start[1] if start else 0


def open_book(path: Path, shown_as: str = "") -> Book:
    """Open a workbook for reading; `shown_as` is the file name for messages.

    Raises
    ------
    BadInput
        With one problem that says why the file cannot be used.
    """
    name = shown_as or str(path)
    try:
        with path.open("rb") as stream:
            if refused := _refusal_reason(stream, path.stat().st_size):
                raise _refusal(refused, name)
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return Book(path, name, tuple(book.sheet_names), book)
    except OSError as error:
        raise _refusal(UNREADABLE(detail=error.strerror or str(error)), name) from None
    except BaseException as error:  # the reader is Rust: a panic there is no Exception
        if _is_ours(error):
            raise
        raise _refusal(NOT_A_WORKBOOK(), name) from None


def _is_ours(error: BaseException) -> bool:
    return isinstance(error, BadInput | KeyboardInterrupt | SystemExit | GeneratorExit)


def _refusal(message: Message, name: str) -> BadInput:
    return BadInput([Problem(message, Location(name))])


def _refusal_reason(stream: IO[bytes], size: int) -> Message | None:
    limit = LIMITS["workbook_bytes"]
    if size == 0:
        return EMPTY_FILE()
    if size > limit:
        return TOO_LARGE(size=-(-size // (1 << 20)), limit=limit >> 20)
    if stream.read(4) == _OLE_MAGIC:
        return OLD_OR_ENCRYPTED()
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError):
        return NOT_A_WORKBOOK()
    if "xl/workbook.xml" not in {part.filename.replace("\\", "/") for part in parts}:
        return NOT_A_WORKBOOK()
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        return UNSAFE(part="zip")
    budget = UNPACKED_LIMIT
    for part in parts:
        found, used = _inspect(stream, part, budget)
        if found is not None:
            return found
        budget -= used
    return None


def _inspect(stream: IO[bytes], part: zipfile.ZipInfo, budget: int) -> tuple[Message | None, int]:
    """Unpack one part within the budget and look for what harms readers."""
    used = 0
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = is_xml and "worksheets/" in part.filename.lower()
    are_texts = is_xml and part.filename.lower().endswith("sharedstrings.xml")
    extent, texts = Extent(), 0
    try:
        for block in _whole_tags(_unpacked(stream, part)) if is_xml else _unpacked(stream, part):
            used += len(block)
            if used > budget:
                return UNSAFE(part=part.filename), used
            if is_xml and b"<!" in block and _DEFINITION.search(block):
                return UNSAFE(part=part.filename), used
            if is_sheet:
                extent.add(block)
                if extent.is_crowded or extent.is_misplaced:
                    return UNSAFE(part=part.filename), used
            if are_texts:
                texts += count_elements(block, b"si")
                if texts > CELLS_LIMIT:
                    return UNSAFE(part=part.filename), used
    except (zlib.error, EOFError, ValueError):
        return DAMAGED(part=part.filename), used
    if extent.cells > CELLS_LIMIT:
        return TOO_MANY_CELLS(part=part.filename, rows=extent.rows, columns=extent.columns), used
    return None, used


def _whole_tags(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes in parts that begin with `<`, so that no tag is in two of them.

    The first part begins as the bytes do; a stretch without `<` longer than any text of a cell
    is cut anywhere, and its rest does not begin with one.
    """
    held = b""
    for block in blocks:
        seen = held + block
        cut = max(seen.rfind(b"<"), 0)
        if len(seen) - cut > 2 * _BLOCK:
            cut = len(seen)
        held = seen[cut:]
        yield seen[:cut]
    yield held


def _unpacked(stream: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Blocks of a part as its own stream ends, whatever size the directory promises."""
    stream.seek(part.header_offset)
    header = stream.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER:
        raise EOFError(part.filename)
    name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    stream.seek(part.header_offset + _LOCAL_HEADER + name + extra)
    if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(part.filename)
    left = part.compress_size
    inflate = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        block = stream.read(min(_BLOCK, left))
        if not block:
            raise EOFError(part.filename)
        left -= len(block)
        if inflate is None:
            yield block
            continue
        while block:
            yield inflate.decompress(block, _BLOCK)
            block = inflate.unconsumed_tail
    if inflate is not None:
        yield inflate.flush()
