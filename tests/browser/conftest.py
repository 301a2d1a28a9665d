"""
The site in a real browser.

Run: python3 run.py test tests/browser [-k name]. The site under test is started once by `run.py` itself, on a free
port and a temporary data folder. Tests use no Django and no database.

Fixtures:

- `site`          address of the site, without a slash at the end: `page.goto(site + "/")`
- `sign_in`       `sign_in(page, "editor")` signs in to the admin as a catalogue editor; also `"reader"` (may only look)
                  and `"administrator"` (may do everything)
- `page`          a Playwright page, light, 1280 x 900, JavaScript on
- `open_page`     makes pages of another kind, each in a fresh browser context:
                  `open_page(theme="dark", width=390, javascript=False)`; also `height`, `media="print"`,
                  `reduced_motion=True`, `forced_colors=True`
- `axe`           `axe(page)` gives what axe-core finds, one text for each finding: `assert axe(page) == []`
                  (WCAG 2.0, 2.1, 2.2 A and AA, and good practice)
- `focused`       `focused(page)` tells what has the focus: "#id", else "name=...", else the tag's name
- `picture`       `picture(page, "name")` keeps a full-page picture as var/pictures/name.png and returns its path

On every page opened through `page` or `open_page` a test fails at its end when there was a message of level error or
warning on the console, an uncaught exception, a breach of the Content Security Policy, a request to another host, a
request that failed, an answer of 500 and above, or the focus was lost when htmx replaced a part of the page. A test
that provokes one says so:
`@pytest.mark.allows_console("part of the message")`.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

import run
from tests.browser.chromium import HOW_TO_GET_CHROMIUM, find_chromium
from tests.site_data import reuse_static_files

PICTURES = run.ROOT / "var" / "pictures"

# Told by the browser for each blocked thing, with what was blocked; the console's own words differ by version.
WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", event =>
    console.error("policy: " + event.effectiveDirective + " blocked " + (event.blockedURI || event.sourceFile)));
"""

# A part of the page that htmx replaces takes the focus along, unless it is set again. The page has its chance to do so
# until the next frame; nobody's press or click comes in between.
WATCH_FOCUS = """
{
  const lost = () => !document.activeElement || document.activeElement === document.body;
  let had = null;
  document.addEventListener("htmx:beforeSwap", () => { had = lost() ? null : document.activeElement; });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const what = had;
    had = null;
    if (what) requestAnimationFrame(() => {
      if (lost()) console.error("focus lost: " + what.outerHTML.slice(0, 200) + " by " + detail.xhr.responseURL);
    });
  });
}
"""


# Who can sign in: name -> role in the admin, or None for one who may do everything.
PEOPLE = {"editor": "Catalogue editor", "reader": "Catalogue reader", "administrator": None}
PASSWORD = "the lighthouse keeper's cat"
MAKE_PEOPLE = f"""
from django.contrib.auth.models import Group, User
for name, role in {PEOPLE!r}.items():
    person = User.objects.create_user(name, password={PASSWORD!r}, is_staff=True, is_superuser=role is None)
    person.groups.set(Group.objects.filter(name=role))
"""


@pytest.fixture(scope="session")
def site_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the site under test."""
    data = tmp_path_factory.mktemp("site")
    reuse_static_files(data)
    return data


@pytest.fixture(scope="session")
def people(site: str, site_data: Path) -> None:
    """Make those who can sign in."""
    program = [sys.executable, str(run.ROOT / "run.py"), "manage", "shell", "-c", MAKE_PEOPLE]
    environment = os.environ | {"PLANNER_DATA": str(site_data)}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def sign_in(site: str, people: None) -> Callable[[Page, str], None]:
    def enter(page: Page, name: str) -> None:
        page.goto(f"{site}/admin/login/?next=/admin/")
        page.get_by_label("E-mail address or user name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{site}/admin/")

    return enter


@pytest.fixture(scope="session")
def site(site_data: Path) -> Iterator[str]:
    """Start the site as a user does and give its address."""
    with serving(site_data) as address:
        yield address


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The site on a free port with that data folder, as long as it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (data / "log.txt").open("w+")
    server = subprocess.Popen(
        [sys.executable, str(run.ROOT / "run.py"), "--port", str(port)],
        env=os.environ | {"PLANNER_DATA": str(data)},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(address, server, data / "log.txt")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_until_it_answers(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address + "/admin/login/", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
        if server.poll() is not None:
            break
    pytest.fail(f"The site did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        pytest.fail(HOW_TO_GET_CHROMIUM)
    # Chromium refuses its sandbox to root, and root is what a CI machine often is.
    sandbox = os.name == "nt" or os.getuid() != 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, chromium_sandbox=sandbox)
        yield chromium
        chromium.close()


@pytest.fixture
def faults(request: pytest.FixtureRequest, site: str) -> Iterator[list[str]]:
    """Collect what went wrong in the pages of a test, and fail it at its end if anything did."""
    found: list[str] = []
    yield found
    expected = [text for mark in request.node.iter_markers("allows_console") for text in mark.args]
    left = [fault for fault in found if not any(text in fault for text in expected)]
    assert left == []


@pytest.fixture
def open_page(browser: Browser, site: str, faults: list[str]) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def make(
        *,
        theme: str = "light",
        width: int = 1280,
        height: int = 900,
        javascript: bool = True,
        media: str = "screen",
        reduced_motion: bool = False,
        forced_colors: bool = False,
    ) -> Page:
        options: dict[str, Any] = {
            "viewport": {"width": width, "height": height},
            "color_scheme": theme,
            "java_script_enabled": javascript,
            "reduced_motion": "reduce" if reduced_motion else "no-preference",
            "forced_colors": "active" if forced_colors else "none",
        }
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)  # milliseconds
        if javascript:
            context.add_init_script(WATCH_POLICY)
            context.add_init_script(WATCH_FOCUS)
        page = context.new_page()
        if media == "print":
            page.emulate_media(media="print", color_scheme="light")
        _watch(page, site, faults)
        return page

    yield make
    for context in contexts:
        context.close()


def _watch(page: Page, site: str, faults: list[str]) -> None:
    def of_request(request: Request) -> None:
        if not request.url.startswith((site + "/", "data:", "blob:", "about:")):
            faults.append(f"request to another host: {request.url}")

    def of_failure(request: Request) -> None:
        # A newer keystroke cancels the request of an older one, and a download ends its navigation: both are meant.
        if request.failure != "net::ERR_ABORTED":
            faults.append(f"request failed: {request.url}: {request.failure}")

    page.on("request", of_request)
    page.on("requestfailed", of_failure)
    page.on("response", lambda answer: answer.status < 500 or faults.append(f"{answer.status}: {answer.url}"))
    page.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
    page.on(
        "console",
        lambda message: message.type not in ("error", "warning") or faults.append(f"{message.type}: {message.text}"),
    )


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

    def check(page: Page) -> list[str]:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})
        return [
            f"{violation['id']} ({violation['help']}): {node['target']} {node.get('failureSummary', '')}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]

    return check


@pytest.fixture
def focused() -> Callable[[Page], str]:
    look = """() => {
        const has = document.activeElement;
        return has.id ? "#" + has.id : has.name ? "name=" + has.name : has.tagName.toLowerCase();
    }"""
    return lambda page: str(page.evaluate(look))


@pytest.fixture
def picture() -> Callable[[Page, str], Path]:
    def take(page: Page, name: str) -> Path:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        return PICTURES / f"{name}.png"

    return take
