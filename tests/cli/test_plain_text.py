"""HTML of the bank, read in a terminal."""

from __future__ import annotations

import pytest

from greenroom.cli.plain_text import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two &lt; three</p>", "One\nTwo < three"),
        ("<math><msup><mn>10</mn><mrow><mo>-</mo><mn>4</mn></mrow></msup></math>", "10^(-4)"),
        ("<math><mfrac><mn>1</mn><mi>n</mi></mfrac></math>", "1/n"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>", "(a+b)/2"),
        ("<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>", "x_i^2"),
        ('Use <span class="gap" data-blank="0"></span> or <span data-blank="1"></span>.', "Use [1] or [2]."),
        ("<pre><code>a = 1\nb = 2\n</code></pre>", "a = 1\nb = 2"),
        ("unclosed <b>bold", "unclosed bold"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert plain_text(html) == text
