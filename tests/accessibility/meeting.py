"""A session of the demo, brought by protocol clients into the states that its screens are looked at in."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, ViewportSize

from tests.accessibility.browsing import window
from tests.journeys.client import Client, sign_in
from tests.journeys.server import DemoServer, Link

# What people ask to speak about, by their language.
TOPICS = {
    "ar": ("الوصول إلى سبل الانتصاف", "مسؤولية الشركات عن احترام حقوق الإنسان"),
    "en": ("Access to remedy for communities", "Focal points on business and human rights"),
    "es": ("Acceso a la reparación", "La diligencia debida en las cadenas de suministro"),
    "fr": ("L’accès aux voies de recours", "La coopération entre mécanismes régionaux"),
    "ru": ("Доступ к средствам правовой защиты", "Сотрудничество региональных механизмов"),
    "zh": ("获得补救的机会", "企业尊重人权的责任"),
}
GROUPS = ("member_state", "ngo", "academia", "nhri", "regional_mechanism", "un_mechanism")
LONG_NAME = (
    "Representative of the Permanent Observer Mission of the Sample Intergovernmental Organization "
    "for Cooperation on Business and Human Rights in the Sample Region"
)
GUESTS = (
    (LONG_NAME, "Sample Intergovernmental Organization", "en"),
    ("مندوبة، الدولة النموذجية (ز)", "Sample State G", "ar"),
    ("Déléguée, État exemple H", "Sample State H", "fr"),
    ("Delegada, Estado de Muestra I", "Sample State I", "es"),
    ("代表,示例国家J", "Sample State J", "zh"),
    ("Делегат, Государство-образец K", "Sample State K", "ru"),
)
# More than one, since each may send only so much at once.
STAFF = ("p01", "p02", "p05", "p06")


class Meeting:
    """One session: its staff and its participants, each with a client of their own."""

    def __init__(self, server: DemoServer, number: int) -> None:
        self.server = server
        self.session = str(server.links["sessions"][number]["id"])
        self.moderator_link = server.person("p01")
        self._clients: dict[str, Client] = {}
        self._tokens: dict[str, str] = {}

    @property
    def moderator(self) -> Client:
        """Return the moderator's client."""
        return self.client(self.moderator_link)

    def client(self, link: Link) -> Client:
        """Return the client of a person, connected at the first time."""
        if link.id not in self._clients:
            self._clients[link.id] = Client(self.server.base_url, self.token(link), self.session).connect()
        return self._clients[link.id]

    def token(self, link: Link) -> str:
        """Return the token of a person, exchanged for their link at the first time."""
        if link.id not in self._tokens:
            self._tokens[link.id] = sign_in(self.server.base_url, link)
        return self._tokens[link.id]

    def disconnect(self, link: Link) -> None:
        """Have a person's client go away; they are signed in still."""
        self._clients.pop(link.id).close()

    def close(self) -> None:
        """Have everybody go away."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def start_discussion(self) -> None:
        """Start the session in its interactive discussion, the list of speakers open and empty."""
        self.start()
        self.moderator.do("list.open")
        self.moderator.wait_until(lambda map_: map_["list"]["status"] == "open")

    def start(self) -> None:
        """Start the session in its interactive discussion, the list of speakers not open yet and empty."""
        self.moderator.do("session.start")
        discussion = next(
            each for each in self.moderator.map["programme"]["segments"] if each["kind"] == "interactive_discussion"
        )
        self.moderator.do("session.segment", {"segment": discussion["id"], "waiting": "hold"})

    def inscribe(self, count: int, *, spare: frozenset[str] = frozenset()) -> list[str]:
        """Put `count` participants but those of `spare` on the list of speakers, and return their requests."""
        people = [link for link in self.server.people("participant") if link.id not in spare]
        return self._inscribe([self._of_participant(*each) for each in enumerate(people[:count])])

    def inscribe_guests(self, count: int) -> list[str]:
        """Put `count` guests from the room on the list of speakers, and return their requests."""
        return self._inscribe([_of_guest(index) for index in range(count)])

    def give(self, request: str) -> str:
        """Give the floor for a request and return the intervention, as soon as the moderator's map has it."""
        given = str(self.moderator.on_the_floor("floor.give", {"request": request})["result"]["intervention"])
        self.moderator.wait_until(lambda map_: map_["floor"]["intervention"] == given)
        return given

    def end(self) -> None:
        """End the intervention on the floor."""
        self.moderator.on_the_floor("floor.end")
        self.moderator.wait_until(lambda map_: map_["floor"]["intervention"] is None)

    def waits(self, person: str) -> str:
        """Return the request of a person that waits or is held."""
        return next(
            str(value["id"])
            for key, value in self.moderator.map.items()
            if key.startswith("request/") and value["person"] == person and value["status"] in {"waiting", "held"}
        )

    def _inscribe(self, requests: list[dict[str, object]]) -> list[str]:
        staff = itertools.cycle([self.client(self.server.person(id_)) for id_ in STAFF])
        before = self.moderator.map["list"]["waiting"]
        asked = [str(next(staff).do("floor.request", data)["result"]["request"]) for data in requests]
        self.moderator.wait_until(lambda map_: map_["list"]["waiting"] == before + len(asked))
        return asked

    def _of_participant(self, index: int, link: Link) -> dict[str, object]:
        return {"person": link.id, **_about(index, self.moderator.map[f"person/{link.id}"]["language"])}


@contextmanager
def meeting_of(server: DemoServer, number: int) -> Iterator[Meeting]:
    """Hold a session's meeting, until everybody goes away."""
    meeting = Meeting(server, number)
    yield meeting
    meeting.close()


@contextmanager
def opened(
    browser: Browser,
    meeting: Meeting,
    whose: Link | None,
    path: str,
    size: ViewportSize,
    *,
    language: str = "en-GB",
) -> Iterator[Page]:
    """Open a page in a window of its own, signed in as somebody."""
    token = None if whose is None else meeting.token(whose)
    context = window(browser, meeting.server.base_url, token, size, language=language)
    page = context.new_page()
    page.goto(path)
    yield page
    context.close()


def _of_guest(index: int) -> dict[str, object]:
    round_, number = divmod(index, len(GUESTS))
    name, organisation, language = GUESTS[number]
    guest = {
        "name": f"{name} ({round_ + 1})" if round_ else name,
        "organisation": organisation,
        "group": GROUPS[index % len(GROUPS)],
        "attendance": "in_room" if index % 3 else "remote",
    }
    return {"guest": guest, **_about(index, language)}


def _about(index: int, language: str) -> dict[str, object]:
    topics = TOPICS.get(language, TOPICS["en"])
    kind = {3: "joint_statement", 5: "question"}.get(index % 7, "statement")
    return {
        "kind": kind,
        **({"topic": topics[index % len(topics)]} if index % 4 != 1 else {}),
        **({"on_behalf_of": "Group of Sample States (4)"} if kind == "joint_statement" else {}),
    }
