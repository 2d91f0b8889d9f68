"""The explorer: a graph as one HTML page that opens anywhere, without a network, and answers to the sentence.

Positions come from kg.layout.

tables        the quads of a store as tables, each statement once          pack     columns of numbers and texts as bytes
names         IRIs that the page can work out for itself                   picture  what is drawn: nodes, links, dates
places        keeps places from one page to the next                       page     the file: markup, script, data, policy
web/          the sources of the script                                    bundle/  the script as built, and the query engine
"""

from kg.explore.page import make_page, write_page

__all__ = ["make_page", "write_page"]
