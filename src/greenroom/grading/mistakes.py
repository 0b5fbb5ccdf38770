"""The common mistakes of spoken answers, each with why it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from greenroom.core.rubric import Mistake, SpottedMistake
from greenroom.grading.segments import Sentence
from greenroom.grading.terms import find_term, stems_of

LONG_ANSWER_WORDS = 120
"""A shorter answer may rightly leave production, data and metrics out."""

_TOOLS = (
    "xgboost", "lightgbm", "catboost", "pytorch", "tensorflow", "keras", "kafka", "spark", "airflow", "kubernetes",
    "docker", "langchain", "langgraph", "llamaindex", "pinecone", "faiss", "redis", "mlflow", "kubeflow", "sagemaker",
    "vertex ai", "databricks", "snowflake", "triton", "vllm", "tensorrt", "ray", "bert", "gpt 4", "elasticsearch", "feast",
)  # fmt: skip
_REASON = re.compile(
    r"\b(?:because|since|so that|so we|as it|as they|due to|in order to|which (?:gives|lets|allows|means|handles)|"
    r"that way|the reason|handles|trade-?off|instead of|rather than|over|compared|if|when|to (?:handle|keep|reduce|"
    r"avoid|get|support|cut|serve|store|track|buffer|decouple))\b",
    re.I,
)
_PRODUCTION = (
    "latency", "deploy", "production", "monitor", "serve", "rollback", "drift", "retrain", "canary", "shadow", "alert",
    "on call", "throughput", "cost", "scale", "ship", "rollout", "online", "a b test", "live", "inference",
)  # fmt: skip
_DATA_QUALITY = (
    "label noise", "noisy", "missing", "duplicate", "leak", "leakage", "clean", "data quality", "bias", "imbalance",
    "drift", "validate", "outlier", "sampling", "label", "skew", "schema", "stale", "point in time", "split",
)  # fmt: skip
_METRIC = (
    "metric", "precision", "recall", "auc", "f1", "rmse", "mae", "accuracy", "ndcg", "conversion", "revenue", "kpi",
    "click through", "success", "log loss", "calibration", "objective", "a b test", "measure", "cost",
)  # fmt: skip


_ASKS_TO_BUILD = re.compile(
    r"\b(?:design|operate|deploy|ship|launch|roll out|in production|end to end|platform)\b", re.I
)


def spot_mistakes(sentences: Sequence[Sentence], question: str) -> tuple[SpottedMistake, ...]:
    """The mistakes an answer shows by itself. Those that need the whole round are found by the round.

    What a long answer leaves out (production, data quality, metric) is a mistake only where the question asks
    to build something: an answer about the geometry of a penalty need not speak of monitoring.
    """
    kept = [sentence for sentence in sentences if not sentence.is_set_aside]
    found = _tools_without_reasons(kept)
    words = sum(len(sentence.text.split()) for sentence in kept)
    if words >= LONG_ANSWER_WORDS and _ASKS_TO_BUILD.search(question):
        stems = [stems_of(sentence.text) for sentence in kept]
        found += _what_is_absent(stems)
        found += _late_metric(kept, stems)
    return tuple(found)


def _tools_without_reasons(sentences: Sequence[Sentence]) -> list[SpottedMistake]:
    bare: list[Sentence] = []
    for index, sentence in enumerate(sentences):
        stems = stems_of(sentence.text)
        if not any(find_term(tool, stems) >= 0 for tool in _TOOLS):
            continue
        around = sentence.text + " " + (sentences[index + 1].text if index + 1 < len(sentences) else "")
        if not _REASON.search(around):
            bare.append(sentence)
    if not bare:
        return []
    return [
        SpottedMistake(
            mistake=Mistake.TOOL_NAMING, why="A tool is named without a reason for it.", quote=bare[0].text
        )
    ]


def _what_is_absent(stems: Sequence[tuple[str, ...]]) -> list[SpottedMistake]:
    def says_any(terms: Sequence[str]) -> bool:
        return any(find_term(term, sentence) >= 0 for sentence in stems for term in terms)

    found = []
    if not says_any(_PRODUCTION):
        found.append(
            SpottedMistake(
                mistake=Mistake.PRODUCTION_BLINDNESS,
                why="A long answer without a word on how it runs, is watched or is taken back in production.",
            )
        )
    if not says_any(_DATA_QUALITY):
        found.append(
            SpottedMistake(
                mistake=Mistake.IGNORING_DATA_QUALITY,
                why="A long answer without a word on labels, missing values, leakage or other faults of the data.",
            )
        )
    return found


def _late_metric(sentences: Sequence[Sentence], stems: Sequence[tuple[str, ...]]) -> list[SpottedMistake]:
    first = next(
        (i for i, sentence in enumerate(stems) if any(find_term(t, sentence) >= 0 for t in _METRIC)), None
    )
    if first is not None and first < 0.7 * len(sentences):
        return []
    why = "No metric is named." if first is None else "The first metric comes near the end."
    quote = "" if first is None else sentences[first].text
    return [SpottedMistake(mistake=Mistake.METRIC_AFTERTHOUGHT, why=why, quote=quote)]
