"""What is kept: one SQLite file, and the only package that speaks SQL.

database    an open file: its lock, its transactions, its copies
migrations  the tables
journal     what happened in each session, append-only and chained by hashes
directory   workshops, programme, people and keys: plain rows
"""
