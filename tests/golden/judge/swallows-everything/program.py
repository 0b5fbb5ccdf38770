"""Catches every exception for ever."""

while True:
    try:
        while True:
            pass
    except BaseException:
        continue
