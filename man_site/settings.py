"""One settings file. Everything that differs between places comes from the environment."""

from email.utils import formataddr
from pathlib import Path
from typing import Any

import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

# The network

NETWORK_NAME = env.str("NETWORK_NAME", "Mutual Aid Network")
CURRENCY_SIGN = env.str("CURRENCY_SIGN", "$")
PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
DEMO = env.bool("DEMO", default=False)
DEMO_DATA = env.str("DEMO_DATA", "")

# Trust

SECRET_KEY = env.str("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
HTTPS = env.bool("HTTPS", default=True)

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "man_site.views.form_grown_old"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "payment",
        "usb",
    )
}

# Rooms and what they stand on

INSTALLED_APPS = [
    "man_site",
    "timebank",
    "members",
    "ledger",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "lucide",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Last, so that our own templates/django/forms/field.html wins.
    "django.forms",
]
MIDDLEWARE = [
    "man_site.middleware.logged",
    "man_site.middleware.not_kept",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "members.http.acting",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "man_site.urls"
WSGI_APPLICATION = "man_site.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "lucide.templatetags.lucide",
                "ledger.templatetags.amounts",
                "members.templatetags.acting",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "man_site.context.network",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# A picture of a signed paper is all that anybody hands in: kept in memory, up to a size.
FILE_UPLOAD_HANDLERS = ["man_site.uploads.InMemoryUpToASize"]
DATA_UPLOAD_MAX_NUMBER_FILES = 4

# Servers

# Prepared statements over one lasting connection: half of the time of a page is saved.
# Every parameter of raw SQL is cast for it.
POSTGRES = {
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
    "DISABLE_SERVER_SIDE_CURSORS": False,
    "OPTIONS": {
        "server_side_binding": True,
        "prepare_threshold": 2,
        "connect_timeout": 3,
    },
}
DATABASES: dict[str, Any] = {"default": env.dj_db_url("DATABASE_URL") | POSTGRES}
if owner_url := env.str("DATABASE_OWNER_URL", ""):
    # Migrations run as the owner; the application's own role cannot bend the books.
    # In tests the owner makes the database, and "default" visits it as the application.
    DATABASES["owner"] = env.dj_db_url("DATABASE_OWNER_URL") | POSTGRES
    DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": env.str("CACHE_PREFIX", "man"),
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://", 1)
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": env.str("CACHE_PREFIX", "man") + ":",
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Each job finds its own work in the database, so a lost or doubled tick harms nobody.
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "send-letters": {"task": "members.tasks.send_letters", "schedule": 60},
    "send-digests": {"task": "members.tasks.send_digests", "schedule": 600},
    "forget-letters": {
        "task": "members.tasks.forget_letters",
        "schedule": crontab(hour=4, minute=10),
    },
    "forget-applications": {
        "task": "members.tasks.forget_applications",
        "schedule": crontab(hour=4, minute=20),
    },
    "forget-former-contacts": {
        "task": "members.tasks.forget_former_contacts",
        "schedule": crontab(hour=4, minute=20),
    },
    "clear-sessions": {
        "task": "man_site.tasks.clear_sessions",
        "schedule": crontab(hour=4, minute=30),
    },
    "begin-policies": {"task": "members.tasks.begin_policies", "schedule": 300},
    "warn-of-expiry": {
        "task": "members.tasks.warn_of_expiry",
        "schedule": crontab(minute=20),
    },
    "ask-whether-back": {
        "task": "members.tasks.ask_whether_back",
        "schedule": crontab(minute=20),
    },
    "check-books": {
        "task": "ledger.tasks.check_books",
        "schedule": crontab(hour=3, minute=30),
    },
}

if DEMO:
    # Woken when the demo starts; again, if its worker was killed on the way.
    CELERY_BEAT_SCHEDULE["fill-street"] = {
        "task": "man_site.tasks.fill_street",
        "schedule": 120,
    }

EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "consolemail:")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
LETTERS_DOMAIN = env.str("LETTERS_DOMAIN", "localhost")
DEFAULT_FROM_EMAIL = env.str(
    "LETTERS_FROM", formataddr((NETWORK_NAME, f"letters@{LETTERS_DOMAIN}"))
)
# After so many seconds without a result, a letter's worker is taken for dead.
LETTERS_LEASE = env.int("LETTERS_LEASE", 120)

# Signing in

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "members.http.sign_in.ByNumberAndCode",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "members.http.sign_in.SignIn"
ACCOUNT_FORMS = {
    "login": "members.forms.sign_in.LoginForm",
    "reset_password": "members.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "members.forms.sign_in.ResetPasswordKeyForm",
    "change_password": "members.forms.sign_in.SetPasswordForm",
    "set_password": "members.forms.sign_in.SetPasswordForm",
    "request_login_code": "members.forms.sign_in.RequestLoginCodeForm",
    "confirm_login_code": "members.forms.sign_in.ConfirmLoginCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Letters are slow, and so are some of their readers.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 20 * 60
# Whoever proved that it is they is not asked again for so long.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# allauth's own would keep the address a second time, in a table of its own.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = (
    "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 (a name)
)
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
# Counted in the cache that all processes share: of an address of the network (ip), of an
# e-mail or a member number (key), of somebody signed in (user).
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,8/5m/key",
    "request_login_code": "20/m/ip,4/5m/key",
    "reset_password": "20/m/ip,4/5m/key",
    "reauthenticate": "8/5m/user",
    "send_code": "4/5m/user",
    "change_email": "6/h/user",
}
# How many proxies of ours stand before us, so that limits count people and not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{NETWORK_NAME}: "

# Words, days and places

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("NETWORK_ZONE", "America/Chicago")
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": env.str(
            "STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    }
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Logs: one line of JSON per event, never a name, an address or a query string

LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
_before: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]
structlog.configure(
    processors=[*_before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [*_before, structlog.stdlib.add_logger_name],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": LOG_LEVEL},
    "loggers": {
        # These write addresses with their query strings; `middleware.logged` doesn't.
        "django.server": {"level": "ERROR"},
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        # Quotes the exception's words; `celery.py` says where a task broke instead.
        "celery.app.trace": {"level": "CRITICAL"},
    },
}
