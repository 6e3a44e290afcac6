"""The .docx around a body: as few parts as Word, WPS and LibreOffice ask for, with fixed times.

Only what a form needs stands in the file: no theme, no list of unused styles, no preview picture,
no name of a program or a person. The same body gives the same bytes on every machine.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from banzi.documents.papers.word import SONG

PICTURE_ID = "picture"
"""Name under which the body refers to the picture of the document."""

_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_PICTURE_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tiff": "image/tiff",
}

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{pictures}'
    '<Override PartName="/docProps/app.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument"'
    ' Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties"'
    ' Target="docProps/app.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/relationships/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/fontTable" Target="fontTable.xml"/>'
    "{picture}</Relationships>"
)
_PICTURE_RELATION = (
    f'<Relationship Id="{PICTURE_ID}" Type="{_OFFICE}/relationships/image" Target="{{target}}"/>'
)
_APP = f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"/>'
_CORE = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{time}</dcterms:modified>'
    "<dc:language>zh-CN</dc:language></cp:coreProperties>"
)
_FONTS = (
    f'{_HEAD}<w:fonts xmlns:w="{_MAIN}"><w:font w:name="{SONG}"><w:altName w:val="SimSun"/>'
    '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    f'<w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}" w:cs="{SONG}"/>'
    '<w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    '<w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "</w:style></w:styles>"
)
_MODES = (
    ("compatibilityMode", 15),
    ("overrideTableStyleFontSizeAndJustification", 1),
    ("enableOpenTypeFeatures", 1),
    ("doNotFlipMirrorIndents", 1),
)
_SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{_MAIN}"><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:useFELayout/>'
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="{value}"/>'
        for name, value in _MODES
    )
    + '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_DOCUMENT = (
    f'{_HEAD}<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}/relationships"'
    f' xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main"'
    f' xmlns:pic="{_DRAWING}/picture"><w:body>'
)
_INLINE = (
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="1" name="Picture 1"/><wp:cNvGraphicFramePr>'
    '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
    f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="image.{ending}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    f'<a:blip r:embed="{PICTURE_ID}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"/>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a document; width and height in English metric units (914,400 to the inch)."""

    data: bytes
    ending: str
    width: int
    height: int

    def inline(self) -> str:
        """The drawing as it stands in a line of text."""
        # every distance is said: left out, LibreOffice assumes 3 mm
        return _INLINE.format(cx=self.width, cy=self.height, ending=self.ending)


def write_package(
    path: Path, body: str, title: str, written_at: datetime, picture: Picture | None = None
) -> None:
    """Write a document.

    Parameters
    ----------
    body
        What stands between the body's tags.
    written_at
        UTC time given as created and modified: when what it says was stated, not the clock.
    """
    types = relation = ""
    if picture:
        kind = _PICTURE_TYPES[picture.ending]
        types = f'<Default Extension="{picture.ending}" ContentType="{kind}"/>'
        relation = _PICTURE_RELATION.format(target=f"media/image1.{picture.ending}")
    time = written_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    parts = (
        ("[Content_Types].xml", _TYPES.replace("{pictures}", types)),
        ("_rels/.rels", _RELATIONS),
        ("docProps/app.xml", _APP),
        ("docProps/core.xml", _CORE.format(title=escape(title), time=time)),
        ("word/document.xml", f"{_DOCUMENT}{body}</w:body></w:document>"),
        ("word/_rels/document.xml.rels", _DOCUMENT_RELATIONS.replace("{picture}", relation)),
        ("word/fontTable.xml", _FONTS),
        ("word/settings.xml", _SETTINGS),
        ("word/styles.xml", _STYLES),
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts:
            _add(package, name, text.encode("utf-8"), zipfile.ZIP_DEFLATED)
        if picture:  # pictures are packed already
            name = f"word/media/image1.{picture.ending}"
            _add(package, name, picture.data, zipfile.ZIP_STORED)


def _add(package: zipfile.ZipFile, name: str, data: bytes, packing: int) -> None:
    entry = zipfile.ZipInfo(name, _PACKED_AT)
    entry.create_system = 0  # else it names the system that wrote it
    package.writestr(entry, data, packing)
