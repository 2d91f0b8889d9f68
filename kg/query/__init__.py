"""SPARQL over a graph: inline or named questions, bound parameters, answers in any form.

tokens    what a query is made of: refuses what is unsafe, binds values      named    the questions in kg/queries
run       runs a query                                                       names    which entity a name means
order     sorts rows where the engine is slow at it                          output   a file with a bound
narrow    says a question so that the engine answers it fast
formats   an answer as table, JSON, CSV, ...                                 table    text that fits a terminal
"""

from kg.query.formats import FORMATS, format_answer
from kg.query.named import NamedQuery, Param, find_named_query, named_queries
from kg.query.names import Found, find_entities, find_entity, missing_names, suggest_names
from kg.query.questions import bind_named, plan_named, run_named, run_rows
from kg.query.run import Scope, run_query

__all__ = [
    "FORMATS",
    "Found",
    "NamedQuery",
    "Param",
    "Scope",
    "bind_named",
    "find_entities",
    "find_entity",
    "find_named_query",
    "format_answer",
    "missing_names",
    "named_queries",
    "plan_named",
    "run_named",
    "run_query",
    "run_rows",
    "suggest_names",
]
