"""How every form looks: the renderer gives Django's own widgets the classes of the design system.

``{{ form }}`` and ``{% form form %}`` therefore look right everywhere, also for forms of other packages. The
templates stand in ``templates/django/forms/`` (widgets) and ``templates/components/`` (field, fields).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

__all__ = ["Bound", "Renderer"]

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.CheckboxSelectMultiple, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.FileInput, "wk-file"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
)


class Bound(BoundField):
    """A field in a form, with the classes of the design system on its widget."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's own attributes (required, described by, invalid), with the class that fits the widget."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        classes = [str(built.get("class", "")), str(widget.attrs.get("class", ""))]
        classes += [names for kind, names in _CLASSES if isinstance(widget, kind)][:1]
        built["class"] = " ".join(name for name in classes if name)
        return built

    @property
    def is_single_checkbox(self) -> bool:
        """Whether the label stands behind the widget."""
        return isinstance(self.field.widget, forms.CheckboxInput)


class Renderer(TemplatesSetting):
    """Finds form templates among our own first; set as FORM_RENDERER."""

    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"
    bound_field_class = Bound
