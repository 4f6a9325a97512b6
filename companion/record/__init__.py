"""The record of a session: what is handed over. One model, many writers.

model, model_people, model_floor, model_list, model_figures, model_documents, model_polls
            what a record says, as plain dataclasses
building    the model, from the entries of a journal; history reads them, naming sees to the attribution
course, requests, interventions, list_of_speakers, figures, corrections, documents, polls, revising
            parts of it, by noun; sources remembers from which entries they come
transcript  all of it in time
as_json, as_html, as_markdown, as_csv
            a record as bytes, each with the head of the journal in it; pictures for the page
archives    all records of a workshop in one ZIP
words, labels
            what is said in the reader's language
"""
