"""Claim sentences, their types, papers and voices."""
