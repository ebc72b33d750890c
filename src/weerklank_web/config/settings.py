"""Settings. Every value that an installation may change comes from a ``WEERKLANK_…`` variable.

Each variable is described in ``docs/settings.md``; a test holds the two together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(env.str("WEERKLANK_DATA", ".data")).resolve()

# --- where it runs ---------------------------------------------------------------------------------
# Local means: one machine, reached over loopback, mail kept in an outbox folder. Never on the open net.
LOCAL = env.bool("WEERKLANK_LOCAL", default=True)
ADDRESS = env.str("WEERKLANK_ADDRESS", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("WEERKLANK_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if LOCAL else [])
CSRF_TRUSTED_ORIGINS = [ADDRESS]
DEBUG = False


def _secret_key() -> str:
    given: str = env.str("WEERKLANK_SECRET_KEY", default="")
    if given:
        return given
    kept = DATA / "secret-key"
    if kept.exists():
        return kept.read_text().strip()
    if not LOCAL:
        raise ImproperlyConfigured("WEERKLANK_SECRET_KEY is missing: set it to a long random text.")
    return "only-for-a-local-trial-until-the-launcher-has-made-a-real-one"


SECRET_KEY = _secret_key()

# --- parts -----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "weerklank_web.groundwork",
    "weerklank_web.accounts",
    "weerklank_web.notifications",
    "weerklank_web.formats",
    "weerklank_web.gatherings",
    "weerklank_web.dialogue",
    "weerklank_web.practices",
    "weerklank_web.answers",
    "weerklank_web.reports",
    "weerklank_web.home",
    "weerklank_web.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "weerklank_web.groundwork.middleware.PeopleErrors",
]

ROOT_URLCONF = "weerklank_web.config.urls"
ASGI_APPLICATION = "weerklank_web.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- look ------------------------------------------------------------------------------------------
# A house style is one stylesheet of custom properties for the class «THEME-theme» on <html>.
FORM_RENDERER = "weerklank_web.groundwork.forms.Renderer"
HOUSE_NAME = env.str("WEERKLANK_NAME", default="Weerklank")
THEME = env.str("WEERKLANK_THEME", default="voorbeeld")
THEME_STYLESHEET = env.str("WEERKLANK_THEME_STYLESHEET", default=f"build/themes/{THEME}.css")
CONTACT = env.str("WEERKLANK_CONTACT", default="mailto:weerklank@localhost")
SOURCE_CODE = env.str("WEERKLANK_SOURCE_CODE", default="")
HANDBOOK = Path(env.str("WEERKLANK_HANDBOOK", default=str(PACKAGE.parent.parent / "docs" / "handleiding")))

# --- store -----------------------------------------------------------------------------------------
DATABASES = {
    "default": env.db_url("WEERKLANK_DATABASE_URL", default=f"sqlite:///{DATA / 'weerklank.sqlite3'}")
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One web process, every commit on disk before it is acknowledged.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("WEERKLANK_CACHE_URL", default="locmemcache://weerklank")}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_COOKIE_NAME = "weerklank-language"

# --- static ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "WEERKLANK_STATIC_STORAGE", default="servestatic.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = DATA / "files"

# --- people ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home:mine"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "weerklank_web.accounts.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False

# --- mail ------------------------------------------------------------------------------------------
# Without a mail server the post lands as files in an outbox folder, and only on a local installation.
_mail = env.str("WEERKLANK_MAIL_URL", default="")
if _mail:
    vars().update(env.email_url_config(_mail))
else:
    EMAIL_BACKEND = "weerklank_web.notifications.outbox.OutboxBackend"
OUTBOX = DATA / "outbox"
DEFAULT_FROM_EMAIL = env.str("WEERKLANK_MAIL_FROM", default="Weerklank <weerklank@localhost>")
EMAIL_TIMEOUT = 20

# --- safety ----------------------------------------------------------------------------------------
SECURITY_CONTACT = env.str("WEERKLANK_SECURITY_CONTACT", default="mailto:security@localhost")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "weerklank-session"
CSRF_COOKIE_NAME = "weerklank-csrf"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not LOCAL:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024

# --- a language model, only if the organisation has one ---------------------------------------------
# It words what people already selected; each sentence passes the check of the library or is not offered.
WORDING_URL = env.str("WEERKLANK_WORDING_URL", default="").rstrip("/")
WORDING_MODEL = env.str("WEERKLANK_WORDING_MODEL", default="")
WORDING_KEY = env.str("WEERKLANK_WORDING_KEY", default="")
WORDING_TIMEOUT = env.float("WEERKLANK_WORDING_TIMEOUT", default=30.0)


def check_wording() -> None:
    if not WORDING_URL:
        return
    where = urlsplit(WORDING_URL)
    # Contributions never cross the open net unencrypted; a name without a dot is a machine of one's own network.
    near = "." not in (where.hostname or ".") or where.hostname in {"127.0.0.1", "::1"}
    if not where.hostname or where.scheme not in {"http", "https"} or (where.scheme == "http" and not near):
        raise ImproperlyConfigured("WEERKLANK_WORDING_URL must begin with https:// (http:// only close by).")
    if not WORDING_MODEL:
        raise ImproperlyConfigured("WEERKLANK_WORDING_MODEL is missing: name the model at the endpoint.")
    if not 1 <= WORDING_TIMEOUT <= 120:
        raise ImproperlyConfigured("WEERKLANK_WORDING_TIMEOUT must be from 1 to 120 seconds.")


check_wording()

# --- what is written down --------------------------------------------------------------------------
# No request lines and no participants' words: what a log never holds cannot leak from it.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("WEERKLANK_LOG_LEVEL", default="WARNING")},
    "filters": {"quiet": {"()": "weerklank_web.groundwork.quiet_log.NoPrivateLinks"}},
    "loggers": {
        "django.request": {"handlers": ["requests"], "level": "ERROR", "propagate": False},
    },
}
LOGGING["handlers"]["requests"] = {
    "class": "logging.StreamHandler",
    "formatter": "plain",
    "filters": ["quiet"],
}
