"""
The settings of the site. Each PLANNER_ variable of the environment, and DATABASE_URL, is read here and explained in
docs/deploy.md.

Without any variable the site is safe to use on the own machine: plain HTTP, loopback names only, no debug pages.
With PLANNER_HTTPS=1 it is ready for a network.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent

# --- Reading the environment: a variable with a wrong value or a misspelt name stops the start ---

_read: set[str] = set()


def _text(name: str, default: str) -> str:
    _read.add(name)
    return os.environ.get(name, "").strip() or default


def _flag(name: str) -> bool:
    value = _text(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is {value!r}. Write 1 for on or 0 for off.")
    return value == "1"


def _number(name: str, default: int, least: int, most: int) -> int:
    value = _text(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value[:9]) <= most):
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a number from {least} to {most}.")
    return int(value)


def _names(name: str, default: str) -> list[str]:
    return [part.strip() for part in _text(name, default).split(",") if part.strip()]


def _address(name: str) -> str:
    value = _text(name, "").rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query):
        raise ImproperlyConfigured(f"{name} is {value!r}. Write it as https://planner.contoso.com, without a path.")
    return value


def _refuse_unknown_names() -> None:
    unknown = sorted(name for name in os.environ if name.startswith("PLANNER_") and name not in _read)
    if unknown:
        raise ImproperlyConfigured(f"No setting is called {', '.join(unknown)}. There are: {', '.join(sorted(_read))}.")


def _new_secret(path: Path) -> None:
    """Write a secret key that only the owner can read; a file that is there already is left alone."""
    if path.exists():
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_whole(path, secrets.token_urlsafe(50))
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be written: {error.strerror}. Set PLANNER_DATA.") from error


def _write_whole(path: Path, text: str) -> None:
    """The file gets its name when it is whole: of two first starts at once, both read what the first one wrote."""
    handle, written = tempfile.mkstemp(dir=path.parent)  # with access for its owner only
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        with contextlib.suppress(FileExistsError):
            os.link(written, path)
    finally:
        os.unlink(written)


def _secret_key() -> str:
    """From PLANNER_SECRET_KEY, else from the file of PLANNER_SECRET_KEY_FILE, else made once in PLANNER_DATA."""
    key, file_name = _text("PLANNER_SECRET_KEY", ""), _text("PLANNER_SECRET_KEY_FILE", "")
    path = Path(file_name) if file_name else DATA / "secret.key"
    if not key and not file_name:
        _new_secret(path)
    try:
        key = key or path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"The secret key cannot be read from {path}.") from error
    if len(key) < 50:
        raise ImproperlyConfigured("The secret key must have at least 50 characters.")
    return key


DATA = Path(_text("PLANNER_DATA", str(ROOT / "var"))).absolute()
DEBUG = _flag("PLANNER_DEBUG")
HTTPS = _flag("PLANNER_HTTPS")
SECRET_KEY = _secret_key()
_database = _text("DATABASE_URL", "")
ALLOWED_HOSTS = _names("PLANNER_HOSTS", "localhost,127.0.0.1,[::1]")

ADDRESS = _address("PLANNER_ADDRESS")
if not ADDRESS and any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("PLANNER_HOSTS has a wildcard. Set PLANNER_ADDRESS, for links in e-mails.")

# Only behind a proxy that sets its headers itself; a client could forge them otherwise.
PROXY = _flag("PLANNER_PROXY")
if PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_AGE = 3600 * _number("PLANNER_SESSION_HOURS", 8, 1, 24)  # seconds after signing in: a working day
SESSION_IDLE = 60 * _number("PLANNER_IDLE_MINUTES", 60, 5, 24 * 60)  # seconds after the last request

SIGN_IN = _flag("PLANNER_SIGN_IN")  # whether also the quick planner and the catalogue ask who one is
API_RATE = _number("PLANNER_API_RATE", 300, 1, 1_000_000)  # calls a minute, of one token or one address

# Without a mail server e-mails are written to the log of the server.
EMAIL_HOST = _text("PLANNER_EMAIL_HOST", "")
EMAIL_PORT = _number("PLANNER_EMAIL_PORT", 587, 1, 65_535)
EMAIL_HOST_USER = _text("PLANNER_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = _text("PLANNER_EMAIL_PASSWORD", "")
_email_security = _text("PLANNER_EMAIL_SECURITY", "starttls")
if _email_security not in ("starttls", "tls", "none"):
    raise ImproperlyConfigured(f"PLANNER_EMAIL_SECURITY is {_email_security!r}. Write starttls, tls or none.")
EMAIL_USE_TLS, EMAIL_USE_SSL = _email_security == "starttls", _email_security == "tls"
EMAIL_TIMEOUT = 20  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _text("PLANNER_EMAIL_FROM", "planner@localhost")

# What a file to import may hold. It is streamed to the disk, so its size is no matter of memory.
IMPORT_MEGABYTES = _number("PLANNER_IMPORT_MEGABYTES", 2_048, 1, 100_000)
IMPORT_UNPACKED_MEGABYTES = _number("PLANNER_IMPORT_UNPACKED_MEGABYTES", 200, 1, 10_000)  # of a workbook
IMPORT_RATIO = _number("PLANNER_IMPORT_RATIO", 100, 1, 1_000)  # of a workbook's size to its size when packed
IMPORT_ROWS = _number("PLANNER_IMPORT_ROWS", 20_000_000, 1, 500_000_000)
IMPORT_COLUMNS = _number("PLANNER_IMPORT_COLUMNS", 200, 1, 10_000)
IMPORT_CELL_CHARACTERS = _number("PLANNER_IMPORT_CELL_CHARACTERS", 32_767, 100, 131_072)

_refuse_unknown_names()

# --- The parts ---

INSTALLED_APPS = [
    "planner",
    "activation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
]

# What sends headers comes before what may answer on its own (WhiteNoise for static files, Security for a
# host that is not allowed), so that every answer carries them.
MIDDLEWARE = [
    "planner.headers.every_response",
    "planner.requests.identified",
    "planner.sqlite.in_its_place",
    "planner.sqlite.written_back",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "planner.sessions.limited",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "planner.sessions.from_this_site",
    "planner.sessions.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "planner.urls"
WSGI_APPLICATION = "planner.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The estates with which the catalogue's admin tries an edit before it is saved: a function that gives them.
CATALOGUE_EXAMPLES = "planner.examples.examples"
# Functions that name what outside the catalogue uses one of its rows and so keeps it from being deleted.
CATALOGUE_USERS = ["planner.catalogue_use.users"]

# --- The database ---

# A connection is kept for a minute: opening one takes longer than planning a small estate, and between requests it
# holds no lock, so that SQLite's WAL file can be written back.
_kept = {"CONN_MAX_AGE": 60}  # seconds

SQLITE_FILE = None if _database else DATA / "planner.sqlite3"  #: made by `migrate` alone

if SQLITE_FILE is None:
    # Only here, for it takes a third of a second to load.
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        _options = conninfo_to_dict(_database)
        _name = _options.pop("dbname")
    except (ProgrammingError, KeyError):
        # The address may hold a password, so it is neither shown here nor in what went before.
        raise ImproperlyConfigured(
            "DATABASE_URL names no database of PostgreSQL. Write postgresql://user@host/database."
        ) from None
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _name,
            **{field: _options.pop(field.lower(), "") for field in ("USER", "PASSWORD", "HOST", "PORT")},
            "OPTIONS": {"connect_timeout": "5"} | _options,  # seconds; and whatever else the address says, as sslmode
            "CONN_HEALTH_CHECKS": True,  # a server that was started again is found without a failed page
            **_kept,
        }
    }
else:
    # IMMEDIATE: a writer waits for its turn at BEGIN; without it SQLite fails at once when a reader turns writer.
    # FULL: an inventory must survive a power cut.
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"{SQLITE_FILE.as_uri()}?mode=rw",  # never a new, empty one in the place of one that is gone
            "OPTIONS": {
                "timeout": 20,  # seconds
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
                    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000;"
                ),
            },
            **_kept,
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The calls of the API are counted here, in each process: room for as many callers a minute.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# --- Static files ---

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# --- What may be sent to the site ---

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes of a form, files not counted
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- What the browser may do ---

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# The last three are Django's own; they stand here again for the answers that its middleware does not reach.
HEADERS = {
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
}

# --- Signing in ---

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "organisations"
LOGOUT_REDIRECT_URL = "quick-planner"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds

# --- Cookies and HTTPS ---

SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "planner.sessions.forged"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# To be on the browsers' preload list binds a whole domain for years: its owner decides that, not this site.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

if HTTPS:
    # The prefix makes browsers refuse such a cookie from a neighbouring host or over plain HTTP.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "planner.passwords.ContextValidator"},
]

# --- Language and time ---

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# --- The log: standard error, one line an entry ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "planner.logs.OneLine",
            "format": "{asctime} {levelname} {request_id} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}
