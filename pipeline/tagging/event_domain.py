"""What a text is about, where that decides whether "attaque" is an event (sport, culture, …)."""

import itertools
import re

from pipeline.tagging.trigger_lexicon import EventWords

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MAX_WORDS = 600
# Share of a domain's words above which a text belongs to it. Political articles hold 0.2 to 0.8 %
# of any domain's words; match reports, reviews and results 2 to 8 %.
_SHARE = 0.018
_MIN_HITS = 4


def text_domain(body: str, words: EventWords) -> str:
    """The figurative domain that a text belongs to (`sport`, `culture`, …); empty for news."""
    found = itertools.islice(_WORD.finditer(body), _MAX_WORDS)
    seen = [match.group().lower() for match in found]
    if not seen:
        return ""
    hits = {name: sum(word in members for word in seen) for name, members in words.domains.items()}
    name = min(hits, key=lambda key: (-hits[key], key))
    return name if hits[name] >= max(_MIN_HITS, _SHARE * len(seen)) else ""
