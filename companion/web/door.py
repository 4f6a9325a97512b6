"""The HTTP door, put together."""

from collections.abc import Callable

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from companion import places, wording
from companion.clock import Clock
from companion.config import Settings
from companion.counters import Counters
from companion.engine import Engine
from companion.finding.searcher import Searcher
from companion.keeping.keeper import Kept
from companion.live.corrections import Corrections
from companion.live.desk import Desk
from companion.live.presence import Presence
from companion.live.sessions import Sessions
from companion.web import (
    codes,
    downloads,
    health,
    joining,
    languages,
    links,
    lists,
    metrics,
    notes,
    pages,
    people,
    polls,
    recommendations,
    searching,
)
from companion.web.assets import Assets
from companion.web.errors import answer_errors
from companion.web.languages import language
from companion.web.parts import Parts
from companion.web.security import secure


def make_flask(  # noqa: PLR0913 (a composition)
    *,
    settings: Settings,
    desk: Desk,
    sessions: Sessions,
    presence: Presence,
    corrections: Corrections,
    searcher: Searcher,
    clock: Clock,
    engine: Engine,
    base_url: str,
    sockets: Callable[[], int],
    kept: Callable[[], Kept],
    counters: Counters,
) -> Flask:
    """Return the WSGI application of pages and calls.

    `base_url` is the address listened on, as the network sees it; `sockets` counts those that are open, `kept` tells
    how the copies of the database stand.
    """
    app = Flask("companion.web", static_folder=None, template_folder=str(places.templates_folder()))
    app.url_map.merge_slashes = False  # an address that is not ours is not there, it leads nowhere else
    app.config["MAX_CONTENT_LENGTH"] = settings.limits.message_bytes
    parts = Parts(
        settings=settings,
        desk=desk,
        sessions=sessions,
        presence=presence,
        corrections=corrections,
        searcher=searcher,
        clock=clock,
        engine=engine,
        base_url=base_url,
        sockets=sockets,
        kept=kept,
        counters=counters,
    )
    assets = Assets(places.static_folder())
    assets.scripts_of("error")  # says at the start, and not on every page, that they were not built
    _speak(app, assets)
    languages.keep_choices(app)
    secure(app, settings.server.public_url)
    answer_errors(app, clock)
    nouns = (pages, joining, people, links, lists, notes, polls, recommendations, codes, downloads, searching)
    for noun in (*nouns, health, metrics):
        app.register_blueprint(noun.routes(parts))
    app.register_blueprint(assets.blueprint())
    _trust_proxies(app, settings.server.trusted_proxies)
    return app


def _speak(app: Flask, assets: Assets) -> None:
    """Give templates their words, in the reader's language, and the addresses of scripts and styles."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        lambda message: wording.gettext_for(language()).gettext(message),
        lambda one, many, n: wording.gettext_for(language()).ngettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals |= {"asset": assets.address, "scripts_of": assets.scripts_of}
    app.context_processor(
        lambda: {"lang": language(), "dir": wording.direction(language()), "languages": languages.offered()}
    )


def _trust_proxies(app: Flask, number: int) -> None:
    if number:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number)  # type: ignore[method-assign]
