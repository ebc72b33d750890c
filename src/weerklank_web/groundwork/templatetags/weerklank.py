"""The tags of the look: ``{% load weerklank %}``.

Each tag renders one file in ``templates/components/``; that file documents its parameters. A tag whose content
is HTML has an end tag (``{% card title="…" %} … {% endcard %}``); the others stand alone (``{% button "…" %}``).
Extra keywords of buttons and links become attributes: ``hx_post=address`` is written as ``hx-post="…"``.
"""

# A keyword of a tag is the attribute that it writes, also when Python has a word like it.
# ruff: noqa: A002
from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from weerklank_web.groundwork import dates
from weerklank_web.groundwork.house import House, house_of
from weerklank_web.groundwork.live import ticket_for

register = template.Library()

Attribute = str | int | bool | None


def _component(context: Context, name: str, /, **parameters: object) -> SafeString:
    """Render components/NAME.html with these parameters, and with the request's own few."""
    engine = context.template.engine  # type: ignore[union-attr]
    inner = context.new(parameters)
    for kept in ("csrf_token", "request"):
        if kept in context:
            inner[kept] = context[kept]
    return mark_safe(engine.get_template(f"components/{name}.html").render(inner).strip())  # noqa: S308


def _attributes(attributes: dict[str, Attribute]) -> SafeString:
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return flatatt({name: value for name, value in named.items() if value is not None})


# --- what a page stands on -------------------------------------------------------------------------


@register.simple_tag
def house() -> House:
    """``{% house as house %}``: name, theme and addresses of this installation."""
    return house_of(settings)


@register.simple_tag
def live_ticket(*topics: str) -> str:
    """``data-live="{% live_ticket topic … %}"``: a signed list of topics this page may listen to."""
    return ticket_for(*(str(topic) for topic in topics))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """``{% icon "check" %}``: an SVG from templates/icons; silent unless it gets a label."""
    drawing = mark_safe(get_template(f"icons/{name}.svg").render())  # noqa: S308
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="wk-icon" viewBox="0 0 24 24" focusable="false" {}>{}</svg>', voice, drawing
    )


# --- words for moments and figures -----------------------------------------------------------------


@register.simple_tag
def when(value: date | datetime | None, zone: str = dates.ZONE, form: str = "") -> SafeString | str:
    """``{% when gathering.starts_at gathering.zone %}``: a day or moment in words.

    ``form``: "day" (with the weekday), "date" (without), "time", "moment"; a date is always a day.
    """
    if value is None:
        return ""
    if not isinstance(value, datetime):
        words = dates.day_in_words(value, weekday=form == "day")
    elif form == "time":
        words = dates.time_in_words(value, zone)
    elif form in ("day", "date"):
        words = dates.day_in_words(dates.local(value, zone).date(), weekday=form == "day")
    else:
        words = dates.moment_in_words(value, zone)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag
def from_to(start: datetime | None, end: datetime | None, zone: str = dates.ZONE) -> SafeString | str:
    """``{% from_to gathering.starts_at gathering.ends_at gathering.zone %}``: the day, from when till when."""
    if start is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', start.isoformat(), dates.span_in_words(start, end, zone)
    )


@register.simple_tag(takes_context=True)
def figure(
    context: Context, value: int | float | str | None, label: str = "", *, note: str = "", big: bool = False
) -> SafeString:
    """``{% figure count "deelnemers" %}``: a disclosed figure; None shows that it is withheld, and why."""
    return _component(context, "figure", value=value, label=label, note=note, big=big)


# --- to press and to follow ------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def button(
    context: Context,
    label: str,
    *,
    kind: str = "primary",
    icon: str = "",
    type: str = "submit",
    **more: Attribute,
) -> SafeString:
    """A button in a form. ``kind``: primary, secondary, subtle, danger."""
    return _component(
        context, "button", label=label, kind=kind, icon=icon, type=type, attributes=_attributes(more)
    )


@register.simple_tag(takes_context=True)
def link_button(
    context: Context, label: str, href: str, *, kind: str = "primary", icon: str = "", **more: Attribute
) -> SafeString:
    """A link that looks like a button: for going somewhere, never for changing something."""
    return _component(
        context, "link-button", label=label, href=href, kind=kind, icon=icon, attributes=_attributes(more)
    )


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    label: str,
    action: str,
    *,
    kind: str = "secondary",
    icon: str = "",
    name: str = "",
    value: Attribute = "",
    **more: Attribute,
) -> SafeString:
    """A whole form of one button, for a deed that needs no more than a press."""
    return _component(
        context,
        "post-button",
        label=label,
        action=action,
        kind=kind,
        icon=icon,
        name=name,
        value=value,
        attributes=_attributes(more),
    )


@register.simple_block_tag(takes_context=True)
def actions(context: Context, content: str) -> SafeString:
    """Buttons and links that belong together, beside each other or stacked on a phone."""
    return _component(context, "actions", content=content)


@register.simple_block_tag(takes_context=True)
def toolbar(context: Context, content: str, label: str) -> SafeString:
    """Tools above a list or a board, with a name for who cannot see them."""
    return _component(context, "toolbar", content=content, label=label)


# --- forms -----------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """``{% field form.name %}``: label, description, error and widget."""
    return bound.as_field_group()


@register.simple_block_tag(takes_context=True)
def form(
    context: Context,
    content: str,
    form: BaseForm | None = None,
    *,
    action: str = "",
    submit: str = "",
    kind: str = "primary",
    method: str = "post",
    fields: str = "all",
    **more: Attribute,
) -> SafeString:
    """A whole form with error summary; ``fields="own"`` when the content places the fields itself."""
    return _component(
        context,
        "form",
        content=content,
        form=form,
        action=action,
        submit=submit,
        kind=kind,
        method=method,
        own=fields == "own",
        attributes=_attributes(more),
    )


# --- surfaces --------------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def page_header(
    context: Context,
    content: str,
    title: str,
    *,
    lead: str = "",
    kicker: str = "",
    crumbs: object = (),
) -> SafeString:
    """The h1 of a page; the content stands beside it (a badge, buttons)."""
    return _component(
        context, "page-header", content=content, title=title, lead=lead, kicker=kicker, crumbs=crumbs
    )


@register.simple_block_tag(takes_context=True)
def alert(
    context: Context, content: str, kind: str = "info", *, title: str = "", role: str = ""
) -> SafeString:
    """Something to notice. ``kind``: info, ok, warning, error."""
    return _component(context, "alert", content=content, kind=kind, title=title, role=role)


@register.simple_block_tag(takes_context=True)
def card(
    context: Context,
    content: str,
    *,
    title: str = "",
    href: str = "",
    kicker: str = "",
    level: int = 3,
    tone: str = "",
    id: str = "",
) -> SafeString:
    """One thing on a surface of its own; with ``href`` the whole card can be pressed."""
    return _component(
        context,
        "card",
        content=content,
        title=title,
        href=href,
        kicker=kicker,
        level=level,
        tone=tone,
        id=id,
    )


@register.simple_block_tag(takes_context=True)
def cards(context: Context, content: str, *, size: str = "", id: str = "") -> SafeString:
    """Cards beside each other where there is room. ``size``: small, (normal), wide."""
    return _component(context, "card-list", content=content, size=size, id=id)


@register.simple_block_tag(takes_context=True)
def table(
    context: Context, content: str, caption: str, *, hide_caption: bool = False, id: str = ""
) -> SafeString:
    """A table that stacks on a phone: plain thead and tbody; each cell with ``data-label``."""
    return _component(context, "table", content=content, caption=caption, hide_caption=hide_caption, id=id)


@register.simple_block_tag(takes_context=True)
def details(
    context: Context, content: str, summary: str, *, open: bool = False, note: str = "", id: str = ""
) -> SafeString:
    """More for who wants it: closed until pressed."""
    return _component(context, "details", content=content, summary=summary, open=open, note=note, id=id)


@register.simple_block_tag(takes_context=True)
def empty_state(context: Context, content: str, title: str, *, icon: str = "") -> SafeString:
    """There is nothing here yet: say why, and what to do about it."""
    return _component(context, "empty", content=content, title=title, icon=icon)


@register.simple_block_tag(takes_context=True)
def live_region(
    context: Context,
    content: str,
    id: str,
    *,
    address: str = "",
    topics: str | Iterable[str] = (),
    polite: bool = True,
) -> SafeString:
    """A part that renews itself when one of its topics rings.

    ``address`` (this page, unless given) is then asked again and answers with the inside of the part.
    """
    bells = [topics] if isinstance(topics, str) else list(topics)
    ticket = ticket_for(*bells) if bells else ""
    if not address and "request" in context:
        address = context["request"].get_full_path()
    return _component(
        context, "live-region", content=content, id=id, address=address, ticket=ticket, polite=polite
    )


# --- words of people, and facts --------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def badge(context: Context, text: str, tone: str = "neutral") -> SafeString:
    """A state in one or two words. ``tone``: neutral, info, positive, warning, negative, accent."""
    return _component(context, "badge", text=text, tone=tone)


@register.simple_block_tag(takes_context=True)
def quote(context: Context, content: str, *, source: str = "", href: str = "") -> SafeString:
    """Somebody's literal words, with where they come from."""
    return _component(context, "quote", content=content, source=source, href=href)


@register.simple_block_tag(takes_context=True)
def facts(context: Context, content: str) -> SafeString:
    """A definition list; fill it with ``{% fact "Wanneer" %} … {% endfact %}``."""
    return _component(context, "facts", content=content)


@register.simple_block_tag(takes_context=True)
def fact(context: Context, content: str, term: str) -> SafeString:
    """One term with what belongs to it."""
    return _component(context, "fact", content=content, term=term)


@register.simple_block_tag(takes_context=True)
def thread(context: Context, content: str, *, label: str = "") -> SafeString:
    """The thread from words to answer; fill it with ``{% knot … %}``."""
    return _component(context, "thread", content=content, label=label)


@register.simple_block_tag(takes_context=True)
def knot(
    context: Context,
    content: str,
    title: str,
    *,
    kind: str = "words",
    state: str = "done",
    when: object = None,
    level: int = 3,
    id: str = "",
) -> SafeString:
    """One knot in the thread. ``kind`` chooses the icon, ``state`` is done, current, waiting or late."""
    return _component(
        context,
        "knot",
        content=content,
        title=title,
        kind=kind,
        state=state,
        when=when,
        level=level,
        id=id,
    )
