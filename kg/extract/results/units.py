"""Words and signs that say what a number counts or measures: data for ``kg.extract.results.quantities``.

Keys are lower case and singular; values are the canonical unit names of the vocabulary.
"""

from __future__ import annotations

from decimal import Decimal


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for tables that read better as running text than as lists of strings."""
    return frozenset(words.split())


#: Glued to the number or standing right after it. ("K" and its kin are scales, not units.)
SUFFIXES = {
    "%": "percent",
    "\\%": "percent",
    "％": "percent",
    "x": "ratio",
    "X": "ratio",
    "×": "ratio",
    "\\times": "ratio",
    "pp": "points",
    "pt": "points",
    "pts": "points",
    "px": "pixels",
    "p": "pixels",
    "ms": "milliseconds",
    "s": "seconds",
    "h": "hours",
    "hrs": "hours",
    "fps": "frames_per_second",
    "kb": "kilobytes",
    "mb": "megabytes",
    "gb": "gigabytes",
    "tb": "terabytes",
    "kw": "kilowatts",
    "mw": "megawatts",
    "gw": "gigawatts",
    "tok/s": "tokens_per_second",
    "th": "rank",
}

#: Words that follow the number, up to a few words later ("120B math-related tokens").
UNIT_WORDS = {
    "percent": "percent",
    "point": "points",
    "pt": "points",
    "pp": "points",
    "ppt": "points",
    "time": "ratio",
    "fold": "ratio",
    "token": "tokens",
    "subword": "tokens",
    "parameter": "parameters",
    "param": "parameters",
    "hour": "hours",
    "hr": "hours",
    "minute": "minutes",
    "min": "minutes",
    "second": "seconds",
    "sec": "seconds",
    "millisecond": "milliseconds",
    "ms": "milliseconds",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
    "bit": "bits",
    "byte": "bytes",
    "kb": "kilobytes",
    "mb": "megabytes",
    "gb": "gigabytes",
    "tb": "terabytes",
    "kilobase": "kilobases",
    "pixel": "pixels",
    "px": "pixels",
    "frame": "frames",
    "fps": "frames_per_second",
    "tok/s": "tokens_per_second",
    "token/s": "tokens_per_second",
    "token/sec": "tokens_per_second",
    "dimension": "dimensions",
    "digit": "digits",
    "layer": "layers",
    "percentile": "percentile",
    "watt": "watts",
    "kw": "kilowatts",
    "mw": "megawatts",
    "gw": "gigawatts",
    "dollar": "usd",
    "flop": "flops",
    "tflop": "teraflops",
    "tflops/s": "teraflops_per_second",
}

#: Compute time: the word before the unit of time turns it into another unit.
DEVICE_WORDS = frozenset({"gpu", "tpu", "cpu", "h100", "a100", "h200", "h800", "v100", "b200"})
CALENDAR_UNITS = frozenset({"days", "weeks", "months", "years"})
#: Units of scores on a benchmark ("" is a bare number).
SCORE_UNITS = frozenset({"percent", "points", "ratio", ""})
TIME_UNITS = CALENDAR_UNITS | {"hours", "minutes", "seconds", "milliseconds"}

SCALES = {
    "k": Decimal(1000),
    "thousand": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "million": Decimal(10**6),
    "b": Decimal(10**9),
    "bn": Decimal(10**9),
    "billion": Decimal(10**9),
    "t": Decimal(10**12),
    "trillion": Decimal(10**12),
}

#: Verbs that are numbers: "doubles the throughput".
MULTIPLES = {
    "doubles": Decimal(2),
    "doubled": Decimal(2),
    "doubling": Decimal(2),
    "triples": Decimal(3),
    "tripled": Decimal(3),
    "tripling": Decimal(3),
    "quadruples": Decimal(4),
    "quadrupled": Decimal(4),
    "quadrupling": Decimal(4),
}

#: A number right after one of these is a label, not a quantity.
LABEL_WORDS = word_set(
    """algorithm apache appendix case chapter class commit cuda day definition eq equation example exit experiment fig
    figure footnote generation grade issue layer lecture lemma lesson level mechanism mechanisms mode modes note
    number option page part phase point port pr prediction problem python pytorch question ref room round rule rules
    sec section seed series stage step tab table task theorem thread tier top track type version vol volume web week"""
)

#: A regular expression for the names of months, capitalised as in dates ("may" is a verb).
MONTH_PATTERN = (
    "(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)

#: Words that end the noun phrase after a number.
STOP_WORDS = word_set(
    """a achieve achieves across after against although among an are as at be beats because becomes been before better
    between but by can comes compared costs could did do does drops during each every exceeds falls faster fewer for
    from gains gets gives goes had has have helps higher if improves in into introduces is it its lands larger less
    lets longer lower makes matches may might more needs no not of on onto our outperforms over per produces provides
    reaches reduces relative remains requires rises runs scores shall shorter should shows since slower smaller so
    surpasses takes than that the their then these they this those through to trains under until uses using versus via
    vs was we were when where which while who whose will wins with within without would yields"""
)

#: Words ending in s that are not what a number counts.
NOT_PLURAL = word_set(
    """access across address afterwards always analysis as autonomous basis besides bias class consensus continuous
    corpus cross does express focus glass gross has is its less loss mass pass perhaps plus press previous process
    progress simultaneous sometimes status success this thus towards us various versus vs was"""
)

IRREGULAR_PLURALS = frozenset({"people", "data", "criteria", "phenomena", "corpora", "media", "children", "men", "women"})

#: Words that stand for a model: "an 8B LLM", "7B and 14B models".
MODEL_NOUNS = word_set(
    """backbone backbones checkpoint checkpoints llm llms lm lms model models moe network networks slm slms transformer
    transformers variant variants version versions vlm vlms"""
)

#: Words about the length of an input: "a context window of 128K".
LENGTH_WORDS = frozenset({"context", "contexts", "window", "windows", "sequence", "sequences", "length", "lengths", "prompt"})
