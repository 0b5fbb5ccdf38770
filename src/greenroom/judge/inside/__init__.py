"""What runs inside a sandbox process: standard library only, never imports the rest of Greenroom.

The same files are imported by the supervisor as `greenroom.judge.inside` (for `wire` and the policy)
and by a zygote as the top-level package `inside`, so every import here is relative.
"""
