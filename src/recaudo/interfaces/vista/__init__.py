"""The look that every door shares: sheets, base templates, components, forms, tables, filters.

Nothing here knows the law or the tables; everything here can be seen at the gallery page
(URL name `vista:galeria`). How to build a page with it: `LEAME.md` in this folder.

Settings that this app needs (the order inside the lists matters where it says so):

    INSTALLED_APPS = [
        # not "django_cotton" nor "template_partials": with both on automatic configuration the
        # components stay unrendered in the page, silently
        "django_cotton.apps.SimpleAppConfig",
        "template_partials.apps.SimpleAppConfig",
        "recaudo.interfaces.vista",          # before django.forms and django_tables2
        "django.forms",                      # the widget templates that we do not change
        "django_htmx", "django_filters", "django_tables2",
        "django.contrib.messages", "django.contrib.staticfiles", ...
    ]
    MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "recaudo.interfaces.vista.politica.PoliticaFija",
        "django_permissions_policy.PermissionsPolicyMiddleware",
        ...,                                  # session, common, csrf, auth, messages, clickjacking
        "django_htmx.middleware.HtmxMiddleware",
    ]
    from recaudo.interfaces.vista.ajustes import (
        CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY, FORM_RENDERER, FORMAT_MODULE_PATH,
        DJANGO_TABLES2_TEMPLATE, FILTERS_EMPTY_CHOICE_LABEL, STORAGES, plantillas,
    )
    TEMPLATES = plantillas(context_processors_extra=[...], en_cache=not DEBUG)
    LANGUAGE_CODE, USE_I18N, TIME_ZONE = "es-ec", True, "America/Guayaquil"
    STATIC_URL, STATIC_ROOT = "static/", ...  # STATIC_ROOT only for collectstatic
    WHITENOISE_USE_FINDERS = DEBUG            # a demo without collectstatic also sets this, and
                                              # uses STORAGES from ajustes.sin_huellas()
    SECURE_REFERRER_POLICY, X_FRAME_OPTIONS = "same-origin", "DENY"
    RECAUDO_IDENTIDAD = {...}                 # any key of contexto.IDENTIDAD_NEUTRA; see there

URLs: `path("", include("recaudo.interfaces.vista.urls"))` (namespace `vista`), and in the root
URLconf `handler400/403/404/500 = "recaudo.interfaces.vista.views.error_400"` and so on.
"""
