"""How plain an explanation is to someone outside the field: unexplained terms, an example, what to decide."""

from __future__ import annotations

import re
from dataclasses import dataclass

from greenroom.core.listening import sentences_of, words_of
from greenroom.core.star import WORDS_PER_MINUTE

_TERMS = """
softmax|gradients?|backprop(?:agation)?|embeddings?|tensors?|logits?|attention heads?|multi-?head|query vectors?|
key vectors?|hyper-?parameters?|regulari[sz]ation|overfit(?:ting|s)?|auc|roc|f1|precision|recall|recalled|rmse|
log[- ]?loss|cross[- ]entropy|likelihood|posterior|priors?|p-?values?|confidence intervals?|transformers?|encoder|
decoder|latent|epochs?|batch(?:es)?|fine-?tun(?:ing|ed)|quanti[sz](?:ation|ed)|inference|tokens?|tokeni[sz]er|
parameters?|eigen\\w+|convolutions?|kernels?|stochastic|hetero\\w+|bayesian|variance|calibrat(?:ion|ed)|threshold|
vectors?|matri(?:x|ces)|dot products?|ndcg|perplexity|rag|lora|api|latency|drift|a/b tests?
""".replace("\n", "")
_TERM = re.compile(rf"(?<![\w-])({_TERMS})(?![\w-])", re.I)
_EXPLAINED = re.compile(
    r"\b(that is|that's|which means|meaning|in other words|in plain|simply put|i mean|so to say|called|"
    r"think of|"
    r"like a|as if|basically|what we call)\b|\(|:",
    re.I,
)
_EXAMPLE = re.compile(
    r"\b(imagine|for example|for instance|think of|picture|suppose|say you|like (a|an|when|reading|asking|"
    r"your)|"
    r"just as|as if|the way (a|an|you))\b",
    re.I,
)
_DECISION = re.compile(
    r"\b(you (can|could|should|would|will|need|decide|get|may)|we (should|recommend|suggest|need)|i "
    r"(recommend|suggest|would ask)|"
    r"for you|what this means|in practice|your (team|customers|campaign|decision|budget)|ask a (person|"
    r"colleague|human))\b",
    re.I,
)
LONGEST_MINUTES = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plainness:
    """What was found in an explanation."""

    unexplained: tuple[str, ...]
    """Terms of the field said without an explanation in the same sentence, each once, as said."""
    has_example: bool
    has_decision: bool
    spoken_minutes: float

    @property
    def score_01(self) -> float:
        """1 for an explanation in plain words with an example and what follows from it, in good time."""
        kept = 1.0 - 0.2 * min(len(self.unexplained), 3)
        kept -= 0.0 if self.has_example else 0.15
        kept -= 0.0 if self.has_decision else 0.15
        kept -= 0.0 if self.spoken_minutes <= LONGEST_MINUTES else 0.1
        return max(0.0, kept)


def plainness(text: str, *, asked: str = "") -> Plainness:
    """The plainness of an explanation. Terms that the question itself uses are the listener's own."""
    theirs = {match.casefold() for match in _TERM.findall(asked)}
    found: dict[str, str] = {}
    for sentence in sentences_of(text):
        if _EXPLAINED.search(sentence):
            theirs |= {term.casefold() for term in _TERM.findall(sentence)}
            continue
        for term in _TERM.findall(sentence):
            if term.casefold() not in theirs:
                found.setdefault(term.casefold(), term)
    return Plainness(
        unexplained=tuple(found.values()),
        has_example=_EXAMPLE.search(text) is not None,
        has_decision=_DECISION.search(text) is not None,
        spoken_minutes=len(words_of(text)) / WORDS_PER_MINUTE,
    )
