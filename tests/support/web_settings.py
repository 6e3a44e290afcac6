"""The site's settings for tests: a folder of its own, quick password digests, plain static files."""

import os
import tempfile

os.environ.setdefault("BANZI_HOME", tempfile.mkdtemp(prefix="banzi-test-"))

from banzi.web.config.settings import *  # noqa: F403 - the folder is named first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
