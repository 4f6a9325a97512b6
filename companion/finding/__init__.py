"""Searching a session: a process beside the server that follows the journals and keeps an index of each in memory.

shelf       what one kind of reader may find in a session, kept in step with it
following   a session, kept in step with its journal
snippets    where a text was hit
answering   what is asked, and the answer as JSON
searcher    the server's side: starts the process and asks it
"""
