"""A real site, as a program of its own on this machine, and a real browser before it.

Every page is watched: a request that leaves the machine, a breach of the content security policy
or an error of a script fails the test that caused it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request, expect, sync_playwright
from tests.e2e.preparing import PAST
from tests.support.accounts import PASSWORD
from tests.support.ports import free_port

from banzi.demo.knobs import load_knobs

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HANGING = 300_000
"""Milliseconds after which what was waited for will not come. It is no measure of speed: several
tests, servers and browsers may share one processor."""
expect.set_options(timeout=HANGING)
NO_CHROMIUM = "end-to-end tests were SKIPPED: no chromium found (sudo apt install chromium)"


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def banzi(*words: object, **environment: str) -> None:
    """Run a command of the product to its end."""
    command = [sys.executable, "-m", "banzi", *map(str, words)]
    subprocess.run(command, cwd=ROOT, env={**own_environment(), **environment}, check=True)


def own_environment() -> dict[str, str]:
    """This process's environment without the settings for tests."""
    left_out = ("DJANGO_SETTINGS_MODULE", "BANZI_HOME", "BANZI_DATABASE")
    given = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**given, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is being served."""

    home: Path
    address: str


def serve(
    home: Path,
    roster: Path | None = None,
    problem: Path | None = None,
    *,
    past: bool = False,
    **environment: str,
) -> Iterator[Site]:
    """Prepare a folder, serve it with a worker and these settings, and stop both at the end."""
    preparing = [sys.executable, "-m", "tests.e2e.preparing", str(home)]
    preparing += [str(each) for each in (roster, problem) if each]
    preparing += [PAST] if past else []
    subprocess.run(preparing, cwd=ROOT, env=own_environment(), check=True)
    port = free_port()
    command = [sys.executable, "-m", "banzi", "site", "serve", "--home", home, "--port", port]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            list(map(str, command)),
            cwd=ROOT,
            env={**own_environment(), **environment},
            stdout=log,
            stderr=log,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/login/", server)
            yield Site(home, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers, or has ended, or seems to hang."""
    until = time.monotonic() + HANGING / 1000
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=30).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the site did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium()
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(NO_CHROMIUM)
    if found is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as driver:
        opened = launch(driver, found)
        yield opened
        opened.close()


def launch(driver: Playwright, program: str) -> Browser:
    return driver.chromium.launch(executable_path=program, args=FLAGS)


@dataclass(slots=True)
class Watch:
    """What a page did that no page may do."""

    faults: list[str] = field(default_factory=list)

    def over(self, page: Page, address: str) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("request", lambda request: self._asked(request, address))

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.faults.append(f"console: {text}")

    def _asked(self, request: Request, address: str) -> None:
        if not request.url.startswith((address, "data:", "blob:", "about:")):
            self.faults.append(f"left the machine: {request.url}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    watching = Watch()
    yield watching
    assert watching.faults == []


_SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"


def settled(page: Page) -> None:
    """Until the page is loaded and every piece that it asked for stands in it."""
    page.wait_for_load_state()
    page.wait_for_function(_SETTLED)


def signed_in(browser: Browser, site: Site, watch: Watch, username: str = "leader") -> Page:
    """A page of its own, signed in."""
    context = browser.new_context(
        base_url=site.address, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    context.set_default_timeout(HANGING)
    page = context.new_page()
    watch.over(page, site.address)
    page.goto("/login/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    # whoever has a second factor is asked for a code next
    page.wait_for_url(lambda address: urlsplit(address).path != "/login/")
    return page


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented prefecture as files: forms, workbook, targets, settings."""
    folder = tmp_path_factory.mktemp("demo")
    banzi("demo", "write", folder / "files")
    return folder / "files"


@pytest.fixture(scope="session")
def demo_roster(demo_files: Path) -> Path:
    roster = demo_files.parent / "roster"
    day = load_knobs().as_of
    banzi("import", demo_files, "--roster", roster, "--as-of", day, "--recorded-on", day)
    return roster


@pytest.fixture(scope="session")
def demo_problem(demo_files: Path, demo_roster: Path) -> Path:
    """The prefecture's staffing problem: thirty posts."""
    problem = demo_files.parent / "problem"
    targets, settings = demo_files / "targets.yaml", demo_files / "settings.yaml"
    banzi("plan", "build", demo_roster, "--targets", targets, "--settings", settings,
          "--problem", problem)  # fmt: skip
    return problem


@pytest.fixture(scope="session")
def filled_site(
    demo_roster: Path, demo_problem: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site with the prefecture's records, its plans (`tests.e2e.boards`) and much done already
    (`tests.e2e.past`), for tests that read."""
    yield from serve(tmp_path_factory.mktemp("site"), demo_roster, demo_problem, past=True)


@pytest.fixture
def board_site(demo_roster: Path, demo_problem: Path, tmp_path: Path) -> Iterator[Site]:
    """The same for a test that writes."""
    yield from serve(tmp_path / "site", demo_roster, demo_problem)


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """A site with accounts and nothing else."""
    yield from serve(tmp_path / "site")


@pytest.fixture(scope="session")
def planning_site(demo_roster: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the prefecture's records, for a journey that carries a plan into them."""
    yield from serve(tmp_path_factory.mktemp("planning"), demo_roster)
