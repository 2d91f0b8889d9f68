"""A small encoder that names scientific terms it has never seen: their kinds, their role for the paper, and parts of speech.

One forward pass of a six-layer int8 encoder over windows of sentences gives, for each word, whether a term begins, goes on or
is absent there, its kind, the role it plays for the paper that the window is about, and its universal part of speech. The
weights lie beside this file in ``model/``; onnxruntime and tokenizers are loaded with them, on first use. How the weights were
made, from which data and how well they do: ``docs/model-card.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.extract.terms.wordpieces import Pieces, cut_pieces, pack_windows
from kg.model import Kind, Predicate, Span
from kg.resources import package_file

if TYPE_CHECKING:
    import numpy as np
    from tokenizers import Tokenizer

    Floats = np.ndarray[Any, np.dtype[np.float32]]

#: The rule under which the terms that it sees stand.
RULE = "model.terms"
#: The order of the outputs of each head. Training and reading agree on these.
TAGS = ("O", "B", "I")
KINDS = (
    Kind.TECHNIQUE,
    Kind.CONCEPT,
    Kind.PROBLEM,
    Kind.TASK,
    Kind.METRIC,
    Kind.BENCHMARK,
    Kind.MODEL,
    Kind.HARDWARE,
)
ROLES: tuple[Predicate | None, ...] = (
    None,
    Predicate.INTRODUCES,
    Predicate.USES,
    Predicate.COMPARES_WITH,
    Predicate.ADDRESSES,
    Predicate.EVALUATES_ON,
    Predicate.MEASURES,
)
UPOS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())

PAD, CLS, SEP = 0, 101, 102
WINDOW = 256  # word pieces of one window, title and marks included
TITLE = 40  # word pieces of a title at most
_BATCH = 512  # word pieces of one run: fits the cache of one core
_LONGEST = 4_000  # characters of one sentence
_PORTION = 200_000  # characters held as pieces at a time
_OUTPUTS = ["tag", "kind", "role", "pos"]
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_FIRST = frozenset({"the", "a", "an", *",.;:!?)]}'’”|/*_-–—&"})
_NOT_LAST = frozenset({"the", "a", "an", "of", "and", *",.;:!?([{'’“|/*_-–—&"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text about one thing: the title of what it is about ("" where there is none) and its sentences, in order."""

    title: str
    sentences: tuple[Span, ...]


def decode_tags(tags: Floats, threshold: float, breaks: Sequence[bool] = ()) -> list[tuple[int, int, float]]:
    """Runs of words that belong to terms: (first word, end, mean probability of being inside).

    ``tags`` are probabilities (words, ``TAGS``). The runs are the most likely sequence in which I follows only B or I (Viterbi)
    and never stands at one of the ``breaks``, with the odds of O multiplied by those of ``threshold``.
    """
    import numpy as np

    logs = np.log(np.maximum(tags, 1e-9).astype(np.float64))
    logs[:, 0] += np.log(threshold / (1 - threshold))
    logs[list(breaks), 2] = -1e9
    outside, begin, within = 0.0, -1e9, -1e9
    back: list[tuple[int, int]] = []  # the best state before O or B, and before I
    for o, b, i in logs.tolist():
        into = 1 if begin >= within else 2
        inner = begin if into == 1 else within
        prior, best = (0, outside) if outside >= inner else (into, inner)
        back.append((prior, into))
        outside, begin, within = best + o, best + b, inner + i
    state = 0 if outside >= max(begin, within) else 1 if begin >= within else 2
    path = []
    for prior, into in reversed(back):
        path.append(state)
        state = into if state == 2 else prior
    path.reverse()
    found = []
    for start, tag in enumerate(path):
        if tag == 1:
            end = start + 1
            while end < len(path) and path[end] == 2:
                end += 1
            found.append((start, end, float(1.0 - tags[start:end, 0].mean())))
    return found


@dataclass(frozen=True, slots=True)
class TermGuess:
    """A run of words that looks like a term of the field. Scores are 0 to 1, rounded to three digits.

    ``role`` is what the term most likely is to the paper that the text is about; None: it is tied to no paper, or just named.
    """

    span: Span
    kind: Kind
    score: float
    kind_score: float
    role: Predicate | None
    role_score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the recogniser saw in a document: terms in text order, and the part of speech of each word by its offset."""

    terms: tuple[TermGuess, ...]
    parts: Mapping[int, str]


@dataclass(slots=True)
class _Window:
    """Word pieces of one forward pass, with the title in front."""

    front: Pieces
    body: Pieces

    @property
    def before(self) -> int:
        """How many pieces stand before the body."""
        return 1 + (len(self.front) + 1 if len(self.front) else 0)

    def __len__(self) -> int:
        return self.before + len(self.body) + 1


class Recognizer:
    """The loaded model. Get one from :func:`load_recognizer`."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Loads the weights of ``folder``; ``threads`` changes the speed only.

        Raises:
            ImportError: onnxruntime or tokenizers is not installed.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # groups of windows side by side scale better
        options.log_severity_level = 3
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # it is written optimised
        model = folder / "recognizer.onnx"
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._threads = ThreadPoolExecutor(threads) if threads > 1 else None
        config = json.loads((folder / "config.json").read_text("utf-8"))
        self.version: str = config["version"]
        self.threshold: float = config["threshold"]

    def recognize_terms(self, text: str, stretches: Sequence[Stretch], threshold: float | None = None) -> Reading:
        """Reads the sentences of ``stretches`` (offsets into ``text``); a lower ``threshold`` finds more terms.

        Time and memory grow linearly with the text; stretches may come in any order and of any length.
        """
        text = _SURROGATE.sub("\ufffd", text)
        limit = self.threshold if threshold is None else threshold
        terms: dict[tuple[int, int], TermGuess] = {}
        parts: dict[int, str] = {}
        for some in _portions(stretches):
            windows = [w for s, title in zip(some, self._titles(some), strict=True) for w in self._windows(text, s, title)]
            groups = list(_groups(windows))
            for group, outputs in zip(groups, (self._threads.map if self._threads else map)(self._run, groups), strict=True):
                for row, window in enumerate(group):
                    _collect(text, window, {name: out[row] for name, out in outputs.items()}, limit, terms, parts)
        return Reading(tuple(terms[key] for key in sorted(terms)), dict(sorted(parts.items())))

    def _titles(self, stretches: Sequence[Stretch]) -> list[Pieces]:
        return [
            cut_pieces(self._tokenizer, t, [Span(0, len(t))])[0]
            for t in (_SURROGATE.sub("\ufffd", s.title)[:400] for s in stretches)
        ]

    def _windows(self, text: str, stretch: Stretch, title: Pieces) -> list[_Window]:
        """The windows of a stretch; the title stands in front of each that does not say it itself."""
        sentences = cut_pieces(self._tokenizer, text, [p for s in stretch.sentences for p in _bounded(text, s)])
        found = []
        for number, body in enumerate(pack_windows(sentences, WINDOW - TITLE - 3)):
            said = number == 0 and stretch.title in text[body.starts[0] : body.ends[-1]]
            found.append(_Window(Pieces([], [], [], [], []) if said else title.part(0, TITLE), body))
        return found

    def _run(self, windows: Sequence[_Window]) -> dict[str, Floats]:
        import numpy as np

        shape = (len(windows), max(map(len, windows)))
        ids, types, shapes = (np.zeros(shape, np.int64) for _ in range(3))
        mask = np.zeros(shape, np.int32)
        for row, w in enumerate(windows):
            front = [*w.front.ids, SEP] if len(w.front) else []
            ids[row, : len(w)] = [CLS, *front, *w.body.ids, SEP]
            types[row, : w.before] = 1
            shapes[row, : len(w)] = [0, *([*w.front.shapes, 0] if front else []), *w.body.shapes, 0]
            mask[row, : len(w)] = 1
        feed = {"ids": ids, "types": types, "shapes": shapes, "mask": mask}
        return dict(zip(_OUTPUTS, self._session.run(_OUTPUTS, feed), strict=True))


def _portions(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Stretches in portions of bounded text, so that memory stays bounded too; a very long one is cut between sentences."""
    some: list[Stretch] = []
    size = 0
    for stretch in stretches:
        for start in range(0, len(stretch.sentences), 400):
            part = Stretch(stretch.title, stretch.sentences[start : start + 400])
            some.append(part)
            size += sum(s.end - s.start for s in part.sentences)
            if size > _PORTION:
                yield some
                some, size = [], 0
    if some:
        yield some


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """The span, cut at white space where it is longer than any sentence should be."""
    start = span.start
    while span.end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield Span(start, cut)
        start = cut
    if start < span.end:
        yield Span(start, span.end)


def _groups(windows: Sequence[_Window]) -> Iterator[list[_Window]]:
    """Windows of like length, so that little is padded; small enough to stay in the processor's cache."""
    group: list[_Window] = []
    for window in sorted(windows, key=len):
        if group and (len(group) + 1) * len(window) > _BATCH:
            yield group
            group = []
        group.append(window)
    if group:
        yield group


def _collect(
    text: str,
    window: _Window,
    out: dict[str, Floats],
    threshold: float,
    terms: dict[tuple[int, int], TermGuess],
    parts: dict[int, str],
) -> None:
    """Adds the terms and parts of speech of one window."""
    body = window.body
    begins = [i for i, first in enumerate(body.first) if first]
    ends = [*(body.ends[i - 1] for i in begins[1:]), body.ends[-1]]
    places = [i + window.before for i in begins]
    for i, number in zip(begins, out["pos"][places].tolist(), strict=True):
        parts[body.starts[i]] = UPOS[number]
    breaks = [body.first[i] == 2 for i in begins]
    for a, b, score in decode_tags(out["tag"][places], threshold, breaks):
        words = [(body.starts[i], end) for i, end in zip(begins[a:b], ends[a:b], strict=True)]
        span = trim_term(text, words)
        if span is not None:
            kinds, roles = out["kind"][places[a:b]].mean(0), out["role"][places[a:b]].mean(0)
            kind, role = int(kinds.argmax()), int(roles.argmax())
            guess = TermGuess(
                span, KINDS[kind], round(score, 3), round(float(kinds[kind]), 3), ROLES[role], round(float(roles[role]), 3)
            )
            terms[span.start, span.end] = guess


def trim_term(text: str, words: Sequence[tuple[int, int]]) -> Span | None:
    """The words without what no name begins or ends with: articles, punctuation, half of a pair of brackets."""
    a, b = 0, len(words)
    while a < b and text[slice(*words[a])].casefold() in _NOT_FIRST:
        a += 1
    while b > a and text[slice(*words[b - 1])].casefold() in _NOT_LAST:
        b -= 1
    for n in range(a, b):  # "(" that is never closed ends the name before it
        if text[words[n][0]] == "(" and ")" not in text[words[n][1] : words[b - 1][1]]:
            return trim_term(text, words[a:n])
    if a == b or not any(c.isalpha() for c in text[words[a][0] : words[b - 1][1]]):
        return None
    return Span(words[a][0], words[b - 1][1])


@cache
def load_recognizer(threads: int = 1) -> Recognizer | None:
    """The recogniser that ships with the package, loaded once; None where its weights or their runtime are absent."""
    folder = package_file("extract", "model")
    if not all((folder / name).is_file() for name in ("recognizer.onnx", "tokenizer.json", "config.json")):
        return None
    try:
        return Recognizer(folder, threads)
    except ImportError:
        return None
