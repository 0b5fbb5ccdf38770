"""Steps of the main job, as a person takes them in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

JOB = """Senior Machine Learning Engineer, LLM Applications

About the role
You will build and ship LLM-powered features: retrieval-augmented generation over our knowledge base, prompt
design, evaluation harnesses and guardrails. You own latency and cost of the LLM pipeline in production.

What you will do
- Design RAG pipelines with vector databases, chunking and re-ranking
- Build evals for hallucination and regression, with LLM-as-judge where it holds
- Work with product on prompt engineering and fine-tuning (LoRA)

What we look for
- 5+ years of experience in machine learning engineering, strong Python
- Experience with LangChain or similar frameworks, embeddings and semantic search
- You communicate well with stakeholders
"""


def fill_question(page: Page) -> None:
    """Some answer to the question on the page, whatever its kind, by hand."""
    expect(page.locator("form[data-question]")).to_be_visible()
    if page.locator("[data-options] input").count():
        page.locator("[data-options] label").first.click()
    elif page.locator("#number").count():
        page.fill("#number", "0.5")
    for gap in page.locator("input.blank").all():
        gap.fill("something")


def answer_question(page: Page, *, sure: int = 3) -> None:
    """Answers and waits for what it came to."""
    fill_question(page)
    page.locator("[data-confidence] label").nth(sure - 1).click()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".verdict")).to_be_visible()


def set_goal(page: Page, url: str) -> None:
    """Chooses the first role by hand and saves."""
    page.goto(f"{url}/start")
    page.locator("input[name=role]").first.check()
    page.locator("#goal button[type=submit]").click()
    page.wait_for_url("**/diagnostic?*")
