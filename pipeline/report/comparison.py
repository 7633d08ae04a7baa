"""An article beside those that it shares words with: passages marked, the rule in words."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.copies.reasons import lacking, name_rule, reasons
from pipeline.explain.copies import Comparison, CopyEvidence
from pipeline.explain.stored import StoredArticle
from pipeline.records import Article, CopyPair
from pipeline.report.excerpts import Piece, Row, rows
from pipeline.report.lines import cut, number, print_heading, print_indented, print_line
from pipeline.report.marks import marked, needs_brackets

_WIDE = 110  # columns from which two texts fit beside one another
_LISTED = 20
_PHRASES = 3
_PHRASE = 180
_ABOUT = 200


def print_copies(console: Console, stored: StoredArticle, evidence: CopyEvidence) -> None:
    """Prints the pairs of an article beside one another, its near misses, and its story.

    Args:
        console: Where to.
        stored: The article.
        evidence: What is known of its copies.
    """
    if not evidence.pairs:
        print_heading(console, "Nobody's copy, and nobody copies it")
        print_line(console, "  No article of the output shares copy with it by the rule.")
    else:
        count = len(evidence.pairs) + len(evidence.unshown)
        print_heading(console, f"Shares copy with {number(count, 'article')}")
    for comparison in evidence.pairs:
        _print_pair(console, stored.article, comparison)
    _print_unshown(console, stored.article, evidence.unshown)
    if evidence.near:
        print_heading(console, "Near misses: the same words, and no copy")
        told = stored.story.article_ids if stored.story else ()
        for comparison in evidence.near:
            _print_miss(console, stored.article, comparison, comparison.other.article_id in told)
    if evidence.story:
        print_heading(console, "The same story in other words")
        for comparison in evidence.story:
            _print_miss(console, stored.article, comparison)


def _print_pair(console: Console, article: Article, comparison: Comparison) -> None:
    pair = comparison.pair
    if pair is None:
        return
    print_line(console, "")
    role = "of" if comparison.is_later else "in"
    original = ", its original" if pair.original and comparison.is_later else ""
    lead = (
        f"{pair.relation} {role} {pair.of_article_id if comparison.is_later else pair.article_id}"
    )
    print_line(console, f"  {lead}{original}", "bold yellow")
    print_line(console, f"    {_about(comparison.other)}")
    ours, theirs = (
        (pair.coverage, pair.of_coverage)
        if comparison.is_later
        else (pair.of_coverage, pair.coverage)
    )
    print_line(
        console,
        f"    shared: {number(pair.shared_words, 'word')}, {pair.unquoted_words:,} outside"
        f" quotations, the longest run {pair.longest_run:,}; {ours:.0%} of this article,"
        f" {theirs:.0%} of the other",
    )
    print_line(console, f"    why: {_why(comparison)}")
    print_line(console, "")
    found = rows(article.body, comparison.other.body, comparison.passages)
    _print_rows(console, found, (article.article_id, comparison.other.article_id))


def _why(comparison: Comparison) -> str:
    explanation, pair = comparison.explanation, comparison.pair
    if explanation is None or explanation.decided is None or pair is None:
        return "today's rule would not call it a copy: the run had another rule"
    if explanation.relation != pair.relation:
        return f"today's rule would call it {explanation.relation}: the run had another rule"
    rule = explanation.decided
    return f"{rule.relation}, {name_rule(rule)}: {', '.join(reasons(rule))}"


def _print_unshown(console: Console, article: Article, pairs: Sequence[CopyPair]) -> None:
    if not pairs:
        return
    print_line(console, "")
    for pair in pairs[:_LISTED]:
        later = pair.article_id == article.article_id
        other = pair.of_article_id if later else pair.article_id
        role = "of" if later else "in"
        print_line(
            console, f"  {pair.relation} {role} {other}: {number(pair.shared_words, 'word')}"
        )
    if len(pairs) > _LISTED:
        print_line(console, f"  … and {len(pairs) - _LISTED:,} more in copies/")


def _print_miss(
    console: Console, article: Article, comparison: Comparison, same_story: bool = False
) -> None:
    told = ", of the same story" if same_story else ""
    print_line(console, "")
    print_line(console, f"  {comparison.other.article_id}{told}", "bold")
    print_line(console, f"    {_about(comparison.other)}")
    shared, explanation = comparison.shared, comparison.explanation
    if shared is None or explanation is None:
        print_line(console, "    no six words in a row are the same")
        return
    print_line(
        console,
        f"    shared: {number(shared.shared, 'word')}, {shared.unquoted:,} outside quotations,"
        f" the longest run {shared.longest_run:,}",
    )
    print_line(console, f"    {_why_not(comparison)}")
    longest = sorted(comparison.passages, key=lambda p: (p.start - p.end, p.start))[:_PHRASES]
    for passage in sorted(longest):
        phrase = cut(article.body[passage.start : passage.end], _PHRASE)
        print_indented(console, marked(phrase, needs_brackets(console)), 6)


def _why_not(comparison: Comparison) -> str:
    explanation = comparison.explanation
    if explanation is None:
        return ""
    decided, copied, missed = explanation.decided, explanation.copied, explanation.nearest
    if copied is not None and copied == decided:
        return f"{copied.relation} by its words, and not recorded: {comparison.obstacle}"
    if copied is not None and decided is not None:
        against = f"{name_rule(decided)}: {', '.join(reasons(decided))}"
        return f"no copy, in spite of {', '.join(reasons(copied))}: {against}"
    if missed is None:
        return "no copy"
    return f"no copy: the nearest rule, {missed.relation}, has only {', '.join(lacking(missed))}"


def _about(article: Article) -> str:
    parts = (article.source, article.published_edtf or "no date", article.headline or article.body)
    return cut(" · ".join(filter(None, parts)), _ABOUT)


def _print_rows(console: Console, found: Sequence[Row], names: tuple[str, str]) -> None:
    brackets = needs_brackets(console)
    if console.width >= _WIDE:
        table = Table(box=None, padding=(0, 3, 0, 0), show_header=True, header_style="dim")
        for name in (f"this article, {names[0]}", names[1]):
            table.add_column(name, ratio=1, overflow="fold")
        for row in found:
            beside = _joined(row.theirs, brackets)
            if row.moved and row.theirs:
                beside = Text("(elsewhere) ", style="dim") + beside
            table.add_row(_joined(row.ours, brackets), beside)
        console.print(Padding(table, (0, 0, 0, 4)), highlight=False)
        return
    ours = [piece for row in found for piece in row.ours]
    theirs = [piece for row in sorted(found, key=lambda row: row.place) for piece in row.theirs]
    for name, pieces in ((f"this article, {names[0]}", ours), (names[1], theirs)):
        print_line(console, f"    {name}", "dim")
        print_indented(console, _joined(pieces, brackets), 6)


def _joined(pieces: Iterable[Piece], brackets: bool) -> Text:
    text = Text()
    for piece in pieces:
        text += _marked(piece if text else piece._replace(text=piece.text.lstrip()), brackets)
    text.rstrip()
    return text


def _marked(piece: Piece, brackets: bool) -> Text:
    if piece.kind == "shared":
        return marked(piece.text, brackets)
    return Text(piece.text, style="dim" if piece.kind == "folded" else "")
