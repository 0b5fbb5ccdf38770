"""Starts an event loop, which wants a pair of sockets."""

import asyncio

try:
    loop = asyncio.new_event_loop()
except OSError:
    print("held")
else:
    print("open")
