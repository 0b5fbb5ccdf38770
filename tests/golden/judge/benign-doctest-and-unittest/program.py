"""Runs its own unit tests."""

import io
import unittest


class Check(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(1 + 1, 2)


result = unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(Check))
print("ok" if result.wasSuccessful() else "bad")
