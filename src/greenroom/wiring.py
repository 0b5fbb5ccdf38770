"""Settings -> Deps. The only file that knows every floor."""
