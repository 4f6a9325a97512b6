"""Answers that are made when they are asked for, smaller for those who take it.

Only for what holds nothing that a stranger chose beside something that a stranger must not know: how well the two
compress together would tell.
"""

import gzip
from typing import Final

from flask import Response, request

_QUICK: Final = 6


def takes_gzip() -> bool:
    """Say whether the caller reads gzip."""
    return request.accept_encodings.quality("gzip") > 0


def compressed(answer: Response) -> Response:
    """Return the answer, compressed if the caller reads that."""
    answer.vary.add("Accept-Encoding")
    if takes_gzip():
        answer.set_data(gzip.compress(answer.get_data(), _QUICK, mtime=0))
        answer.content_encoding = "gzip"
    return answer
