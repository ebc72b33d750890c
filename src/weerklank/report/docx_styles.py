"""How the Word document looks: styles, so that whoever edits it further can change them in one place."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from weerklank.report.palette import DEEP, INK, PALE, QUIET, SOFT, TEAL, WARM, WHITE

__all__ = ["dress", "shade"]

_FONT = "Calibri"
_HEADINGS = {
    1: (20, DEEP, 0, 14),
    2: (15, DEEP, 20, 6),
    3: (12, TEAL, 14, 4),
    4: (11, TEAL, 12, 3),
    5: (11, TEAL, 10, 3),
}


def dress(word: WordDocument, *, locale: str) -> None:
    """Give ``word`` its styles, page and language."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.different_first_page_header_footer = True
    _language(word, locale)
    normal = word.styles["Normal"]
    _font(normal, size=11, colour=INK)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    normal.paragraph_format.line_spacing = 1.2
    for level, (size, colour, before, after) in _HEADINGS.items():
        heading = word.styles[f"Heading {level}"]
        _font(heading, size=size, colour=colour, bold=True, italic=False)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(before), Pt(after)
        heading.paragraph_format.keep_with_next = True
    word.styles["Heading 1"].paragraph_format.page_break_before = True
    _border(word.styles["Heading 1"], side="bottom", colour=TEAL, size=16, space=6)
    _cover(word)
    _special(word)


def _cover(word: WordDocument) -> None:
    title, subtitle = word.styles["Title"], word.styles["Subtitle"]
    _font(title, size=34, colour=WHITE, bold=True)
    _font(subtitle, size=12, colour=PALE, italic=False)
    for style, before, after in ((subtitle, 0, 0), (title, 0, 30)):
        _bare(style)
        shade(style, DEEP)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(0)
        style.paragraph_format.keep_with_next = True
    _border(title, side="left", colour=DEEP, size=48, space=24)
    _border(title, side="bottom", colour=WARM, size=48, space=24)
    _border(title, side="right", colour=DEEP, size=48, space=24)
    # Word draws shading only as far as the border; this one gives the band its height.
    _border(subtitle, side="top", colour=DEEP, size=48, space=31)
    _border(subtitle, side="left", colour=DEEP, size=48, space=24)
    _border(subtitle, side="right", colour=DEEP, size=48, space=24)


def _special(word: WordDocument) -> None:
    styles = word.styles
    number = styles.add_style("Alineanummer", WD_STYLE_TYPE.CHARACTER)
    _font(number, size=8.5, colour=QUIET, bold=False, italic=False)
    label = styles.add_style("Aanhef", WD_STYLE_TYPE.CHARACTER)
    _font(label, colour=DEEP, bold=True)
    quiet = styles.add_style("Terzijde", WD_STYLE_TYPE.CHARACTER)
    _font(quiet, size=9, colour=QUIET)
    empty = styles.add_style("Leeg", WD_STYLE_TYPE.CHARACTER)
    _font(empty, colour=QUIET)
    _font(styles["Footer"], size=9, colour=QUIET)
    flag = styles.add_style("Merkteken", WD_STYLE_TYPE.CHARACTER)
    _font(flag, size=9, colour=WARM, bold=True)
    link = styles.add_style("Verwijzing", WD_STYLE_TYPE.CHARACTER)
    _font(link, size=9, colour=TEAL)
    link.font.underline = True
    numbered = styles.add_style("Alinea", WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = styles["Normal"]
    numbered.paragraph_format.left_indent, numbered.paragraph_format.first_line_indent = Cm(1.4), Cm(-1.4)
    numbered.paragraph_format.tab_stops.add_tab_stop(Cm(1.4))
    claim = styles.add_style("Uitspraak", WD_STYLE_TYPE.PARAGRAPH)
    claim.base_style = numbered
    _font(claim, size=12.5, colour=DEEP)
    shade(claim, SOFT)
    _border(claim, side="left", colour=WARM, size=30, space=6)
    claim.paragraph_format.space_before, claim.paragraph_format.space_after = Pt(6), Pt(10)
    claim.paragraph_format.keep_together = True
    quote = styles["Quote"]
    _font(quote, colour=INK, italic=True)
    quote.paragraph_format.left_indent = Cm(1.4)
    _border(quote, side="left", colour=TEAL, size=18, space=8)
    caption = styles["Caption"]
    _font(caption, size=11, colour=DEEP, bold=True)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(12), Pt(4)
    for name in ("List Bullet", "List Bullet 2", "List Bullet 3"):
        styles[name].paragraph_format.space_after = Pt(4)
    contents = styles.add_style("TOC 1", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = styles["Normal"]
    contents.paragraph_format.space_after = Pt(6)


def _font(
    style: CharacterStyle | ParagraphStyle,
    *,
    size: float | None = None,
    colour: str,
    bold: bool | None = None,
    italic: bool | None = None,
) -> None:
    style.font.name = _FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    for attribute in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), _FONT)
    if size is not None:
        style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.font.bold, style.font.italic = bold, italic


def shade(style: ParagraphStyle, colour: str) -> None:
    """A background behind whole paragraphs of this style."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour)
    # The schema fixes the order inside w:pPr: borders, shading, then tabs, spacing, indents.
    style.element.get_or_add_pPr().insert_element_before(
        shading,
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
        "w:outlineLvl",
    )


def _bare(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)


def _border(style: ParagraphStyle, *, side: str, colour: str, size: int, space: int) -> None:
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders,
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:jc",
            "w:outlineLvl",
        )
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", str(space)), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)


def _language(word: WordDocument, locale: str) -> None:
    """The document's language, where the template says American English."""
    for lang in word.styles.element.iter(qn("w:lang")):
        for attribute in ("w:val", "w:eastAsia"):
            lang.set(qn(attribute), locale)
    settings = word.settings.element
    for theme in settings.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), locale)
