"""Where the static files the site serves are kept."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):
    """Every file under a name that its content gives, the scripts that others import too."""

    support_js_module_import_aggregation = True
