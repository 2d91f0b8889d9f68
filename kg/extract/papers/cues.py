"""Patterns of running text that is about one paper: what names its system, what goes on to tell of it. Data only."""

from __future__ import annotations

import re

_COINED = r"[A-Z][\w&+-]{0,40}?[A-Z\d][\w&+-]{0,40}|[A-Z]\w{0,40}-[A-Z]\w+"
#: A word that may be a name, and the verb that it is the subject of.
SUBJECT = re.compile(
    rf"\b(?:(?<=[.!?:;,] )|(?<=\band )|(?<=\n))({_COINED}) (?=(?:also |then |instead |further |first |thus )?"
    r"(?!is\b|was\b|has\b|this\b|models\b|agents\b|teams\b|users\b|labs\b|systems\b|papers\b|benchmarks\b)[a-z]{2,}s\b)"
)
#: The word that is presented: "introduces AlgoPerf, a benchmark ...".
OBJECT = re.compile(
    r"\b(?:introduc|propos|present|releas|develop)(?:es?|ed|s|ing)\s+"
    rf"(?:an? (?:new |novel )?(?:\w+ ){{0,4}}(?:called|named|dubbed) )?[\"“*_]*({_COINED}|[a-z]+[A-Z]\w+)"
)
#: How a paragraph begins that goes on with the paper of the one before.
CONTINUES = re.compile(
    r"(?:The (?:authors?|paper|core|key|conclusion|method|result|experiment|finding|approach|training|idea|main|second|first|"
    r"system)s?\b|It\b|Its\b|They\b|Their\b|(?:Fine-tuned|Trained|Tested) (?:on|with|at|for)\b|"
    r"Th(?:is|ese|ose) (?!year)|What[’']s|Further|In other words|A concrete|Experiments?|"
    r"Specifically|Concretely|Moreover|However|But\b|On (?:the other|top)|Second\b|First\b|Finally|Also\b|Interestingly|"
    r"Notably|To (?:fix|do|address|test)\b)"
)
#: The same, where nothing but the paper of the one before can be meant.
REFERS_BACK = re.compile(r"(?:It|Its|They|Their|The (?:authors?|paper|method)[’']?s?)\b")
#: How a later sentence of such a paragraph does.
SPEAKS_OF_IT = re.compile(r"[.!?:] The (?:authors|paper|method)\b")
#: Last words of names that only say what sort of thing is named.
SORTS = frozenset(
    "training learning optimizer principle rule framework method algorithm approach model models network agent agents system "
    "attention decoding sampling tuning distillation pruning benchmark dataset suite law laws layer loss objective".split()
)
