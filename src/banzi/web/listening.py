"""Sockets that the site listens on: the one module that may open any, and none that goes out."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from collections.abc import Iterable

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

Socket = socket.socket
_BACKLOG = 1024
_WAIT_FOR_PORT = 3.0
"""Seconds in which the processes of a server that was killed let go of its port."""

NO_PORT = MessageKind(
    "site/no-port",
    _(
        "不能在{host}:{port}上提供服务（{detail}）；可能网站已在运行，或端口被其他程序占用。"
        "请先关闭，或用--port改用其他端口"
    ),
)


def listening(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen on a port, one for each address that the host has.

    Raises
    ------
    BanziError
        `site/no-port`
    """
    until = time.monotonic() + _WAIT_FOR_PORT
    while True:
        try:
            return _listening(host, port)
        except UnicodeError as error:  # no name at all
            raise BanziError(NO_PORT(host=host, port=port, detail=str(error))) from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                detail = error.strerror or str(error)
                raise BanziError(NO_PORT(host=host, port=port, detail=detail)) from None
        time.sleep(0.2)


def _listening(host: str, port: int) -> list[socket.socket]:
    found: list[socket.socket] = []
    missed = OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    asked = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    for family, kind, protocol, _name, address in dict.fromkeys(asked):
        try:
            found.append(_bound(family, kind, protocol, address))
        except OSError as error:  # `localhost` has an address that a machine without IPv6 lacks
            missed = error
            if error.errno == errno.EADDRINUSE:
                for each in found:
                    each.close()
                raise
    if not found:
        raise missed
    return found


def _bound(family: int, kind: int, protocol: int, address: object) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two programs have the same port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)  # type: ignore[arg-type]  # as the system gave it
        made.listen(_BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def inherited(numbers: Iterable[int]) -> list[Socket]:
    """The parent's sockets in a child, by their file descriptors."""
    return [Socket(fileno=number) for number in numbers]
