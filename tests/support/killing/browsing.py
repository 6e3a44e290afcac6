"""The office's browser, as far as a clerk's errands need one: cookies, forms, files."""

from __future__ import annotations

import secrets
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.support.accounts import PASSWORD

GOOD, REDIRECTED, NOT_FOUND = 200, 302, 404


class Unanswered(Exception):
    """No answer, or one that says that nothing was done: nothing was acknowledged."""


class NotThere(Unanswered):
    """404."""


class Browser:
    """Signs in by itself when it is sent to sign in."""

    def __init__(self, port: int, username: str) -> None:
        self._port, self._username = port, username
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """A page.

        Raises
        ------
        Unanswered
        """
        status, place, body = self._ask("GET", path)
        if status == REDIRECTED and place.startswith("/login/"):
            self._sign_in()
            status, _place, body = self._ask("GET", path)
        if status == NOT_FOUND:
            raise NotThere(path)
        if status != GOOD:
            raise Unanswered(f"GET {path}: {status}")
        return body.decode()

    def post(self, path: str, files: dict[str, bytes] | None = None, **fields: str) -> str:
        """Send a form; where the site sends one afterwards, which is its acknowledgement.

        Raises
        ------
        Unanswered
        """
        given = {**fields, "csrfmiddlewaretoken": self._cookies.get("csrftoken", "")}
        status, place, body = self._ask("POST", path, given, files)
        if status != REDIRECTED or place.startswith("/login/"):
            raise Unanswered(f"POST {path}: {status} {_told(body)}")
        return place

    def _sign_in(self) -> None:
        self._ask("GET", "/login/")
        self.post("/login/", username=self._username, password=PASSWORD)

    def _ask(
        self,
        method: str,
        path: str,
        fields: dict[str, str] | None = None,
        files: dict[str, bytes] | None = None,
    ) -> tuple[int, str, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if fields is not None:
            kind, body = _form(fields, files or {})
            headers["Content-Type"] = kind
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            raise Unanswered(repr(error)) from error
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return answer.status, answer.headers.get("Location", ""), content


def _form(fields: dict[str, str], files: dict[str, bytes]) -> tuple[str, bytes]:
    if not files:
        return "application/x-www-form-urlencoded", urlencode(fields).encode()
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, content in files.items():
        head = f'Content-Disposition: form-data; name="files"; filename="{name}"'
        kind = "Content-Type: application/octet-stream"
        parts.append(f"--{edge}\r\n{head}\r\n{kind}\r\n\r\n".encode() + content + b"\r\n")
    parts.append(f"--{edge}--\r\n".encode())
    return f"multipart/form-data; boundary={edge}", b"".join(parts)


def _told(body: bytes) -> str:
    """A little of a page that was not expected, for whoever must find out why."""
    text = body.decode(errors="replace")
    start = text.find("alert")
    return text[max(0, start) :][:300] if start >= 0 else text[-200:]
