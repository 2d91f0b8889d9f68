"""Positions for pictures of graphs, for the explorer and for graph files alike. Knows numbers only: no store, no entities.

communities   nodes that belong together          layout   where they stand
"""
