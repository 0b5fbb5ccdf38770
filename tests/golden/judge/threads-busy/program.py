"""Burns CPU in several threads."""

import hashlib
import threading

def burn():
    while True:
        hashlib.sha256(b"x" * 1_000_000)

for _ in range(3):
    threading.Thread(target=burn).start()
burn()
