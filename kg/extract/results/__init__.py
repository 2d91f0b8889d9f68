"""Quantities: the grammar of numbers, and what each is a result of."""
