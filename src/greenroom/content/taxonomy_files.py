"""Reads `bank/taxonomy/` into the taxonomy: areas, topics, prerequisites, roles, levels, loops."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import ValidationError

from greenroom.content.taxonomy_schema import AreasShape, LevelShape, LoopShape, RoleShape
from greenroom.content.units import Unit, complain_of_shape, mapping_entries, shape_of
from greenroom.content.yaml_text import line_of
from greenroom.core.taxonomy import Area, Expectation, Loop, LoopRound, Role, Seniority, Taxonomy, Topic

_SHORT = {
    **{word: word.upper() for word in ["svm", "rbf", "pca", "svd", "auc", "roc", "pr", "ap", "iou", "nms", "gan", "vae", "elbo", "fid", "rnn", "lstm", "gru", "bert", "gpt", "bpe", "rope", "mha", "mqa", "gqa", "kv", "lora", "qlora", "dpo", "kto", "orpo", "grpo", "ppo", "rlhf", "sft", "rag", "llm", "vlm", "cnn", "mlp", "sgd", "kl", "aic", "bic", "em", "ndcg", "map", "mrr", "ab", "cuped", "gnn", "dqn", "sarsa", "sql", "api", "gpu", "cpu", "ci", "cd", "bm25", "ocr", "asr", "wer", "clip", "moe", "ctr", "dag", "mlm", "pi", "ann", "hnsw", "mcp", "slo", "cap", "etl", "io", "yolo", "ddp", "fsdp", "zero", "nlp", "cv", "kpi", "star", "gil", "fp16", "int8"]},
    "k": "k", "t": "t", "u": "U", "adam": "Adam", "adamw": "AdamW", "bayes": "Bayes", "gini": "Gini",
    "xgboost": "XGBoost", "lightgbm": "LightGBM", "pytorch": "PyTorch", "jax": "JAX", "simpsons": "Simpson's",
    "wordpiece": "WordPiece", "sentencepiece": "SentencePiece", "word2vec": "word2vec", "glove": "GloVe",
    "yarn": "YaRN", "longrope": "LongRoPE", "rmsnorm": "RMSNorm", "swiglu": "SwiGLU", "rmsprop": "RMSprop",
    "chinchilla": "Chinchilla", "wasserstein": "Wasserstein", "gaussian": "Gaussian", "efficientnet": "EfficientNet",
    "resnet": "ResNet", "alexnet": "AlexNet", "umap": "UMAP", "dbscan": "DBSCAN", "mcts": "MCTS", "vs": "vs",
}  # fmt: skip
S = TypeVar("S", RoleShape, LevelShape)


def title_of_slug(slug: str) -> str:
    """A readable title: `svm-margin-and-kernels` is `SVM margin and kernels`."""
    words = [_SHORT.get(word, word) for word in slug.split("-")]
    if words[0] == slug.split("-")[0] and words[0] not in ("word2vec", "k", "t"):
        words[0] = words[0].capitalize()
    return " ".join(words).replace("k means", "k-means").replace("k nearest", "k-nearest")


def read_taxonomy(
    files: Mapping[str, str], folder: str, titles: Mapping[str, str], unit: Unit
) -> Taxonomy | None:
    """The taxonomy of its files by name (`loops/google.yaml` among them); None where areas.yaml is unusable."""
    areas_path = f"{folder}/areas.yaml"
    shape = shape_of(unit, AreasShape, files.get("areas.yaml", ""), areas_path)
    if shape is None:
        return None
    needed = _prerequisites(files.get("prerequisites.yaml", ""), f"{folder}/prerequisites.yaml", unit)
    areas: dict[str, Area] = {}
    topics: dict[str, Topic] = {}
    for area_id, area in shape.areas.items():
        names: list[str] = []
        for entry in area.topics:
            slug, title = next(iter(entry.items())) if isinstance(entry, dict) else (entry, "")
            names.append(slug)
            if slug in topics:
                unit.complain(areas_path, 1, f"the topic {slug} is in two areas", "its evidence would be split",
                              "rename one")  # fmt: skip
            topics[slug] = Topic(
                id=slug,
                title=title or titles.get(slug) or title_of_slug(slug),
                area=area_id,
                prerequisites=needed.get(slug, ()),
            )
        areas[area_id] = Area(id=area_id, title=area.title, topics=tuple(names))
    _check_prerequisites(topics, needed, f"{folder}/prerequisites.yaml", files, unit)
    return Taxonomy(
        areas=areas,
        topics=topics,
        roles=_roles(files.get("roles.yaml", ""), f"{folder}/roles.yaml", areas, unit),
        levels=_levels(files.get("levels.yaml", ""), f"{folder}/levels.yaml", areas, unit),
        loops=_loops(files, folder, unit),
    )


def _prerequisites(text: str, path: str, unit: Unit) -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for topic, needed in mapping_entries(unit, text, path).items():
        if isinstance(needed, list) and all(isinstance(name, str) for name in needed):
            made[topic] = tuple(needed)
        else:
            unit.complain(path, line_of(text, [topic]), f"the prerequisites of {topic} are no list of topics",
                          "nothing can be read from them", "write `topic: [topic, topic]`")  # fmt: skip
    return made


def _check_prerequisites(
    topics: Mapping[str, Topic],
    needed: Mapping[str, tuple[str, ...]],
    path: str,
    files: Mapping[str, str],
    unit: Unit,
) -> None:
    text = files.get("prerequisites.yaml", "")
    for topic, names in needed.items():
        for name in (topic, *names):
            if name not in topics:
                unit.complain(path, line_of(text, [topic]), f"the topic {name} is not known",
                              "areas.yaml does not list it", "correct the slug")  # fmt: skip
    cycle = cycle_of(needed)
    if cycle:
        unit.complain(path, line_of(text, [cycle[0]]), f"the prerequisites run in a circle ({' > '.join(cycle)})",
                      "no topic of it could come first", "remove one of them")  # fmt: skip


def cycle_of(needed: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A circle of prerequisites, its first topic repeated at the end; empty where there is none."""
    done: set[str] = set()
    for start in sorted(needed):
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, is_left = stack.pop()
            if is_left:
                path.pop()
                done.add(name)
            elif name in path:
                return [*path[path.index(name) :], name]
            elif name not in done:
                path.append(name)
                stack.append((name, True))
                stack += [(other, False) for other in needed.get(name, ())]
    return []


def _entries(
    text: str, path: str, cls: type[S], unit: Unit, is_known: Callable[[str], bool]
) -> list[tuple[str, S]]:
    made: list[tuple[str, S]] = []
    for id_, entry in mapping_entries(unit, text, path).items():
        if not is_known(id_):
            unit.complain(path, line_of(text, [id_]), f"{id_!r} is not a known id", "nothing could choose it",
                          "use a slug (for levels: junior, mid, senior, staff)")  # fmt: skip
            continue
        try:
            made.append((id_, cls.model_validate(entry)))
        except ValidationError as error:
            complain_of_shape(unit, error, text, path, under=[id_])
    return made


def _check_areas(
    names: Mapping[str, float], areas: Mapping[str, Area], path: str, place: list[str], text: str, unit: Unit
) -> None:
    for name in names:
        if name not in areas:
            unit.complain(path, line_of(text, [*place, name]), f"the area {name} is not known",
                          "areas.yaml does not list it", "correct the slug")  # fmt: skip


def _roles(text: str, path: str, areas: Mapping[str, Area], unit: Unit) -> dict[str, Role]:
    made: dict[str, Role] = {}
    for id_, shape in _entries(
        text, path, RoleShape, unit, lambda name: bool(re.fullmatch(r"[a-z0-9-]+", name))
    ):
        _check_areas(shape.weights, areas, path, [id_, "weights"], text, unit)
        total = sum(shape.weights.values())
        made[id_] = Role(
            id=id_,
            title=shape.title,
            summary=shape.summary,
            angle=shape.angle,
            weights={area: shape.weights.get(area, 0.0) / total for area in areas},
            signals=dict(shape.signals),
        )
    return made


def _levels(text: str, path: str, areas: Mapping[str, Area], unit: Unit) -> dict[str, Expectation]:
    made: dict[str, Expectation] = {}
    known = {level.value for level in Seniority}
    for id_, shape in _entries(text, path, LevelShape, unit, known.__contains__):
        _check_areas(shape.weight_factors, areas, path, [id_, "weight_factors"], text, unit)
        made[id_] = Expectation(
            id=Seniority(id_),
            title=shape.title,
            expected_logit=shape.expected_logit,
            weight_factors=dict(shape.weight_factors),
            expects=tuple(shape.expects),
        )
    return made


def _loops(files: Mapping[str, str], folder: str, unit: Unit) -> dict[str, Loop]:
    made: dict[str, Loop] = {}
    for name, text in sorted(files.items()):
        if not name.startswith("loops/") or not name.endswith(".yaml"):
            continue
        id_ = name.removeprefix("loops/").removesuffix(".yaml")
        shape = shape_of(unit, LoopShape, text, f"{folder}/{name}", subject=id_)
        if shape is None:
            continue
        made[id_] = Loop(
            id=id_,
            title=shape.title,
            source=shape.source,
            as_of=shape.as_of,
            note=shape.note,
            rounds=tuple(
                LoopRound(
                    kind=entry.kind,
                    title=entry.title,
                    minutes=entry.minutes,
                    allows_assistant=entry.allows_assistant,
                    competencies=tuple(entry.competencies),
                    note=entry.note,
                )
                for entry in shape.rounds
            ),
        )
    return made
