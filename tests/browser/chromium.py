"""The browser that the tests drive: the one that is installed, and on Debian as root it is installed."""

import os
import shutil
from pathlib import Path

from tests.debian import install, is_debian, may_install

PACKAGES = ("chromium", "libatomic1")
HOW_TO_GET_CHROMIUM = (
    "They need Chromium: install it (Debian, as root: apt-get install chromium libatomic1), or set CHROME to its path."
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATHS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)


def find_chromium() -> str | None:
    """Return the path of $CHROME or, when that is not set, of the first Chromium or Chrome that is installed."""
    chosen = os.environ.get("CHROME")
    return next(filter(None, map(shutil.which, [chosen] if chosen else [*NAMES, *PATHS])), None)


def get_chromium() -> bool:
    """Make sure that the browser tests can run, by installing what they need where that is ours to do."""
    if find_chromium() and not (is_debian() and lacks_libatomic()):
        return True
    if not os.environ.get("CHROME") and may_install():
        install("Chromium", *PACKAGES)
    return find_chromium() is not None


def lacks_libatomic() -> bool:
    # The program that Playwright brings along needs it, and a small Debian lacks it.
    return not list(Path("/usr/lib").glob("*/libatomic.so.1"))
