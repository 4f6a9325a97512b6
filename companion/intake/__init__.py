"""What comes in: a workshop file becomes rows of the directory and the first events of its sessions.

form       the file's form, as structs
reading    a file, checked: every fault names its place
rehearsing what is only to be played: recommendations, notes, polls
moving     the same workshop, beginning now
preparing  rows and `PrepareSession` commands
writing    all of it into a database, or nothing
"""
