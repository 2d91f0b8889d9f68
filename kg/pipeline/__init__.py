"""Joins the stages: sources -> documents -> extractions -> knowledge base -> store. The one room that knows them all.

build    makes graphs, in a folder or in memory      cache    what was read out of each source, kept between builds
shelf    the documents of all sources, as asked for  update   what a change of some documents changes in the graph
counts   what a build reports                        check    reads the sources again and compares
"""

from kg.pipeline.build import BuildReport, build_graph, build_knowledge, extract_sources
from kg.pipeline.cache import ExtractionCache
from kg.pipeline.check import verify_graph
from kg.pipeline.shelf import Report

__all__ = ["BuildReport", "ExtractionCache", "Report", "build_graph", "build_knowledge", "extract_sources", "verify_graph"]
