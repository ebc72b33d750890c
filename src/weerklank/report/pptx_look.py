"""How the slides look: theme, page, and the few shapes they are made of."""

from __future__ import annotations

import re

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Inches, Pt

from weerklank.report.palette import DEEP, INK, LINE, PALE, QUIET, SOFT, TEAL, WARM, WHITE

__all__ = [
    "HEIGHT",
    "WIDTH",
    "box",
    "circle",
    "dress",
    "fit",
    "hold_page_number",
    "next_line",
    "place",
    "rgb",
    "say",
    "speak",
    "tint",
    "title_of",
]

WIDTH, HEIGHT = 13.333, 7.5
_FONT = "Calibri"
# Average width of a character as a share of its size, measured on Dutch text in Calibri, with a little room.
_CHAR = 0.52
_SIZES = (32, 28, 26, 24, 22, 20, 18, 16, 14, 12)
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_THEME = {
    "dk1": INK,
    "lt1": WHITE,
    "dk2": DEEP,
    "lt2": SOFT,
    "accent1": TEAL,
    "accent2": WARM,
    "accent3": PALE,
    "accent4": QUIET,
    "accent5": LINE,
    "accent6": DEEP,
    "hlink": TEAL,
    "folHlink": DEEP,
}


def dress(deck: Presentation) -> None:
    """Wide pages, and the colours and font of the report in the theme, so that an edited slide stays in style."""
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    for name, colour in _THEME.items():
        theme = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>',
            theme,
            flags=re.DOTALL,
        )
    theme = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{_FONT}", theme)
    part._blob = theme.encode("utf-8")
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in list(holder.placeholders):
            # Footers and dates of the template would sit where its 4:3 page ended.
            if shape.placeholder_format.idx in {10, 11, 12}:
                shape._element.getparent().remove(shape._element)
            elif shape.placeholder_format.idx == 0:
                place(shape, 0.75, 0.45, WIDTH - 1.5, 1.0)


def rgb(colour: str) -> RGBColor:
    """A colour of the palette."""
    red, green, blue = bytes.fromhex(colour)
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def place(shape: Shape, left: float, top: float, width: float, height: float) -> None:
    """Put a shape at a place, in inches."""
    shape.left, shape.top, shape.width, shape.height = (Inches(x) for x in (left, top, width, height))


def tint(slide: Slide, colour: str) -> None:
    """The slide's background."""
    fill = slide.background.fill
    fill.solid()
    fill.fore_color.rgb = rgb(colour)


def box(
    slide: Slide, left: float, top: float, width: float, height: float, *, fill: str | None, name: str
) -> TextFrame:
    """A rectangle to write in, without outline; decorative when ``name`` is empty."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Inches(x) for x in (left, top, width, height)))
    _plain(shape)
    shape.line.fill.background()
    if fill is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    if name:
        shape.name = name
    else:
        _decorate(shape)
    frame: TextFrame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    return frame


def circle(slide: Slide, x: float, y: float, reach: float, *, colour: str) -> None:
    """A thin ring around ``x, y``: sound going out."""
    size = Inches(2 * reach)
    ring = slide.shapes.add_shape(MSO_SHAPE.OVAL, Inches(x - reach), Inches(y - reach), size, size)
    _plain(ring)
    ring.fill.background()
    ring.line.color.rgb = rgb(colour)
    ring.line.width = Pt(1.75)
    _decorate(ring)


def _decorate(shape: Shape) -> None:
    """Tell assistive technology that there is nothing to read here."""
    mark = (
        f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
        f'<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/></a:ext></a:extLst>'
    )
    shape._element.find(f".//{qn('p:cNvPr')}").append(parse_xml(mark))


def _plain(shape: Shape) -> None:
    """Drop the theme's effects: no outline, no shadow."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def fit(text: str, *, width: float, height: float, largest: int = 24) -> int:
    """The largest type size at which ``text`` fits a box of inches, by estimate."""
    for size in _SIZES:
        if size > largest:
            continue
        per_line = max(1, int(width * 72 / (size * _CHAR)))
        lines = sum(-(-max(1, len(line)) // per_line) for line in text.split("\n"))
        if lines * size * 1.25 / 72 <= height:
            return size
    return _SIZES[-1]


def say(
    paragraph: _Paragraph,
    text: str,
    *,
    size: float,
    colour: str,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
) -> None:
    """Add a run of text to a paragraph."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.italic, run.font.name = Pt(size), bold, italic, _FONT
    run.font.color.rgb = rgb(colour)
    paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT


def next_line(frame: TextFrame) -> _Paragraph:
    """A new paragraph at the end of a frame."""
    made: _Paragraph = frame.add_paragraph()  # type: ignore[no-untyped-call]
    return made


def title_of(slide: Slide) -> Shape:
    """The slide's title placeholder, which every layout used here has."""
    shape = slide.shapes.title
    assert shape is not None
    return shape


def hold_page_number(slide: Slide, title: str, *, colour: str) -> None:
    """The report's title and the slide's number, small, at the foot."""
    frame = box(slide, 0.75, HEIGHT - 0.55, WIDTH - 1.5, 0.35, fill=None, name="Voet")
    frame.margin_left = Emu(0)
    paragraph = frame.paragraphs[0]
    say(paragraph, f"{title} · ", size=11, colour=colour)
    field = (
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr sz="1100"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:rPr><a:t>‹#›</a:t></a:fld>'
    )
    paragraph._p.append(parse_xml(field))


def speak(slide: Slide, locale: str) -> None:
    """Mark the language of every run on the slide and in its notes."""
    trees = [slide._element]
    if slide.has_notes_slide:
        trees.append(slide.notes_slide._element)
    for tree in trees:
        for run in (*tree.iter(qn("a:r")), *tree.iter(qn("a:fld"))):
            properties = run.find(qn("a:rPr"))
            if properties is None:
                properties = parse_xml(f"<a:rPr {nsdecls('a')}/>")
                run.insert(0, properties)
            properties.set("lang", locale)
