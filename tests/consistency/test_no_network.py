"""No outbound connection: no module of the program imports what could open one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "banzi"
MODULES = sorted(SOURCE.rglob("*.py"))
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
NETWORK_MODULES = {"urllib.request", "multiprocessing.connection"}

LISTENS = SOURCE / "web/listening.py"
"""Makes the sockets that the site listens on; those that go out are made by other calls."""
GOES_OUT = {"connect", "connect_ex", "create_connection", "sendto", "sendmsg", "socketpair"}


def imports_of_the_network(source: str) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.split(".")[0] in NETWORK or name in NETWORK_MODULES]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_module_can_open_a_connection(file: Path) -> None:
    allowed = ["socket"] if file == LISTENS else []
    assert imports_of_the_network(file.read_text(encoding="utf-8")) == allowed


def attributes_of(source: str) -> set[str]:
    return {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}


def test_what_listens_does_not_go_out() -> None:
    used = attributes_of(LISTENS.read_text(encoding="utf-8"))
    assert "listen" in used
    assert not used & GOES_OUT
    assert attributes_of("socket.socket().connect(place)") & GOES_OUT


def test_the_network_test_can_fail() -> None:
    assert imports_of_the_network("from urllib import request") == ["urllib.request"]
    assert imports_of_the_network("import socket, os") == ["socket"]
