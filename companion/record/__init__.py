"""The record of a session: what is handed over. One model, many writers.

model, model_people, model_documents, model_polls
            what a record says, as plain dataclasses
building    the model, from the entries of a journal; history reads them, naming sees to the attribution
documents, polls, revising, transcript
            parts of it: texts, indicative polls, what a version changed, all of it in time
as_json, as_html, as_markdown, as_csv
            a record as bytes, each with the head of the journal in it; pictures for the page
archives    all records of a workshop in one ZIP
words, labels
            what is said in the reader's language
"""
