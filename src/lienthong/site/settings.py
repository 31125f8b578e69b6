"""Django's settings, from lienthong.site.config. What an operator may set is listed there."""

import os
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from lienthong.site import postgres
from lienthong.site.config import CONFIG, ROOT

SECRET_KEY = CONFIG.secret_key
DEBUG = CONFIG.debug
DEMO = CONFIG.demo
ALLOWED_HOSTS = CONFIG.hosts

INSTALLED_APPS = [
    "lienthong.site.apps.SiteConfig",
    "lienthong.portal",
    "lienthong.desk",
    "lienthong.console",
    "lienthong.steward",
    "lienthong.conference",
    "lienthong.steering",
    "lienthong.indicators",
    "lienthong.dossiers",
    "lienthong.cleaning",
    "lienthong.registries",
    "lienthong.procedures",
    "lienthong.population",
    "lienthong.signatures",
    "lienthong.feedback",
    "lienthong.enquiries",
    "lienthong.rubrics",
    "lienthong.documents",
    "lienthong.identity",
    "lienthong.organisations",
    "lienthong.territory",
    "lienthong.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lienthong.identity.devices.DeviceMiddleware",
    "lienthong.identity.gates.RefusalMiddleware",
]

ROOT_URLCONF = "lienthong.site.urls"
WSGI_APPLICATION = "lienthong.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src" / "lienthong" / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lienthong.site.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lienthong.site.templatetags.lienthong",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "lienthong"},
        "TEST": {"NAME": os.environ.get("LIENTHONG_TEST_DB", "test_lienthong")},
    }


def database_url() -> str:
    """The owner of the tables migrates; everything else runs as the application's role."""
    as_owner = os.environ.get("LIENTHONG_AS_OWNER") == "1"
    if CONFIG.database_url:
        return (CONFIG.database_owner_url if as_owner else None) or CONFIG.database_url
    urls = postgres.urls(CONFIG.var)
    return urls.owner if as_owner else urls.application


DATABASES = {"default": database(database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "identity.Account"

# identity: who signs in and how; see src/lienthong/identity/README.md
AUTHENTICATION_BACKENDS = ["lienthong.identity.adapters.SessionBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["sign_in_name", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
OFFICER_HOME_URL = "/lam-viec/"
ACCOUNT_ADAPTER = "lienthong.identity.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = (
    False  # allauth counts in a cache of each process; identity.sign_in counts in PostgreSQL
)
MFA_RATE_LIMITS = False
MFA_ADAPTER = "lienthong.identity.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
# identity: end

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "lienthong" / "site" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "src" / "lienthong" / "site" / "static"]
STATIC_ROOT = CONFIG.var / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
WHITENOISE_USE_FINDERS = True
FORM_RENDERER = "lienthong.site.forms.Renderer"

DOCUMENTS_ROOT = CONFIG.var / "documents"
RUBRICS_ROOT = CONFIG.var / "rubrics"  # an operator's own, beside the shipped ones
PKI_ROOT = CONFIG.var / "pki"
RUNS_ROOT = CONFIG.var / "runs"  # what a sector's file becomes while it is linked
MAX_UPLOAD_BYTES = CONFIG.max_upload_mb * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "lienthong.documents.uploads.LimitedUpload",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
PUBLIC_URL = CONFIG.public_url

# How many of a process's threads may wait for news of a meeting at once (decision 0015).
LIVE_STREAMS = int(os.environ.get("LIENTHONG_THREADS", "8")) // 4

# enquiries: by when an agency answers a person; our own design, until a decree names a number
ENQUIRY_WORKING_DAYS = 5

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.https
SESSION_COOKIE_AGE = 60 * 60 * 8
SECURE_HSTS_SECONDS = 31_536_000 if CONFIG.https else 0
SECURE_SSL_REDIRECT = CONFIG.https
if CONFIG.proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = CONFIG.proxies
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
