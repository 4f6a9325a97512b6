"""Sessions in progress: one host each, one committer for all, and the desk that knows who people are."""
