"""What is kept: one SQLite file, and the only package that speaks SQL.

database      an open file: its lock, its transactions, its copies
opening       who may open a file, and what is refused
errors        what the store says no to, each in a sentence
migrations    the tables
journal       what happened in each session, append-only and chained by hashes
verification  whether a journal is what was written
directory     workshops, programme, people and keys: plain rows
rows          dataclasses as rows
"""
