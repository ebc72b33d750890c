"""Settings of the tests: the ordinary ones, with a data folder of their own, plain static files and no mail server."""

import os
import tempfile

os.environ.setdefault("WEERKLANK_DATA", tempfile.mkdtemp(prefix="weerklank-test-"))
os.environ.setdefault("WEERKLANK_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("WEERKLANK_SECRET_KEY", "only-for-the-tests")
os.environ.pop("WEERKLANK_MAIL_URL", None)

from weerklank_web.config.settings import *  # noqa: F403 - the environment comes first
