"""The settings, the headers of every answer, and the page of the documents that explains them."""

import logging
import os
import re
import runpy
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from planner.logs import OneLine
from tests.security_headers import HEADERS

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "planner" / "settings.py"
VARIABLE = "PLANNER_[A-Z_]+|DATABASE_URL"
SECRET = "kept-by-the-test-and-by-nobody-else-0123456789-abcdefgh"

Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """Run the settings file in an environment of its own and give what it sets."""

    def read(**variables: str) -> dict[str, Any]:
        for name in [name for name in os.environ if name.startswith(("PLANNER_", "DATABASE_URL"))]:
            monkeypatch.delenv(name)
        for name, value in ({"PLANNER_DATA": str(tmp_path / "data")} | variables).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read


# --- The environment ---


def test_every_setting_has_a_line_in_the_documents_and_every_line_a_setting() -> None:
    in_settings = set(re.findall(rf'"({VARIABLE})"', SETTINGS.read_text("utf-8")))
    in_documents = set(re.findall(rf"^\| `({VARIABLE})` \|", (ROOT / "docs/deploy.md").read_text("utf-8"), re.M))
    assert in_settings == in_documents
    assert {"PLANNER_DATA", "DATABASE_URL"} <= in_settings


def test_without_variables_it_is_safe_on_the_own_machine(read_settings: Read) -> None:
    settings = read_settings()
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert "SECURE_PROXY_SSL_HEADER" not in settings


def test_without_a_mail_server_e_mails_go_to_the_console(read_settings: Read) -> None:
    assert read_settings()["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"
    configured = read_settings(PLANNER_EMAIL_HOST="mail.contoso.com")
    assert configured["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert configured["EMAIL_HOST"] == "mail.contoso.com"


def test_a_misspelt_variable_stops_the_start_and_is_named(read_settings: Read) -> None:
    with pytest.raises(ImproperlyConfigured, match="PLANNER_HTPS"):
        read_settings(PLANNER_HTPS="1")


def test_a_flag_that_is_neither_on_nor_off_stops_the_start(read_settings: Read) -> None:
    with pytest.raises(ImproperlyConfigured, match="PLANNER_HTTPS is 'yes'"):
        read_settings(PLANNER_HTTPS="yes")


def test_hosts_are_separated_by_commas(read_settings: Read) -> None:
    hosts = read_settings(PLANNER_HOSTS="planner.contoso.com, planner , ")["ALLOWED_HOSTS"]
    assert hosts == ["planner.contoso.com", "planner"]


def test_with_https_cookies_are_bound_to_the_host_and_hidden_from_scripts(read_settings: Read) -> None:
    settings = read_settings(PLANNER_HTTPS="1")
    for cookie, name in (("SESSION", "__Host-sessionid"), ("CSRF", "__Host-csrftoken")):
        assert settings[f"{cookie}_COOKIE_NAME"] == name
        assert settings[f"{cookie}_COOKIE_SECURE"] is True
        assert settings[f"{cookie}_COOKIE_HTTPONLY"] is True
        assert settings[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_djangos_list_for_deployment_has_no_warning_left(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=os.environ | {"PLANNER_DATA": str(tmp_path), "PLANNER_HTTPS": "1", "PLANNER_HOSTS": "planner.contoso.com"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


# --- The secret key ---


def test_the_secret_key_is_made_once_and_kept(read_settings: Read) -> None:
    first, second = read_settings(), read_settings()
    assert len(first["SECRET_KEY"]) >= 50
    assert first["SECRET_KEY"] == second["SECRET_KEY"]


def test_only_the_owner_can_read_the_secret_key(read_settings: Read, tmp_path: Path) -> None:
    read_settings()
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("data/secret.key", "data")]
    # Windows has no such rights on files; there the folder's own list of access decides.
    assert os.name == "nt" or modes == [0o600, 0o700]


def test_two_first_starts_at_once_have_the_same_secret_key(tmp_path: Path) -> None:
    slow_start = (
        "import runpy, secrets, time\n"
        "made = secrets.token_urlsafe\n"
        "secrets.token_urlsafe = lambda size: time.sleep(0.5) or made(size)\n"
        f"print(runpy.run_path({str(SETTINGS)!r})['SECRET_KEY'])"
    )
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("PLANNER_", "DATABASE_URL"))}
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", slow_start], env=kept | {"PLANNER_DATA": str(tmp_path)}, stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    keys = {start.communicate(timeout=60)[0].decode().strip() for start in starts}
    assert [start.returncode for start in starts] == [0, 0]
    assert keys == {(tmp_path / "secret.key").read_text("ascii")}
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_a_secret_key_of_the_environment_leaves_no_file(read_settings: Read, tmp_path: Path) -> None:
    assert read_settings(PLANNER_SECRET_KEY=SECRET)["SECRET_KEY"] == SECRET
    assert not (tmp_path / "data").exists()


def test_a_named_file_that_cannot_be_read_stops_the_start(read_settings: Read, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        read_settings(PLANNER_SECRET_KEY_FILE=str(tmp_path / "not-there"))


def test_a_short_secret_key_stops_the_start(read_settings: Read) -> None:
    with pytest.raises(ImproperlyConfigured, match="at least 50 characters"):
        read_settings(PLANNER_SECRET_KEY="short")


def test_a_data_folder_that_cannot_be_made_stops_the_start_with_the_remedy(read_settings: Read, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match="Set PLANNER_DATA"):
        read_settings(PLANNER_DATA=str(tmp_path / "file" / "data"))


# --- The database ---


def test_sqlite_queues_writers_and_survives_a_power_cut(read_settings: Read) -> None:
    options = read_settings()["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"} <= set(options["init_command"].split("; "))


def test_an_address_of_postgresql_says_where_the_data_is(read_settings: Read) -> None:
    address = "postgresql://planner:s%40cret@db.contoso.com:5433/plans?sslmode=verify-full"
    database = read_settings(DATABASE_URL=address)["DATABASES"]["default"]
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "plans",
        "USER": "planner",
        "PASSWORD": "s@cret",
        "HOST": "db.contoso.com",
        "PORT": "5433",
        "OPTIONS": {"connect_timeout": "5", "sslmode": "verify-full"},
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }


@pytest.mark.parametrize(
    "address", ["mysql://planner:s3cret@db/plans", "postgresql://planner:s3cret@db", "postgresql://db/plans?s3cret=1"]
)
def test_an_address_that_names_no_database_of_postgresql_stops_the_start_and_is_not_shown(
    read_settings: Read, address: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match="Write postgresql://user@host/database") as caught:
        read_settings(DATABASE_URL=address)
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))


# --- The headers ---


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("planted")


@login_not_required
def denies(request: HttpRequest) -> HttpResponse:
    return HttpResponse("no", status=403)


urlpatterns = [path("breaks/", breaks), path("denies/", denies), path("", include("planner.urls"))]

ANSWERS = {
    "a page": ("/account/sign-in/", {}, 200),
    "a redirect": ("/admin/", {}, 302),
    "a refusal": ("/denies/", {}, 403),
    "a page that is not there": ("/nowhere/", {}, 404),
    "a host that is not ours": ("/account/sign-in/", {"HTTP_HOST": "evil.example"}, 400),
    "a fault": ("/breaks/", {}, 500),
    "a static file": ("/static/admin/css/base.css", {}, 200),
}
POLICY = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'"),
    *("connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"),
}


@pytest.fixture
def quiet_log() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize("https", [False, True], ids=["http", "https"])
@pytest.mark.parametrize(("address", "extra", "code"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_carries_the_security_headers(
    address: str, extra: dict[str, str], code: int, https: bool, settings: Any, quiet_log: None
) -> None:
    settings.SECURE_SSL_REDIRECT = https
    answer = Client(raise_request_exception=False).get(address, secure=https, **extra)
    answer.close()
    assert answer.status_code == code
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert "camera=()" in answer["Permissions-Policy"]


# --- The log ---


def test_an_entry_of_the_log_is_one_line_whatever_the_message_holds() -> None:
    record = logging.LogRecord(
        "planner", logging.WARNING, "", 0, "Not Found: %s", ("/a\n2026 INFO forged\x1b[2J",), None
    )
    assert OneLine("{levelname} {message}", style="{").format(record) == (
        "WARNING Not Found: /a\\n2026 INFO forged\\x1b[2J"
    )
