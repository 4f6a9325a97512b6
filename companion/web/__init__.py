"""The HTTP door: pages, getting in, links, downloads. No rule lives here, and no SQL.

door       puts it together; parts: what it is made of
callers    who calls, in which language, and the cookie
security   headers, and who may send what changes something
errors     what is refused, as status and JSON or as a page
limits     wrong codes
The rest is one noun each: what can be asked about it.
"""
