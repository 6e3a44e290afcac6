"""The site's settings for tests: a folder of its own, quick password digests, plain static files."""

import os
import tempfile

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""Tests run by several processes at once: each has a folder of its own."""

os.environ.setdefault("BANZI_HOME", tempfile.mkdtemp(prefix="banzi-test-"))
if WORKER and not os.environ["BANZI_HOME"].endswith(WORKER):
    os.environ["BANZI_HOME"] += f"-{WORKER}"

from banzi.web.config.settings import *  # noqa: E402, F403 - the folder is named first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
