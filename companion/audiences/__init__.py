"""Who may see what: the state of a session as each audience's map of keys, and the patches that keep it.

A value that is not in an audience's map cannot leak to it; nothing outside this package decides that.
"""
