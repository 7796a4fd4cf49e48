"""Names as keys for searching: one form for all spellings, and one in Latin letters.

Nothing here decides that two names mean one entity; keys only bring candidates to a reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

import pyarrow as pa
from anyascii import anyascii

from graph.record.model import Entity
from graph.record.tables import NAMES

_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
ara arz ary ckb cmn deu ell eng fas fra hak heb hin ita jpn kab kaz kir kor mon mya nan nld pnb pol
por prs rus spa swe tha tur uig ukr urd uzb vie wuu yue zgh zho
"""
#: Two-letter codes of ISO 639-1, and three-letter ones in use beside them.
LANGUAGES = frozenset(_CODES.split())

_JOINING = re.compile(r"['’ʼ`´.]")  # gong'an, S.A.: what they part is read together
_PARTING = re.compile(r"[\W_]+")
_UNREAD = {"Mn", "Mc", "Me", "Cf"}  # accents, vowel points, marks of direction
_TATWEEL = "\u0640"

# The general table reads Uyghur as Arabic or Persian, and drops or changes its vowels. Five letters
# are Uyghur's own (and its neighbours'), and no Arabic word begins with the last one.
_UYGHUR_ONLY = re.compile(r"[ەۇۈڭۋ]|\bئ")
_UYGHUR = str.maketrans("اەېىوۇۆۈۋھ", "aeeiououwh", "ئ") | {ord("ڭ"): "ng"}


def normalise(text: str) -> str:
    """Return the form of a name in which spellings that differ only to the eye are equal.

    Case, accents, width, ligatures, punctuation and spacing are taken away; scripts are kept.

    Parameters
    ----------
    text : str
        A name as a source or a user writes it.

    Returns
    -------
    str
        Lower-case words with one space between; empty if `text` holds no letter or digit.

    Examples
    --------
    >>> normalise("  Société  GÉNÉRALE, S.A. "), normalise("ＩＤＥＭＩＡ"), normalise("天网·工程")
    ('societe generale sa', 'idemia', '天网 工程')
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        kept = (c for c in parts if c != _TATWEEL and unicodedata.category(c) not in _UNREAD)
        text = unicodedata.normalize("NFKC", "".join(kept)).casefold()
    return _PARTING.sub(" ", _JOINING.sub("", text)).strip()


def latin(text: str, language: str = "") -> str:
    """Return a name transliterated to Latin letters and normalised.

    Writing systems without spaces give one word; compare with the spaces of both sides taken out.

    Parameters
    ----------
    text : str
        A name in any script.
    language : str
        Code of its language, where it is known; Uyghur has a table of its own.

    Returns
    -------
    str
        Words of the letters a to z and digits.

    Examples
    --------
    >>> latin("上海市公安局"), latin("МегаФон"), latin("Łódź"), latin("شىنجاڭ")
    ('shanghaishigonganju', 'megafon', 'lodz', 'shinjang')
    """
    text = unicodedata.normalize("NFKC", text)
    if language in ("ug", "uig") or _UYGHUR_ONLY.search(text):
        text = text.translate(_UYGHUR)
    return normalise(text if text.isascii() else anyascii(text))


def split_language(alias: str) -> tuple[str, str]:
    """Split a known language prefix off an alias.

    Parameters
    ----------
    alias : str
        An alias of the record, such as `zh:天网工程`.

    Returns
    -------
    (str, str)
        Language code, empty if none is given, and the name.

    Examples
    --------
    >>> split_language("zh:天网工程"), split_language("OT: Morpho")
    (('zh', '天网工程'), ('', 'OT: Morpho'))
    """
    code, colon, name = alias.partition(":")
    if colon and code in LANGUAGES and name.strip():
        return code, name.strip()
    return "", alias


def _rows(entity: Entity) -> Iterator[tuple[str, ...]]:
    def row(text: str, language: str, sort: str, searched: str) -> tuple[str, ...]:
        keys = normalise(searched), latin(searched, language)
        return (entity.id, entity.set, text, language, sort, *keys)

    yield row(entity.name, "", "name", entity.name)
    for alias in entity.aliases:
        language, text = split_language(alias)
        yield row(text, language, "alias", text)
    for identifier in entity.identifiers:
        rest, colon = identifier, ":"
        while colon:  # reg:FR:123 is found as it stands, as FR:123 and as 123
            yield row(identifier, "", "identifier", rest)
            _, colon, rest = rest.partition(":")


def name_rows(entities: Sequence[Entity]) -> pa.RecordBatch:
    """Return the name keys of entities.

    Parameters
    ----------
    entities : sequence of Entity
        Records of any sets.

    Returns
    -------
    pyarrow.RecordBatch
        Rows of `graph.record.tables.NAMES`: one a name and alias; for an identifier one with its
        scheme and one without.

    Examples
    --------
    >>> skynet = Entity(set="s", id="skynet", kind="programme", name="Skynet", aliases=("zh:天网",))
    >>> name_rows([skynet]).column("latin").to_pylist()
    ['skynet', 'tianwang']
    """
    rows = [row for entity in entities for row in _rows(entity)]
    columns = zip(*rows, strict=True) if rows else [()] * len(NAMES)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, NAMES, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=NAMES)
