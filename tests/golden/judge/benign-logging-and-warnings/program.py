"""Logging and warnings."""

import logging
import warnings

logging.basicConfig(level=logging.INFO)
logging.info("shown on standard error")
warnings.warn("so is this", stacklevel=1)
print("ok")
