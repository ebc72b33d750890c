"""The one process type. Streams go to the small raw part; everything else to ordinary Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "weerklank_web.config.settings")

application = get_asgi_application()
