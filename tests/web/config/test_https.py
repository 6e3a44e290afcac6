"""Https through a reverse proxy: cookies, and whose word on the visitor is taken."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

import pytest
from waitress.server import create_server

from banzi.kernel.errors import BanziError
from banzi.web.config.https import HSTS_DAYS, PROXY, hsts_seconds, proxy, server_options

SAID = {"X-Forwarded-For": "203.0.113.9, 10.2.0.7", "X-Forwarded-Proto": "https"}


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PROXY, raising=False)
    monkeypatch.delenv(HSTS_DAYS, raising=False)


@contextmanager
def answering() -> Iterator[str]:
    """A server with these options that says what it believes of who asks; its address."""

    def tell(asked: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        known = ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_X_FORWARDED_FOR")
        return [json.dumps([asked.get(name) for name in known]).encode()]

    def end() -> None:
        """In the server's own thread, which may be waiting on what is closed here."""
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    server = create_server(tell, host="127.0.0.1", port=0, threads=1, **server_options())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}/"
    finally:
        server.trigger.pull_trigger(end)
        thread.join(30)
        assert not thread.is_alive()


def believed() -> list[str | None]:
    with answering() as address, urlopen(Request(address, headers=SAID), timeout=30) as answer:  # noqa: S310 - our own server
        return list(json.load(answer))


def test_nobodys_word_is_taken_unless_set() -> None:
    assert believed() == ["127.0.0.1", "http", None]


def test_the_word_of_another_machine_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROXY, "10.9.9.9")
    assert believed() == ["127.0.0.1", "http", None]


def test_the_proxy_says_who_asks_and_a_visitor_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a visitor wrote himself stands before what the proxy added."""
    monkeypatch.setenv(PROXY, " 127.0.0.1 ")
    assert believed()[:2] == ["10.2.0.7", "https"]


@pytest.mark.parametrize("text", ["*", "proxy.example", "10.0.0.0/8", "127.0.0.1,10.0.0.1", "1"])
def test_one_address_and_nothing_wider(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(PROXY, text)
    with pytest.raises(BanziError, match="反向代理的一个IP地址"):
        proxy()


def test_plain_http_is_refused_by_browsers_only_where_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert hsts_seconds() == 0
    monkeypatch.setenv(HSTS_DAYS, "30")
    with pytest.raises(BanziError, match=PROXY):
        hsts_seconds()
    monkeypatch.setenv(PROXY, "::1")
    assert hsts_seconds() == 30 * 86_400
    monkeypatch.setenv(HSTS_DAYS, "一年")
    with pytest.raises(BanziError, match="整数"):
        hsts_seconds()


@pytest.mark.parametrize(("given", "secure"), [({}, False), ({PROXY: "127.0.0.1"}, True)])
def test_cookies_travel_over_https_only_where_there_is_some(
    given: dict[str, str], secure: bool, tmp_path: object
) -> None:
    program = (
        "from banzi.web.config import settings as s;"
        "print([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS])"
    )
    environment = {**os.environ, **given, "BANZI_HOME": str(tmp_path)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([secure, secure, 0])
