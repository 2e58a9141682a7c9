"""``maillage.config.wsgi:application``, for Granian or any WSGI server.

Static files must have been gathered (``config.serve`` does it): ``django-admin collectstatic``.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
site = get_wsgi_application()

from maillage.web.unmodified import Unmodified  # noqa: E402 - Django must be set up first
from maillage.web.warm import open_edition  # noqa: E402

application = Unmodified(site)
open_edition()
