"""Pages and data: what the graph says is there, escaped; what is not there is 404."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox
import pytest

from kg.export.rdf import render_turtle
from kg.serve.article import pieces
from kg.serve.entity import PAGE, QuoteView
from kg.serve.site import Site
from kg.state.readings import Readings
from tests.factories import make_article, make_entity, make_evidence, make_fact, make_graph
from tests.rdf.strategies import ONTOLOGY
from tests.serve.outputs import BASE, HOSTILE, NAME, TEXT, deal_graph, iri, write_outputs
from tests.serve.running import Server, serving

MAKER = iri("Company", "Grünwald & Söhne")
PATH = MAKER.partition("/id/")[2]
VOID = {"meta", "link", "input", "br", "img"}


class Outline(HTMLParser):
    """Tags that are closed, ids, links, headings and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.attributes: set[str] = set()
        self.feed(page)
        self.close()
        assert self.open == [], "tags are left open"
        assert len(set(self.ids)) == len(self.ids), "an id is there twice"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(server: Server, path: str, status: int = 200) -> Outline:
    reply = server.ask(path.partition("#")[0], accept="text/html,*/*;q=0.8")
    assert reply.status == status, reply.text
    assert reply.type == "text/html; charset=utf-8"
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    outline = Outline(reply.text)
    assert {"h1", "main", "title", "header"} <= outline.tags
    assert not {name for name in outline.attributes if name.startswith("on")}
    if not path.startswith("/query"):
        assert "script" not in outline.tags
    return outline


def test_an_entity_has_its_facts_with_stance_speaker_quote_and_place(server: Server) -> None:
    shown = page(server, f"/entity/{PATH}")
    words = " ".join(shown.text.split())
    assert "Grünwald & Söhne acquired Orrin Rail asserted · says Ida Holm" in words
    assert "date: 2027 · confidence 0.9 · 1 source" in words
    assert "“Grünwald & Söhne buys Orrin Rail”" in words
    assert "Grünwald & Söhne not partner of Lunt Buses negated" in words
    assert "What was said does not fit" in words
    assert "the other" in words or HOSTILE in shown.text
    assert "Orrin Rail acquired by Grünwald & Söhne by the rule inverse" in words
    assert "https://example.org/g" in shown.links
    assert not [link for link in shown.links if link.lower().startswith("javascript")]
    assert f"/entity/{iri('Company', 'Orrin Rail').partition('/id/')[2]}" in shown.links


def test_classes_stand_from_the_narrowest_to_the_widest(server: Server) -> None:
    words = " ".join(page(server, f"/entity/{PATH}").text.split())
    assert "company, organization, agent" in words
    assert "Grünwald & Söhne company, organization, agent ·" in " ".join(
        page(server, "/").text.split()
    )


def test_the_links_of_quotes_lead_to_the_words_in_the_article(server: Server) -> None:
    links = [link for link in page(server, f"/entity/{PATH}").links if link.startswith("/article/")]
    assert links
    for link in links:
        address, _, anchor = link.partition("#")
        assert anchor in page(server, address).ids
        start, _, end = anchor[1:].partition("-")
        if quote(NAME.partition(" ")[0]) in address:
            assert TEXT[int(start) : int(end)] in {
                "Grünwald & Söhne buys Orrin Rail",
                "has bought Orrin Rail",
                "It does not own Lunt Buses 🚋",
            }


def test_the_text_of_an_article_is_whole_and_its_passages_are_marked(server: Server) -> None:
    shown = page(server, "/")
    address = next(link for link in shown.links if link.startswith("/article/2027"))
    reply = server.ask(address)
    text = re.search(r'<div class="text"[^>]*>(.*?)</div>', reply.text, re.DOTALL)
    assert text
    assert html.unescape(re.sub(r"<[^>]*>", "", text[1])) == TEXT
    marked = [html.unescape(m) for m in re.findall(r"<mark>(.*?)</mark>", reply.text)]
    assert "It does not own Lunt Buses 🚋" in marked


def test_pieces_are_the_text_and_cut_where_passages_cross() -> None:
    text = "abcdefghij"

    def at(start: int, end: int, words: str | None = None) -> QuoteView:
        return QuoteView(text[start:end] if words is None else words, "quote", "a", "a", start, end)

    found = pieces(text, [at(2, 6), at(4, 8), at(2, 6), at(0, 99), at(8, 9, "other"), at(5, 5)])
    assert "".join(piece.text for piece in found) == text
    assert [(piece.text, piece.marked) for piece in found] == [
        ("ab", False),
        ("cd", True),
        ("ef", True),
        ("gh", True),
        ("ij", False),
    ]
    assert [piece.ids for piece in found] == [(), ("c2-6",), ("c4-8",), (), ()]
    assert pieces("", []) == []


@pytest.mark.parametrize("rest", ["Company/A%20B", "a/../b", "a#b", "a?b", "é", "a//b", "x/.", ""])
def test_every_iri_has_an_address_that_leads_back(rest: str) -> None:
    site = Site(None, BASE, "", None, {}, {}, Readings())  # type: ignore[arg-type]
    address = site.page_of(f"{BASE}id/{rest}")
    page, _, given = address.partition("?iri=")
    back = unquote(given) if given else BASE + "id/" + page.removeprefix("/entity/")
    assert back == f"{BASE}id/{rest}"
    assert "/.." not in page


def test_names_are_found_and_hostile_words_stay_words(server: Server) -> None:
    assert f"/entity/{PATH}" in page(server, "/?q=" + quote("grünwald")).links
    none = page(server, "/?q=" + quote('"}) . ?s ?p ?o <b>\\'))
    assert "No entity of this graph" in none.text
    assert "b" not in none.tags
    hostile = page(server, "/?q=" + quote("onerror"))
    assert HOSTILE in hostile.text
    for link in [link for link in hostile.links if link.startswith("/entity")]:
        assert HOSTILE in page(server, link).text


def test_linked_data_goes_from_the_name_to_the_page_or_to_the_data(server: Server) -> None:
    name = server.ask(f"/id/{PATH}")
    assert (name.status, name.headers["location"]) == (303, f"/entity/{PATH}")
    for accept, suffix, format_ in [
        ("text/turtle", "ttl", ox.RdfFormat.TURTLE),
        ("application/ld+json", "jsonld", ox.RdfFormat.JSON_LD),
        ("application/n-triples;q=0.9, text/html;q=0.1", "nt", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "rdf", ox.RdfFormat.RDF_XML),
    ]:
        sent = server.ask(name.headers["location"], accept=accept)
        assert (sent.status, sent.headers["location"]) == (303, f"/data/{PATH}.{suffix}")
        assert sent.headers["vary"] == "Accept"
        found = server.ask(sent.headers["location"])
        assert found.type == format_.media_type
        quads = {q.triple for q in ox.parse(found.body, format=format_)}
        assert any(t.subject.value == MAKER for t in quads)
        assert any(str(t.object) == '"has bought Orrin Rail"' for t in quads)
    assert server.ask(f"/entity/{PATH}", accept="image/png").status == 406


def test_what_is_not_there_is_404_with_a_sentence(server: Server) -> None:
    for path in (
        "/entity/Company/Nobody",
        "/entity/",
        "/entity",
        "/entity?iri=no%20iri",
        "/entity?iri=" + quote("https://example.org/><script>"),
        "/data/Company/Nobody.ttl",
        f"/data/{PATH}.exe",
        f"/data/{PATH}",
        "/article/none.txt",
        "/query?question=none",
        "/nothing",
    ):
        reply = server.ask(path, accept="text/html")
        assert reply.status == 404, path
        assert "<script" not in reply.text
        assert len(Outline(reply.text).text) > 20
        assert "<" not in server.ask(path, accept="text/plain").text.replace("<script>", "")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pages.py",
        "/static/..%2fpages.py",
        "/static/%2e%2e/%2e%2e/cli/serve.py",
        "/static//etc/passwd",
        "/static/..\\pages.py",
        "/graph/../../../../etc/passwd",
        "/article/../../../../../etc/passwd",
        "/article/..%2f..%2f..%2fetc%2fpasswd",
        "/data/../../etc/passwd.ttl",
        "/entity/%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
        "/%00",
        "/static/%00",
    ],
)
def test_no_path_leads_to_a_file(server: Server, path: str) -> None:
    reply = server.ask(path)
    assert reply.status in (400, 404)
    assert b"root:" not in reply.body
    assert b"import" not in reply.body


def test_the_files_that_pages_load_are_there(server: Server) -> None:
    for link in [*page(server, "/query").links, "/static/yasgui.min.js", "/static/query.js"]:
        if link.startswith("/static/"):
            reply = server.ask(link)
            assert reply.status == 200
            assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_plain_form_works_without_script(server: Server) -> None:
    shown = page(server, "/query?query=" + quote("SELECT ?n { ?s a nr:Person ; schema:name ?n }"))
    assert "Ida Holm" in shown.text
    assert "1 row" in shown.text
    assert "The answer is: true" in page(server, "/query?query=" + quote("ASK {}")).text
    assert "No rows" in page(server, "/query?query=" + quote("SELECT * { <a:a> ?p ?o }")).text
    broken = page(server, "/query?query=" + quote("SELECT <b>"), 400)
    assert "does not parse" in broken.text
    hostile = page(server, "/query?query=" + quote(f"ASK {{}} #</textarea>{HOSTILE}"))
    assert hostile.tags.isdisjoint({"img"})


def test_each_question_of_the_domain_can_be_begun_with(server: Server) -> None:
    links = [link for link in page(server, "/query").links if "question=" in link]
    assert len(links) > 20
    for link in links:
        shown = page(server, link)
        assert "SELECT" in shown.text
        assert unquote(link.partition("=")[2])


def test_the_viewer_is_the_one_of_the_build(server: Server, out: Path) -> None:
    reply = server.ask("/graph")
    assert reply.body == (out / "graph.html").read_bytes()
    assert reply.headers["content-security-policy"] == "frame-ancestors 'none'"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil:80"]
)
def test_a_host_that_is_not_this_one_gets_nothing(server: Server, host: str) -> None:
    reply = server.ask("/", host=host)
    assert reply.status == 421
    assert "Grünwald" not in reply.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1:1", "[::1]:5"])
def test_the_names_of_this_machine_are_taken(server: Server, host: str) -> None:
    assert server.ask("/", host=host).status == 200


def test_a_graph_file_alone_is_served_too(tmp_path: Path) -> None:
    file = tmp_path / "some.ttl"
    file.write_text(render_turtle(deal_graph(), ONTOLOGY), "utf-8")
    with serving(file) as server:
        shown = page(server, f"/entity/{PATH}")
        assert "acquired" in shown.text
        assert "/graph" not in shown.links
        address = next(link for link in shown.links if link.startswith("/article/"))
        assert "does not lie beside this graph" in page(server, address).text
        assert server.ask("/graph").status == 404


def test_a_graph_of_others_is_served_by_iri(tmp_path: Path) -> None:
    file = tmp_path / "foreign.nt"
    text = '<http://x.example/a> <https://schema.org/name> "A" .\n'
    kind = "<http://x.example/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    file.write_text(f"{text}{kind}<https://w3id.org/newskg/newsroom#Entity> .\n")
    with serving(file) as server:
        assert "/entity?iri=http%3A%2F%2Fx.example%2Fa" in page(server, "/").links
        assert "A" in page(server, "/entity?iri=http%3A%2F%2Fx.example%2Fa").text
        data = server.ask("/data.nt?iri=http%3A%2F%2Fx.example%2Fa")
        assert len(list(ox.parse(data.body, format=ox.RdfFormat.N_TRIPLES))) == 2
        assert server.ask("/entity/a").status == 404


def test_many_facts_are_on_several_pages(tmp_path: Path) -> None:
    article = make_article("They met.")
    place = make_evidence(article, "They met")
    hub = make_entity("Hub", id=iri("Company", "Hub"))
    others = [make_entity(f"Other {n:03}") for n in range(PAGE + 20)]
    graph = make_graph([article], [make_fact(hub, "partnerOf", other, place) for other in others])
    graph.settings.update(base_iri=ONTOLOGY.base_iri, domain="olympics")
    with serving(write_outputs(tmp_path, graph)) as server:
        first = page(server, "/entity/Company/Hub")
        (link,) = [link for link in first.links if link.startswith("?") and "from=" in link]
        second = page(server, "/entity/Company/Hub" + link)
        names = [set(re.findall(r"Other \d\d\d", shown.text)) for shown in (first, second)]
        assert len(names[0]) == PAGE
        assert names[0] | names[1] == {other.label for other in others}
        assert page(server, "/entity/Company/Hub?from=x").text == first.text
