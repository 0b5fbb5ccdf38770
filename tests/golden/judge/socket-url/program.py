"""Fetches a URL."""

import urllib.request

try:
    urllib.request.urlopen("http://127.0.0.1:8020/", timeout=1)
except OSError:
    print("held")
else:
    print("open")
