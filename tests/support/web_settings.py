"""The site's settings for tests: a folder of its own, quick password digests, plain static files."""

import os
import tempfile

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""Tests run by several processes at once: each has a folder of its own, unless one was named."""

if "BANZI_HOME" not in os.environ:
    os.environ["BANZI_HOME"] = os.environ["BANZI_TESTS"] = tempfile.mkdtemp(prefix="banzi-test-")
if os.environ["BANZI_HOME"] == os.environ.get("BANZI_TESTS") and WORKER:
    os.environ["BANZI_HOME"] += f"-{WORKER}"

from banzi.web.config.settings import *  # noqa: E402, F403 - the folder is named first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
