"""The admins' forms: markets, traders, groups, goods, ceilings."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.accounts.members.models import Membership
from balai.accounts.models import User
from balai.directory.models import Area
from balai.ui.fields import RichLabel
from balai.ui.forms import PinField
from modules.prices.feeds import SYSTEMS
from modules.prices.models import Ceiling, Group, Market, Trader, Variety
from modules.prices.services import catalogue
from modules.prices.settings_form import ZONES

ICONS: Final = (
    "wheat", "drumstick", "beef", "egg", "cherry", "flower", "flame", "flame-kindling", "droplet",
    "candy", "fish", "carrot", "apple", "milk", "package", "shopping-basket",
)  # fmt: skip
DAY: Final = {"type": "date"}


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """Return a field for a day, written as browsers' own pickers need it."""
    return forms.DateField(
        label=label, required=required, help_text=hint,
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
    )  # fmt: skip


class CodedForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """A row with its codes in the national systems."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for system, name in SYSTEMS.items():
            self.fields[f"code_{system}"] = forms.CharField(
                label=_("Code in %(system)s") % {"system": name}, max_length=40, required=False,
                initial=self.instance.codes.get(system, ""),
            )  # fmt: skip

    def save(self, commit: bool = True) -> Any:
        """Put the codes into the row; those of other systems stay."""
        codes = dict(self.instance.codes)
        for system in SYSTEMS:
            code = self.cleaned_data[f"code_{system}"].strip()
            codes.pop(system, None)
            codes |= {system: code} if code else {}
        self.instance.codes = codes
        return super().save(commit)


class MarketForm(CodedForm):
    """A market, where it is and who asks there."""

    point = PinField(label=_("Where it is"), required=False)

    class Meta:
        model = Market
        fields = ("name", "address", "area", "enumerator", "active")
        help_texts = {
            "enumerator": _("Their entry page begins with this market. Others may ask there too."),
            "active": _("A market that rests keeps its old prices."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["area"]
        area.queryset = Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("name")
        area.queryset = area.queryset.defer("boundary")
        people: Any = self.fields["enumerator"]
        asking = Membership.objects.filter(role__in=("enumerator", "admin")).values("user")
        people.queryset = User.objects.filter(pk__in=asking, is_active=True).order_by("name")
        if self.instance.latitude is not None:
            self.fields["point"].initial = (self.instance.latitude, self.instance.longitude)

    def save(self, commit: bool = True) -> Market:
        """Put the point into the market."""
        point = self.cleaned_data["point"] or (None, None)
        self.instance.latitude, self.instance.longitude = point
        row: Market = super().save(commit)
        return row


class TraderForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """Somebody who is asked each time; seen by who asks, who checks and admins only."""

    groups = forms.MultipleChoiceField(
        label=_("What is asked there"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everything."),
    )  # fmt: skip

    class Meta:
        model = Trader
        fields = ("market", "name", "stall", "phone", "groups", "active")
        labels = {"market": _("Market")}
        help_texts = {"phone": _("Only for questions; it is shown nowhere else.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["groups"]
        groups.choices = [(row.slug, row.label) for row in Group.objects.all()]


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """A group of goods."""

    icon = forms.ChoiceField(label=_("Picture"), widget=forms.RadioSelect)

    class Meta:
        model = Group
        fields = ("label_id", "label_en", "icon")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        icon: Any = self.fields["icon"]
        names = dict.fromkeys((*ICONS, *filter(None, [self.instance.icon])))
        icon.choices = [(name, RichLabel(name, "", name)) for name in names]


class VarietyForm(CodedForm):
    """Goods with their unit; the unit is settled once there are prices."""

    class Meta:
        model = Variety
        fields = ("label_id", "label_en", "group", "unit", "other_unit", "per_other", "basket",
                  "active")  # fmt: skip
        labels = {"group": _("Group")}
        help_texts = {
            "unit": _("What every price of these goods is for."),
            "other_unit": _("If they are quoted by another unit too, such as oil by the litre."),
            "per_other": _("A litre of palm oil is 0.9 kg: write 0.9."),
            "basket": _("The basket calculator begins with it; 0 leaves the goods out."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("per_other", "basket"):
            if self.initial.get(name) is not None:  # 0.9, not 0.9000
                self.initial[name] = f"{self.initial[name]:f}".rstrip("0").rstrip(".")
        if self.instance.pk and catalogue.has_prices(self.instance):
            self.fields["unit"].disabled = True
            self.fields["unit"].help_text = _("Settled: there are prices in this unit.")

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of a conversion, between two different units."""
        found = super().clean() or {}
        other, factor = found.get("other_unit"), found.get("per_other")
        if other and other == found.get("unit"):
            self.add_error("other_unit", _("This is the goods' own unit."))
        elif bool(other) != bool(factor):
            name = "per_other" if other else "other_unit"
            self.add_error(name, _("A conversion needs the other unit and how much it is."))
        elif factor is not None and factor <= 0:
            self.add_error("per_other", _("Write a number above 0."))
        return found


class CeilingForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """What a decree allows, from a day on."""

    zone = forms.ChoiceField(label=_("Zone"), choices=ZONES)
    starts = day_field(
        _("In force from"), hint=_("The one before ends the day before by itself.")
    )  # fmt: skip
    ends = day_field(_("Last day"), required=False, hint=_("Empty: until another one follows."))

    class Meta:
        model = Ceiling
        fields = ("variety", "kind", "zone", "unit", "low", "high", "starts", "ends", "decree")
        labels = {"variety": _("Goods")}
        help_texts = {
            "low": _("Only where the decree names a range (HAP)."),
            "high": _("Whole rupiah for one unit."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goods: Any = self.fields["variety"]
        goods.queryset = Variety.objects.order_by("group__position", "group_id", "position")

    def clean(self) -> dict[str, Any]:
        """Keep prices and days in order."""
        found = super().clean() or {}
        low, high = found.get("low"), found.get("high")
        if high is not None and high < 1:
            self.add_error("high", _("Write a number above 0."))
        if low is not None and not 1 <= low <= (high or low):
            self.add_error("low", _("The lower end lies above the upper one."))
        starts, ends = found.get("starts"), found.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day lies before the first one."))
        return found


class EndForm(forms.Form):
    """When a ceiling ends."""

    last_day = day_field(_("Last day"))
