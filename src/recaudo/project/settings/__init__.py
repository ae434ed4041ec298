"""Settings hold machines and secrets, never norms. Everything comes from the environment.

RECAUDO_AMBIENTE   dev (default) | test | prod
DATABASE_URL       PostgreSQL; without it the commands start the embedded server first
RECAUDO_SECRETO    secret key (compulsory in prod)
RECAUDO_HOSTS      comma-separated host names (prod)
RECAUDO_URL_PUBLICA address of the site as the public knows it, for the QR of the documents
RECAUDO_PISCINA    set in the processes that serve pages: pool, statements planned once
RECAUDO_PROXIES    addresses or networks of the trusted proxies, with commas, or `ninguno`
RECAUDO_MINUTOS_DE_FUNCIONARIO, …_DE_EMPLEADOR  idle minutes after which a session ends (30, 60)
RECAUDO_FIRMAS     folder of the signed notebooks (`infra/firmas`): outside the database's reach
RECAUDO_BITACORA   log of security: syslog://host:514, syslog+tcp://…, syslog:///dev/log, file:///…
RECAUDO_CORREO     smtp://user:password@server:port, or empty: mails go to the outbox folder
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from recaudo.infra.bitacora.ajustes import registros
from recaudo.infra.postgres.places import default_root
from recaudo.infra.produccion import exigir_produccion
from recaudo.infra.security.origen_de_red import leer_proxies
from recaudo.interfaces.vista.ajustes import (
    CONTENT_SECURITY_POLICY,
    DJANGO_TABLES2_TEMPLATE,
    FILTERS_EMPTY_CHOICE_LABEL,
    FORM_RENDERER,
    FORMAT_MODULE_PATH,
    PERMISSIONS_POLICY,
    plantillas,
    sin_huellas,
)
from recaudo.interfaces.vista.ajustes import (
    STORAGES as _STORAGES_CON_HUELLAS,
)
from recaudo.project.plazos_de_la_base import PISCINA, plazos_de_la_base

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "DJANGO_TABLES2_TEMPLATE",
    "FILTERS_EMPTY_CHOICE_LABEL",
    "FORMAT_MODULE_PATH",
    "FORM_RENDERER",
    "PERMISSIONS_POLICY",
]

AMBIENTE = os.environ.get("RECAUDO_AMBIENTE", "dev")
EN_PRODUCCION = AMBIENTE == "prod"
DEBUG = False
exigir_produccion(os.environ)

SECRET_KEY = os.environ.get("RECAUDO_SECRETO") or (
    "" if EN_PRODUCCION else secrets.token_urlsafe(48)
)
#: The first seals every PDF; those after it only verify what was sealed before (`RECAUDO_SELLOS`).
CLAVES_DE_SELLO = [c for c in os.environ.get("RECAUDO_SELLOS", "").split(",") if c] or [SECRET_KEY]
#: Where the signed notebook of each database lies, outside the database.
FIRMAS = Path(os.environ.get("RECAUDO_FIRMAS") or default_root().parent / "firmas")
ALLOWED_HOSTS = [h for h in os.environ.get("RECAUDO_HOSTS", "").split(",") if h] or (
    [] if EN_PRODUCCION else ["127.0.0.1", "localhost", "[::1]", "testserver"]
)


def resumidores(ambiente: str) -> list[str]:
    """Return what hashes a password: Argon2, slow on purpose; the passwords of tests guard nothing.

    It takes a quarter of a second, and the tests make hundreds of people.
    """
    rapido = "django.contrib.auth.hashers.MD5PasswordHasher"
    lentos = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    return [rapido, *lentos] if ambiente == "test" else lentos


def _base_de_datos() -> dict[str, Any]:
    """Turn DATABASE_URL into Django's dictionary; a socket directory in `host` is understood."""
    partes: dict[str, Any] = dict(
        conninfo_to_dict(os.environ.get("DATABASE_URL", "postgresql:///recaudo"))
    )
    opciones: dict[str, Any] = {
        clave: valor
        for clave, valor in partes.items()
        if clave not in {"dbname", "user", "password", "host", "port"}
    }
    if EN_PRODUCCION or os.environ.get("RECAUDO_PISCINA"):
        opciones["pool"] = PISCINA
    opciones["options"] = " ".join([opciones.get("options", ""), *plazos_de_la_base()]).strip()
    if os.environ.get("RECAUDO_PISCINA"):
        # Pages ask the same questions all day: each connection has them planned once. Only where
        # pages are served; a batch asks each of its own once, and wants the plan of its day.
        opciones |= {"server_side_binding": True, "prepare_threshold": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": partes.get("dbname", "recaudo"),
        "USER": partes.get("user", ""),
        "PASSWORD": partes.get("password", ""),
        "HOST": partes.get("host", ""),
        "PORT": str(partes.get("port", "")),
        "OPTIONS": opciones,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _base_de_datos()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: Every room of the corridor: a folder of `domain` with its `apps.py`.
CUARTOS = [
    f"recaudo.domain.{carpeta.parent.name}"
    for carpeta in sorted((Path(__file__).parents[2] / "domain").glob("*/apps.py"))
]
INSTALLED_APPS = [
    "recaudo.infra.security",
    "recaudo.infra.audit",
    "recaudo.infra.documents",
    "recaudo.infra.files",
    *CUARTOS,
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "recaudo.interfaces.vista",
    "recaudo.interfaces.portal",
    "recaudo.interfaces.oficina",
    "recaudo.interfaces.api",
    "recaudo.project.apps.ProjectConfig",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]
AUTH_USER_MODEL = "security.Usuario"
AUTHENTICATION_BACKENDS = ["recaudo.project.quien.Cuentas"]
PASSWORD_HASHERS = resumidores(AMBIENTE)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "entrar"
LOGIN_REDIRECT_URL = "inicio"

MIDDLEWARE = [
    "recaudo.project.salud.Salud",
    "recaudo.project.bitacora.CodigoDelPedido",
    "recaudo.project.proxies.SoloDeNuestrosProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "recaudo.interfaces.vista.politica.PoliticaFija",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "recaudo.project.limites.Negados",
    "recaudo.project.errores.DireccionesPosibles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "recaudo.project.umbral.PrivadoPorDefecto",
    "recaudo.project.lectura.SoloLectura",
    "recaudo.interfaces.vista.repeticion.UnaSolaVez",
]
ROOT_URLCONF = "recaudo.project.urls"
WSGI_APPLICATION = "recaudo.project.wsgi.application"
TEMPLATES = plantillas(context_processors_extra=["recaudo.project.contexto.puerta"])

LANGUAGE_CODE = "es-ec"
TIME_ZONE = "America/Guayaquil"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
_RAIZ = Path(__file__).resolve().parents[4]
# Only what `collectstatic` filled is served from here; elsewhere the finders do (and a folder that
# does not exist yet is a warning, which the tests take for an error).
_ESTATICOS = os.environ.get("RECAUDO_ESTATICOS", str(_RAIZ / "var" / "estaticos"))
STATIC_ROOT = Path(_ESTATICOS) if EN_PRODUCCION or "RECAUDO_ESTATICOS" in os.environ else None
STORAGES = _STORAGES_CON_HUELLAS if EN_PRODUCCION else sin_huellas()
WHITENOISE_USE_FINDERS = not EN_PRODUCCION

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_ENGINE = "recaudo.infra.security.sesiones"
#: Idle seconds after which a session ends: NIST SP 800-63B §4.2.3 (30 minutes) for who works here;
#: an employer fills long forms at its own desk, and has an hour.
INACTIVIDAD_DE_FUNCIONARIO = 60 * int(os.environ.get("RECAUDO_MINUTOS_DE_FUNCIONARIO", "30"))
INACTIVIDAD_DE_EMPLEADOR = 60 * int(os.environ.get("RECAUDO_MINUTOS_DE_EMPLEADOR", "60"))
GALLETA_DE_APARATO = "__Host-aparato" if EN_PRODUCCION else "aparato"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = EN_PRODUCCION
if EN_PRODUCCION:
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sesion"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
SILENCED_SYSTEM_CHECKS: list[str] = []
#: Where the log of security goes; without it, to the console in production and nowhere else.
BITACORA = os.environ.get("RECAUDO_BITACORA", "")
LOGGING = registros(
    en_lineas=EN_PRODUCCION or bool(os.environ.get("RECAUDO_PISCINA")),
    bitacora=BITACORA,
    en_consola=EN_PRODUCCION,
    secretos=[SECRET_KEY, *CLAVES_DE_SELLO, str(DATABASES["default"]["PASSWORD"])],
)
RECAUDO_IDENTIDAD: dict[str, Any] = {}
#: Addresses and networks of the trusted proxies: whose X-Forwarded-… is believed.
RECAUDO_PROXIES = leer_proxies(os.environ.get("RECAUDO_PROXIES", ""))
RECAUDO_URL_PUBLICA = os.environ.get("RECAUDO_URL_PUBLICA", "http://127.0.0.1:8000")
#: What the home page of a demonstration shows: [[identification, password, who], …] in JSON.
RECAUDO_USUARIOS_DEMO: list[list[str]] = json.loads(os.environ.get("RECAUDO_USUARIOS_DEMO", "[]"))
CSRF_FAILURE_VIEW = "recaudo.interfaces.vista.views.falla_csrf"
