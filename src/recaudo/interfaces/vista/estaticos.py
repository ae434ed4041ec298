"""Where the static files go in production: hashed names, compressed copies, hashed imports."""

from typing import ClassVar

from whitenoise.storage import CompressedManifestStaticFilesStorage


class AlmacenEstatico(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hash every file, also the module that ours imports (`sitio.js` -> `govuk.js`).

    Django can follow imports in every script, but the extensions of htmx import files that its
    package does not carry, so only our own folder is followed.
    """

    patterns: ClassVar = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("vista/*.js", ((r"""(?P<matched>from "(?P<url>\./[\w.-]+\.js)")""", 'from "%(url)s"'),)),
    )
