"""Django's settings. What an office may choose comes from the environment; see `config.place`."""

from __future__ import annotations

import os

from banzi.web.config.https import hsts_seconds, proxy
from banzi.web.config.place import database, home, secret_key

BANZI_HOME = home()
SECRET_KEY = secret_key(BANZI_HOME)
DEBUG = os.environ.get("BANZI_DEBUG") == "1"
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *filter(None, os.environ.get("BANZI_HOSTS", "").split(",")),
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "banzi.web.shared",
    "banzi.web.audit",
    "banzi.web.accounts",
    "banzi.web.jobs",
    "banzi.web.records",
    "banzi.web.people",
    "banzi.web.auditing",
    "banzi.web.board",
    "banzi.web.imports",
    "banzi.web.targets",
    "banzi.web.organs",
    "banzi.web.rulebook",
    "banzi.web.queries",
    "banzi.web.exchange",
    "banzi.web.home",
    "banzi.web.backup",
    "banzi.web.guide",
    "banzi.web.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "banzi.web.shared.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "banzi.web.api.answering.TokenAnswers",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "banzi.web.accounts.sessions.SessionLimits",
    "banzi.web.accounts.guarding.DenyByDefault",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "banzi.web.config.urls"
WSGI_APPLICATION = "banzi.web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "banzi.web.shared.layout.layout",
            ],
            "builtins": ["banzi.web.shared.templatetags.banzi"],
        },
    }
]

DATABASES = {"default": database(BANZI_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = proxy() is not None
SECURE_HSTS_SECONDS = hsts_seconds()
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = BANZI_HOME / "static"
(BANZI_HOME / "static").mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
