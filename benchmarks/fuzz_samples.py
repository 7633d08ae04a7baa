"""One or several invented inputs of each format, for fuzzing."""

import gzip
import io
import json
import tarfile
import zipfile

_PROSE = (
    "PARIS, 6 mai (AFP) - Le conseil municipal a voté lundi soir le budget des écoles, après un"
    " débat de trois heures. « Nous n'avons reçu les chiffres que vendredi », a dit sa présidente."
)


def samples() -> dict[str, bytes]:
    """One or several invented inputs of each format, by file name."""
    node = {"@type": "NewsArticle", "headline": "Le budget", "datePublished": "2024-05-06"}
    page = (
        "<!DOCTYPE html><html lang='fr'><head><title>Le budget | Le Journal</title>"
        f"<script type='application/ld+json'>{json.dumps(node)}</script>"
        "<meta property='og:title' content='Le budget'><link rel=canonical href='/a'></head><body>"
        f"<nav><ul><li><a href='/'>Accueil</a></ul></nav><article><h1>Le budget</h1><p>{_PROSE}</p>"
        f"<table><tr><td>1<td>2</table><p>{_PROSE}</article></body></html>"
    )
    rss = (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Le Journal"
        "</title><item><title>Le budget</title><link>https://site.example/a</link><guid>1</guid>"
        f"<pubDate>Mon, 06 May 2024 21:30:00 +0200</pubDate><description><![CDATA[<p>{_PROSE}]]>"
        "</description></item></channel></rss>"
    )
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Le Journal</title><entry><id>x:1</id>"
        f"<title>Le budget</title><updated>2024-05-06T21:30:00Z</updated><content>{_PROSE}"
        "</content></entry></feed>"
    )
    g2 = (
        "<?xml version='1.0'?><newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' standard="
        "'NewsML-G2' standardversion='2.28' guid='urn:x:1' version='2' xml:lang='fr'><itemMeta>"
        "<itemClass qcode='ninat:text'/><versionCreated>2024-05-06T21:30:00Z</versionCreated>"
        "<pubStatus qcode='stat:usable'/></itemMeta><contentMeta><headline>Le budget</headline>"
        "</contentMeta><contentSet><inlineXML contenttype='application/xhtml+xml'><html xmlns="
        f"'http://www.w3.org/1999/xhtml'><body><p>{_PROSE}</p></body></html></inlineXML>"
        "</contentSet></newsItem>"
    )
    nitf = (
        "<nitf><head><docdata><doc-id id-string='x1'/><date.issue norm='20240506T213000Z'/>"
        "</docdata></head><body><body.head><hedline><hl1>Le budget</hl1></hedline></body.head>"
        f"<body.content><p>{_PROSE}</p></body.content></body></nitf>"
    )
    newsml = (
        "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>x</ProviderId><DateId>"
        "20240506</DateId><NewsItemId>1</NewsItemId><RevisionId PreviousRevision='0' Update='N'>1"
        "</RevisionId></NewsIdentifier></Identification><NewsManagement><NewsItemType FormalName="
        "'News'/><Status FormalName='Usable'/></NewsManagement><NewsComponent><NewsLines><HeadLine>"
        f"Le budget</HeadLine></NewsLines><ContentItem><DataContent><p>{_PROSE}</p></DataContent>"
        "</ContentItem></NewsComponent></NewsItem></NewsML>"
    )
    ninjs = {
        "uri": "urn:x:1", "type": "text", "versioncreated": "2024-05-06T21:30:00Z", "version": "1",
        "pubstatus": "usable", "headline": "Le budget", "body_text": _PROSE,
    }  # fmt: skip
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "Le Journal",
        "items": [{"id": "1", "title": "Le budget", "content_text": _PROSE}],
    }  # fmt: skip
    lines = "".join(json.dumps({"id": n, "text": _PROSE, "date": "2024"}) + "\n" for n in range(3))
    texts = {
        "page.html": page, "rss.xml": rss, "atom.xml": atom, "g2.xml": g2, "nitf.xml": nitf,
        "newsml.xml": newsml, "ninjs.json": json.dumps(ninjs), "feed.json": json.dumps(feed),
        "lines.jsonl": lines, "text.txt": f"Le budget | Site.fr\nAccueil\n{_PROSE}\n© AFP\n",
        "array.json": f"[{json.dumps({'text': _PROSE})}, {{}}]",
    }  # fmt: skip
    found = {name: text.encode() for name, text in texts.items()}
    found["latin.txt"] = _PROSE.encode("cp1252", "replace")
    found["wide.txt"] = _PROSE.encode("utf-16")
    wire = f"\x01fra0001 4 pol 0040 /AFP-XX01\r\nLe budget\r\n\x02\r\n{_PROSE}\r\n\x03\x04"
    found["wire.iptc"] = wire.encode("latin-1", "replace")
    found["page.warc"] = _warc(page.encode())
    found["page.arc"] = (
        b"filedesc://x.arc 127.0.0.1 20240506070809 text/plain 9\n1 0 Maker\n\n"
        b"http://site.example/ 127.0.0.1 20240506070809 text/html %d\n%s\n"
    ) % (len(page.encode()), page.encode())
    found["all.zip"] = _zip(found)
    found["all.tar"] = _tar(found)
    found["all.tar.gz"] = gzip.compress(found["all.tar"], mtime=0)
    found["page.html.gz"] = gzip.compress(page.encode(), mtime=0)
    found["page.warc.gz"] = gzip.compress(found["page.warc"], mtime=0)
    return found


def _warc(page: bytes) -> bytes:
    body = gzip.compress(page, mtime=0)
    block = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    )
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI:"
        b" http://site.example/a\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
        b"%s\r\n\r\n" % (len(block), block)
    ) * 2


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()
