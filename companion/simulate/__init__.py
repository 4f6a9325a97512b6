"""A whole panel, played into a running server by real Socket.IO clients.

cast      who takes part, from a links file
client    one of them: signed in, connected, with the map that its screen would show
account   what was done, and whether the record says the same
company   what they have in common
writing   rapporteurs: notes and recommendations
polling   indicative polls
screen    what the moderator sees
panel     the play: presentations, discussion, replies
"""
