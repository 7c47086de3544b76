"""Form fields: label, help, error and control belong together for everybody."""

import re

from django import forms

from balai.ui import fields
from balai.ui.fields import RichLabel


class Sample(forms.Form):
    title = forms.CharField(label="Title", help_text="At least five.", min_length=5)
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="Kind",
        widget=forms.RadioSelect,
        choices=[("a", RichLabel("Lamp", "No light", "phone")), ("b", "Road")],
    )
    agree = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput)


def shown(name, data=None, **options):
    return fields.render(Sample(data)[name], **options)


def test_a_label_belongs_to_its_input_and_help_is_read_with_it():
    html = shown("title")
    assert '<label for="id_title">Title' in html
    assert re.search(r'<input[^>]*aria-describedby="id_title_hint"', html)
    assert 'id="id_title_hint">At least five.' in html


def test_an_error_is_words_at_the_field_and_in_the_summary(english):
    form = Sample({"title": "ab"})
    html = fields.render(form["title"])
    assert re.search(r'<input[^>]*aria-describedby="id_title_hint id_title_error"', html)
    assert 'aria-invalid="true"' in html
    assert re.search(r'id="id_title_error">.*at least 5 characters', html, re.S)
    found = list(fields.problems(form))
    assert [problem.anchor for problem in found] == [
        "id_title",
        "id_kind_0",
        "id_agree",
        "id_token",
    ]
    assert found[1].text == f"{form['kind'].label}: {form['kind'].errors[0]}"  # else which one?
    assert found[0].text == form["title"].errors[0]
    assert "['" not in html


def test_what_was_typed_is_kept():
    assert 'value="&lt;script&gt;"' in shown("title", {"title": "<script>"})


def test_optional_fields_say_so_and_required_ones_do_not(english):
    assert "optional" in shown("note")
    assert "optional" not in shown("title")


def test_choices_are_a_fieldset_of_real_inputs():
    html = shown("kind")
    assert html.count('type="radio"') == 2
    assert "<legend>Kind" in html
    assert "<b>Lamp</b><small>No light</small>" in html


def test_tiles_stand_three_in_a_row():
    assert "choices--3" in shown("kind", tiles=True)


def test_a_hidden_field_shows_nothing_else():
    assert re.fullmatch(r'\s*<input type="hidden"[^>]*>\s*', shown("token"))


def test_attributes_reach_the_control():
    assert 'autocomplete="off"' in shown("title", autocomplete="off")
    assert 'data-preview="name"' in shown("title", data_preview="name")


def test_every_field_of_a_form_hidden_ones_first():
    html = fields.render_all(Sample())
    assert html.index("id_token") < html.index("id_title") < html.index("id_agree")
