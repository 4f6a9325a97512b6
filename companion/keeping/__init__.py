"""Keeping the database: copies while the server runs, whether one is sound, putting one back, and what ails an installation.

copies      the copies in a folder: their names, and which of them have served their time
soundness   whether a database is whole, unchanged, and can be read
making      a copy: made, checked, and only then called one
keeper      the server's side: when a copy is due; the process that makes it
restoring   a copy put in the place of a database
ailments    what an operator should know before the doors open
"""
