"""Items in other programs' formats, in and out."""
