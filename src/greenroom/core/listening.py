"""What the interviewer notices in an utterance without judging it: questions, vague claims, bare tool names.

Also the guard that keeps the interviewer from saying what has not been revealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from greenroom.core.questions import Fact

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\w)[^.!?\n]*)*[.!?]*")
"""A stop inside `0.9` or `optimizer.step` ends no sentence."""
_STOP_WORDS = """
a an and are as at be been by can could did do does for from had has have how i in is it its like may me
might more my of on or our s should so some such that the their them then there these they this to us was
we were what when where which who why will with would you your about any tell know ask please use used
uses using need needs expect expected give given
"""
_STOP = frozenset(_STOP_WORDS.split())
_SUFFIXES = (
    "ations",
    "ation",
    "ingly",
    "ings",
    "ing",
    "edly",
    "ies",
    "ied",
    "ers",
    "er",
    "ed",
    "es",
    "ly",
    "s",
)


def words_of(text: str) -> list[str]:
    """Words, folded."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def sentences_of(text: str) -> list[str]:
    """Sentences and lines, stripped, none empty."""
    return [part.strip() for part in _SENTENCE.findall(text) if part.strip()]


_IRREGULAR = {
    "made": "make",
    "built": "build",
    "chosen": "choose",
    "sent": "send",
    "seen": "see",
    "paid": "pay",
}


def stem(word: str) -> str:
    """A light stem: the longest known suffix goes where at least three letters stay."""
    word = _IRREGULAR.get(word, word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            kept = word[: -len(suffix)].rstrip("e")
            is_doubled = len(kept) > 3 and kept[-1] == kept[-2] and kept[-1] not in "aeiouls"
            return kept[:-1] if is_doubled else kept
    return word.rstrip("e") if len(word) > 3 else word


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry content."""
    return frozenset(stem(word) for word in words_of(text) if word not in _STOP)


_ASKING = re.compile(
    r"^(can|could|may|do|does|did|is|are|was|were|what|which|who|how|when|where|why|should|would|will|"
    r"am i|have|has|how's|what's|just to clarify|to clarify|quick question)\b",
    re.I,
)


_SUGGESTING = re.compile(
    r"\b(could|might|may|can) (it|this|that|there) (be|have)\b|\bis it possible\b|\b(isn't|aren't|wouldn't|"
    r"couldn't|"
    r"shouldn't|doesn't|won't) (it|that|this|there|they|we|you)\b|\b(maybe|perhaps|probably|i think|i "
    r"would|i'd|i guess)\b|"
    r"^(why not|what if|how about|what about)\b",
    re.I,
)


def is_question(text: str) -> bool:
    """True where an utterance is a question put to the interviewer: short, and its last sentence asks.

    A suggestion in the form of a question ("could it be the encoding?") is an answer.
    """
    parts = sentences_of(text)
    if any(_SUGGESTING.search(part) for part in parts):
        return False
    if not parts or len(words_of(text)) > 45 or len(parts) > 3:
        return False
    return parts[-1].endswith("?") and any(_ASKING.match(part) is not None for part in parts)


_FACT_FLOOR = 0.5
_SAME = {
    "expensiv": "cost", "pric": "cost", "pay": "cost", "qps": "request", "peopl": "user", "doc": "document",
    "everyon": "everybody", "transaction": "payment", "machin": "hardware", "quick": "fast", "slow": "fast",
}  # fmt: skip
"""Stem -> stem that fact sheets use."""


_GENERIC = frozenset({"data", "tim", "model", "system", "many", "much", "long", "learn", "train", "rat"})
"""Stems that single out no fact."""


def match_fact(question: str, facts: Sequence[Fact], *, about: str = "") -> Fact | None:
    """The fact asked for, or None where no fact fits well enough.

    First by the authored ways of asking: the mean of the shares of content stems that agree, of the way of
    asking and of the question, at least one half, with two stems (or all of a one-stem phrase) in common.
    Then by the fact's own words, where one fact alone has at least two of them and half of the question.
    Words of `about` (the question that the interviewer put) are what everything is about, and tell nothing.
    """
    asked = _asked_stems(question)
    common = _asked_stems(about)
    best, best_score = None, 0.0
    for fact in facts:
        for phrase in (*fact.asks, fact.topic):
            wanted = _asked_stems(phrase)
            if wanted and wanted == asked:
                return fact
            shared = asked & wanted
            if not wanted or len(shared) < min(2, len(wanted)) or not (shared - common or wanted <= common):
                continue
            if len(wanted) == 1 and wanted <= common:
                continue
            score = 0.5 * len(shared) / len(wanted) + 0.5 * len(shared) / max(min(len(asked), 8), 1)
            if score > best_score:
                best, best_score = fact, score
    return best if best_score >= _FACT_FLOOR else _by_own_words(asked, common, facts)


def _asked_stems(text: str) -> frozenset[str]:
    return frozenset(_SAME.get(found, found) for found in content_stems(text))


def _by_own_words(asked: frozenset[str], common: frozenset[str], facts: Sequence[Fact]) -> Fact | None:
    # One word that only this fact is asked by ("what latency do we need?") is enough in a short question.
    telling_alone = asked - common - _GENERIC
    by_one = [f for f in facts if telling_alone & _asked_stems(" ".join((*f.asks, f.topic)))]
    if len(by_one) == 1 and len(asked) <= 3:
        return by_one[0]
    ranked = sorted(
        ((len(shared - common), len(shared), index) for index, fact in enumerate(facts)
         if (shared := asked & _asked_stems(" ".join((*fact.asks, fact.topic, fact.answer))))),
        reverse=True,
    )  # fmt: skip
    if not ranked:
        return None
    telling, total, index = ranked[0]
    is_alone = len(ranked) == 1 or ranked[1][0] < telling
    return facts[index] if telling >= 1 and total >= 2 and 2 * total >= len(asked) and is_alone else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """A claim that leaves out what matters; `key` names the follow-up."""

    key: str
    sentence: str


_METRIC_NAMES = re.compile(
    r"\b(auc|roc|pr-?auc|f1|f-?beta|precision|recall|accuracy|rmse|mae|mape|log[- ]?loss|brier|ece|ndcg|"
    r"mrr|map@|"
    r"recall@|hit rate|bleu|rouge|wer|perplexity|ctr|conversion|revenue|latency|p9\d|p50|throughput|qps|cost|"
    r"cohort|r2|r-squared|iou|fid|pass@)",
    re.I,
)
_NUMBER = re.compile(r"\d|\b(half|twice|double|third|quarter|percent|dozen|hundred|thousand|million)\b", re.I)
_VAGUE: tuple[tuple[str, re.Pattern[str], tuple[re.Pattern[str], ...]], ...] = (
    (
        "metric",
        re.compile(
            r"\b(improv\w+|better|boost\w*|increas\w+|good|great|strong\w*|works? well|perform\w* well)\b"
            r".{0,40}\b(performance|results?|quality|model|metrics?|outcomes?|predictions?)\b|"
            r"\b(performance|results?|quality|model|metrics?)\b.{0,40}\b(improv\w+|better|good|great|well)\b",
            re.I,
        ),
        (_NUMBER, _METRIC_NAMES),
    ),
    (
        "watch",
        re.compile(r"\b(monitor|keep an eye on|watch|observ)\w*\b", re.I),
        (
            _NUMBER,
            _METRIC_NAMES,
            re.compile(r"\b(drift|distribution|alert\w*|psi|ks|error rate|null)\b", re.I),
        ),
    ),
    (
        "amount",
        re.compile(
            r"\b(a lot|lots of|significant\w*|huge|massive\w*|much (faster|better|cheaper|more)|very (fast|"
            r"large|big)|"
            r"at scale|tons of)\b",
            re.I,
        ),
        (_NUMBER,),
    ),
    (
        "test",
        re.compile(
            r"\b(test|validate|evaluate|check) (it|this|that|everything|the (model|results?|system))\b", re.I
        ),
        (
            _NUMBER,
            _METRIC_NAMES,
            re.compile(r"\b(hold-?out|split|cross[- ]valid\w*|a/?b|backtest|slice|baseline)\b", re.I),
        ),
    ),
)


def vague_claims(text: str) -> list[Vague]:
    """Vague claims in order, at most one of each key."""
    found: dict[str, Vague] = {}
    for sentence in sentences_of(text):
        for key, pattern, settled_by in _VAGUE:
            if key in found or pattern.search(sentence) is None:
                continue
            if not any(settled.search(sentence) for settled in settled_by):
                found[key] = Vague(key=key, sentence=sentence)
    return list(found.values())


_TOOL_NAMES = """
XGBoost LightGBM CatBoost scikit-learn PyTorch TensorFlow Keras JAX Spark Kafka Flink Redis Cassandra
DynamoDB Postgres Snowflake BigQuery Airflow Dagster MLflow Kubeflow SageMaker Vertex Databricks
Kubernetes Docker Triton TensorRT ONNX vLLM Ray DeepSpeed LangChain LlamaIndex LangGraph FAISS Pinecone
Weaviate Milvus Chroma Elasticsearch OpenSearch Feast Tecton dbt Grafana Prometheus Evidently Optuna BERT
GPT-4 Llama Whisper CLIP SHAP LIME SMOTE
"""
TOOLS: dict[str, str] = {name.casefold(): name for name in _TOOL_NAMES.split()}
_REASON = re.compile(
    r"\b(because|since|so that|so we|so i|due to|given that|given the|in order to|to avoid|which (lets|"
    r"handles|gives|"
    r"means|avoids|keeps)|as it|as they|it (handles|copes|gives|scales|supports|needs|keeps|lets)|rather "
    r"than|"
    r"instead of|than|the reason|trade-?off|lets (me|us)|allows?|for its|for low|for high|costs?)\b",
    re.I,
)
_TOOL = re.compile(
    r"(?<![\w-])("
    + "|".join(re.escape(name) for name in sorted(TOOLS, key=len, reverse=True))
    + r")(?![\w-])",
    re.I,
)


def bare_tools(text: str) -> list[str]:
    """Tools named with no reason in the same or the next sentence, in order, as they are usually written."""
    parts = sentences_of(text)
    found: list[str] = []
    for index, sentence in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else ""
        # A reason in the next sentence counts, unless that sentence is about another tool.
        if _REASON.search(sentence if _TOOL.search(following) else f"{sentence} {following}"):
            continue
        for name in _TOOL.findall(sentence):
            usual = TOOLS[name.casefold()]
            if usual not in found:
                found.append(usual)
    return found


_LEAK_WORDS = 5


@lru_cache(maxsize=4096)
def _runs(text: str, length: int) -> frozenset[tuple[str, ...]]:
    words = words_of(text)
    return frozenset(tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def leaks(words: str, secrets: Iterable[str], *, known: str = "") -> bool:
    """True where `words` hold five words in a row of a secret (all of a shorter one) that `known` does not.

    `known` is what the candidate has already seen or said: the question, revealed facts, their own answer.
    """
    for secret in secrets:
        length = min(_LEAK_WORDS, len(words_of(secret)))
        # A secret of one or two words ("No.") is in any sentence by accident and gives nothing away.
        if length < 3:
            continue
        shared = _runs(secret, length) & _runs(words, length)
        if shared - _runs(known, length):
            return True
    return False
