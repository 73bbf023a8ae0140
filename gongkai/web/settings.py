"""设置。全部可由环境变量改;每一项在 ``docs/reference/settings.md`` 有说明(有测试核对)。"""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from gongkai.adapters import keyfile

PACKAGE = Path(__file__).resolve().parents[1]


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(int(default))).strip().lower() in {"1", "true", "yes", "on"}


# --- 资料目录:数据库、附件、密钥、机关自定口径都在这里 ---
GONGKAI_DATA = Path(os.environ.get("GONGKAI_DATA", "var")).resolve()
NODE = os.environ.get("GONGKAI_NODE", socket.gethostname())[:60]
FILES_ROOT = GONGKAI_DATA / "files"
VAULT_FILE = GONGKAI_DATA / "vault.key"
CASE_FILES_ROOT = GONGKAI_DATA / "case-files"
PARAMS_FILE = GONGKAI_DATA / "params.toml"
CALENDAR_FOLDER = GONGKAI_DATA / "calendar"
SITE_FILE = Path(os.environ.get("GONGKAI_SITE", GONGKAI_DATA / "site.toml"))


def _secret_key() -> str:
    """From the environment, else one that is made once and kept in the data folder, readable by the owner only.

    Where the folder holds an office's data already, a missing key is not made anew: the codes of all receipts hang on it.
    """
    if key := os.environ.get("GONGKAI_SECRET_KEY"):
        return key
    path = GONGKAI_DATA / "secret.key"
    if not path.exists():
        if any((GONGKAI_DATA / name).exists() for name in ("gongkai.sqlite3", "vault.key")):
            raise ImproperlyConfigured(
                "资料目录里有数据，却没有站点密钥 secret.key：另做一把，已经发出的查询码就全部作废。"
                "请从备份取回 secret.key；确实没有备份的，用环境变量 GONGKAI_SECRET_KEY 指定新的。"
            )
        keyfile.place(path, secrets.token_urlsafe(50))
    return path.read_text("utf-8").strip()


SECRET_KEY = _secret_key()
DEBUG = _flag("GONGKAI_DEBUG", False)
ALLOWED_HOSTS = os.environ.get("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = _flag("GONGKAI_HTTPS", False)
PROXIES = [one.strip() for one in os.environ.get("GONGKAI_PROXIES", "127.0.0.0/8,::1").split(",") if one.strip()]
REQUIRE_MFA = _flag("GONGKAI_REQUIRE_MFA", True)
DEMO = _flag("GONGKAI_DEMO", False)
# --- 外接的语言模型:默认不用;见 docs/how-to/search.md ---
MODEL_URL = os.environ.get("GONGKAI_MODEL_URL", "")
MODEL_NAME = os.environ.get("GONGKAI_MODEL_NAME", "")
MODEL_KEY = os.environ.get("GONGKAI_MODEL_KEY", "")
WEBHOOK_PRIVATE = _flag("GONGKAI_WEBHOOK_PRIVATE", False)
INSPECTION_ADDRESSES = [
    one.strip() for one in os.environ.get("GONGKAI_INSPECTION_ADDRESSES", "").split(",") if one.strip()
]
UPLOAD_MAX_BYTES = int(os.environ.get("GONGKAI_UPLOAD_MAX_MB", "50")) * 1024 * 1024
OPEN_DATA_MAX_BYTES = int(os.environ.get("GONGKAI_DATA_UPLOAD_MAX_MB", "1024")) * 1024 * 1024

#: Names of our own apps begin like this; only these may declare a room.
OWN_APPS = "gongkai."
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_prose_editor",
    "gongkai.org",
    "gongkai.records",
    "gongkai.questions",
    "gongkai.notices",
    "gongkai.foi",
    "gongkai.policies",
    "gongkai.decisions",
    "gongkai.engagement",
    "gongkai.reports",
    "gongkai.search",
    "gongkai.sections",
    "gongkai.backfile",
    "gongkai.gazette",
    "gongkai.inspections",
    "gongkai.opendata",
    "gongkai.services",
    "gongkai.standards",
    "gongkai.supervision",
    "gongkai.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.middleware.ContentSecurityPolicy",
    "gongkai.web.middleware.AlwaysAsk",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "gongkai.web.middleware.OldAddresses",
    "gongkai.web.middleware.CleanParameters",
    "gongkai.web.middleware.Unavailable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.org.middleware.IdleTimeout",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.web.root"
WSGI_APPLICATION = "gongkai.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.web.context.site",
            ],
            "builtins": ["gongkai.web.templatetags.gongkai"],
        },
    }
]

# --- 数据库:SQLite(WAL)是默认,PostgreSQL 用 DATABASE_URL ---
DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{GONGKAI_DATA / 'gongkai.sqlite3'}", conn_max_age=600)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=268435456;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- 登录:口令用 Argon2;口令连错由 axes 锁,验证码连错由 org.actions.is_locked 锁;
#     allauth 自己的限次关掉,以免互相遮盖 ---
AUTH_USER_MODEL = "org.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "gongkai.org.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "公开工作台"
# 看着抄下来、手机的钟差几秒,都还收:前后各一个30秒(RFC 6238第5.2节)
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "gongkai.org.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "gongkai.org.account_forms.SignInCodeForm",
    "reauthenticate": "gongkai.org.account_forms.AgainCodeForm",
    "activate_totp": "gongkai.org.account_forms.ActivateForm",
}
ACCOUNT_FORMS = {
    "change_password": "gongkai.org.account_forms.OwnPasswordForm",
    "reauthenticate": "gongkai.org.account_forms.PasswordAgainForm",
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# 地址只听信得过的反向代理说的;登录过的设备不锁;同一地址换着名字试,另有限度(org.devices)
AXES_CLIENT_IP_CALLABLE = "gongkai.desk.limits.address_of"
AXES_WHITELIST_CALLABLE = "gongkai.org.devices.is_known"
AXES_LOCKOUT_CALLABLE = "gongkai.org.views.signin.locked_out"
AXES_RESET_ON_SUCCESS = True
# 发信:没有设服务器的不发,页面上说明。
EMAIL_HOST = os.environ.get("GONGKAI_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("GONGKAI_SMTP_PORT", "465"))
EMAIL_HOST_USER = os.environ.get("GONGKAI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GONGKAI_SMTP_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = os.environ.get("GONGKAI_MAIL_FROM", EMAIL_HOST_USER)

SESSION_IDLE_SECONDS = int(os.environ.get("GONGKAI_IDLE_MINUTES", "30")) * 60
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "gongkai.web.views.errors.csrf_failure"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("GONGKAI_STATIC", GONGKAI_DATA / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or _flag("GONGKAI_PLAIN_STATIC", False)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
#: 选了几百个文件的也先收下来数,好写明至多几个,填的不丢;再多的见 ``400.html``。
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

_LOG_LEVEL = os.environ.get("GONGKAI_LOG_LEVEL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    # 级别也写在出口上:django 自己的各个记录器有各自的级别,不看 root 的。
    "filters": {"visited": {"()": "gongkai.adapters.accesslog.Visited"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "level": _LOG_LEVEL,
            "filters": ["visited"],
        },
    },
    "root": {"handlers": ["console"], "level": _LOG_LEVEL},
}
