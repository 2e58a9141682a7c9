"""Django settings. Everything an operator may change is a ``MAILLAGE_*`` variable, listed here.

``EDITIONS`` folder of editions · ``VAR`` folder of what the site keeps for itself · ``HOSTS``
names it answers to · ``HTTPS`` 1 behind a proxy that speaks HTTPS · ``PROXIES`` how many proxies
stand before the site · ``SECRET_KEY`` · ``DEBUG`` ·
``DATABASE`` address of a PostgreSQL base, a SQLite file of ``VAR`` unless said ·
``SECOND_FACTOR`` 0 not to ask one of whoever writes · ``TEMPLATES`` folder of
the site’s own templates of papers · ``DEMO`` 1 to show at the door the accounts
of the demonstration · ``EMAIL_*``: see ``config.mail``.
"""

from csp.constants import NONE, SELF

from maillage.config import environment
from maillage.config.database import database
from maillage.config.mail import mail

DEBUG = environment.flag("DEBUG")
EDITIONS = environment.folder("EDITIONS", "var/editions")
VAR = environment.folder("VAR", "var")
SECRET_KEY = environment.secret_key(VAR)
ALLOWED_HOSTS = environment.words("HOSTS", "127.0.0.1 localhost [::1]")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "maillage.accounts",
    "maillage.contracts",
    "maillage.operations",
    "maillage.governance",
    "maillage.participation",
    "maillage.web",
    "maillage.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "maillage.api.opening.OpenData",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "maillage.web.middleware.ServeEdition",
]
ROOT_URLCONF = "maillage.config.urls"
WSGI_APPLICATION = "maillage.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "maillage.web.context.site",
            ],
            "builtins": [
                "django.templatetags.static",
                "maillage.web.templatetags.french",
                "maillage.web.templatetags.charts",
                "maillage.web.templatetags.downloads",
                "maillage.web.templatetags.readers",
                "maillage.web.templatetags.tables",
            ],
        },
    }
]
# What people write. The observatory's pages read editions and open no database.
DATABASES = {"default": database(environment.text("DATABASE"), VAR)}
AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "maillage.accounts.models.sessions"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "contracts"
#: Whether whoever writes must give a second factor.
SECOND_FACTOR = environment.flag("SECOND_FACTOR", default="1")
#: Whether this is the demonstration, which shows its accounts, their password, its spreadsheet.
DEMO = environment.flag("DEMO")
#: Forms one address may send to the doors (sign in, invitation, password) in a minute.
KNOCKS_PER_MINUTE = 20
# Files that people attach; served through views that judge rights, never by their address.
MEDIA_ROOT = VAR / "files"
PAPERS = environment.folder("TEMPLATES", "") if environment.text("TEMPLATES") else None
FILE_UPLOAD_PERMISSIONS = 0o600

# Django’s own names for its mail settings.
globals().update(mail(VAR))

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# Style, scripts, pictures and the font come from this site alone; nothing is inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "maillage.web.views.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
if environment.flag("HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
# Subdomains and browsers' preload lists are for the owner of the domain to commit, not for us.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
#: Files people add: never served by their address, only through a view that checks who asks.
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "maillage.config.static_files.NamedByContent"},
}
WHITENOISE_USE_FINDERS = DEBUG

#: Proxies whose ``X-Forwarded-For`` is believed: limits are counted for those who call them.
PROXIES = environment.count("PROXIES")
#: Forms of any kind that one address may send in a minute, in each process.
WRITES_PER_MINUTE = 600
#: Searches one address may ask in a minute, in each process.
SEARCHES_PER_MINUTE = 120
#: Files one address may ask to be made in a minute, in each process.
DOWNLOADS_PER_MINUTE = 40
#: The same for files of a whole mesh or of the whole edition.
BATCHES_PER_MINUTE = 6
#: Remarks that one address may leave in a minute, and decisions that a moderator may take.
REMARKS_PER_MINUTE = 5
DECISIONS_PER_MINUTE = 60
#: Answers for programs that one address may ask in a minute, in each process.
API_CALLS_PER_MINUTE = 600
