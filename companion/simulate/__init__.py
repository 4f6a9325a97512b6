"""A whole panel, played into a running server by real Socket.IO clients.

cast            who takes part, from a links file
client          one of them: signed in, connected, with the map that its screen would show
account         what was done
comparison      whether the record says the same
screen          what the moderator sees
speaking_times  how long people may speak, reckoned apart from the server
company         what they have in common
floor           whoever presides gives the floor
asking          participants ask for it, and what they do with their places
listing         list officers: rules, times, who is not there, guests, whom an earlier session left
presiding       the place of the moderator handed over, steps taken back, rights of reply
writing         rapporteurs: notes and recommendations
polling         indicative polls
panel           the play: presentations, discussion, replies
"""
