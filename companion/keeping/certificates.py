"""Until when a certificate holds, found out as a client does: by a handshake, within this process."""

import ssl
from datetime import UTC, datetime


class Unusable(Exception):  # noqa: N818 (a state of affairs)
    """The certificate or its key cannot be used; the message says why."""


def holds_until(certificate: str, key: str) -> datetime:
    """Return when the certificate in a PEM file ends; raise `Unusable`: not readable, not of this key, not valid now."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    # The certificate stands for itself here: who signed it is the business of those who connect.
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        server.load_cert_chain(certificate, key)
        client.load_verify_locations(certificate)
        shown = _shown(client, server)
    except ssl.SSLCertVerificationError as error:
        raise Unusable(error.verify_message) from error
    except ssl.SSLError as error:
        raise Unusable((error.reason or "not a certificate with its key").replace("_", " ").lower()) from error
    except OSError as error:
        raise Unusable(str(error.strerror)) from error
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)


def _shown(client: ssl.SSLContext, server: ssl.SSLContext) -> dict[str, object]:
    """Return what a client is shown in a handshake."""
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(to_client, to_server), server.wrap_bio(to_server, to_client, server_side=True)]
    waiting = [*ends]
    while waiting:
        for end in [*waiting]:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            waiting.remove(end)
    return dict(ends[0].getpeercert() or {})
