"""Where the static files go in production: hashed names, compressed copies, hashed imports."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class AlmacenEstatico(CompressedManifestStaticFilesStorage):  # type: ignore[misc, unused-ignore]
    """Hash every file, also the module that another module imports (`sitio.js` -> `govuk.js`)."""

    support_js_module_import_aggregation = True
