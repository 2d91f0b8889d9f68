"""Institutions and people, and which paper is theirs."""
