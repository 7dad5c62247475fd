"""The least that django-hordak needs, as its users run it."""

from environs import Env

env = Env()

SECRET_KEY = env.str("SECRET_KEY")
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "mptt",
    "hordak",
]
# Its users' settings: Django's own for PostgreSQL, but with one lasting connection.
DATABASES = {"default": env.dj_db_url("DATABASE_URL") | {"CONN_MAX_AGE": None}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
HORDAK_CURRENCIES = ["EUR"]
DEFAULT_CURRENCY = "EUR"
