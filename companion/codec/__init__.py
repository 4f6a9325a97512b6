"""JSON in and out: commands, events, messages. Wire names stand here and never change."""
