"""For every test: its own data folder, plain static files, no mail server."""

import os
import tempfile

os.environ.setdefault("WEERKLANK_DATA", tempfile.mkdtemp(prefix="weerklank-test-"))
os.environ.setdefault("WEERKLANK_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("WEERKLANK_SECRET_KEY", "only-for-the-tests")
