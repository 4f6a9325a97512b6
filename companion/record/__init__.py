"""The record of a session: what is handed over. One model, many writers.

model       what a record says, as plain dataclasses
building    the model, from the entries of a journal
as_json, as_html, as_markdown, as_csv
            a record as bytes, each with the head of the journal in it
words       what is said in the reader's language
"""
