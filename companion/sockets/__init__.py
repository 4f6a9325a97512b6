"""The Socket.IO door: who may come in, what they may say, and the road to their screens."""
