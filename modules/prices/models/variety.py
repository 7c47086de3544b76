"""What is asked for: groups of staple goods and their varieties, and what the state allows."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language, gettext_lazy as _

from modules.prices.states import Unit


class Labelled(models.Model):
    """Something with a name in both languages."""

    label_id = models.CharField(_("Indonesian name"), max_length=80)
    label_en = models.CharField(_("English name"), max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        english = (get_language() or "id").startswith("en")
        return (self.label_en if english else self.label_id) or self.label_id


class Group(Labelled):
    """A commodity: rice, eggs, sugar."""

    slug = models.SlugField(max_length=60, db_index=False)
    icon = models.CharField(_("icon"), max_length=40, default="package")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("slug",), name="prices_group_slug"),)


class Variety(Labelled):
    """A commodity of one quality, quoted in one unit.

    ``per_other`` is how many ``unit`` there are in one ``other_unit``: a litre of palm oil is
    0.9 kg. Prices are stored in ``unit`` only. ``basket`` is how much of it the basket
    calculator begins with; ``codes`` are its names elsewhere, {"pihps": "com_1", "sp2kp": "..."}.
    """

    slug = models.SlugField(max_length=60, db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="varieties", db_index=False)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit, default=Unit.KG)
    other_unit = models.CharField(_("other unit"), max_length=8, choices=Unit, blank=True)
    per_other = models.DecimalField(
        _("units in one other unit"), max_digits=8, decimal_places=4, null=True, blank=True
    )
    basket = models.DecimalField(
        _("amount in the basket"), max_digits=6, decimal_places=2, default=0,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    codes = models.JSONField(default=dict, blank=True)
    active = models.BooleanField(_("asked"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("slug",), name="prices_variety_slug"),
            models.CheckConstraint(
                condition=models.Q(other_unit="", per_other__isnull=True)
                | models.Q(per_other__isnull=False, per_other__gt=0) & ~models.Q(other_unit=""),
                name="prices_variety_conversion",
            ),
        )


class Ceiling(models.Model):
    """The most (HET) or the range (HAP) that a decree allows in a zone, from one day to another.

    ``high`` is what must not be exceeded; ``low`` is the lower end of a range. Both are integer
    rupiah for one ``unit``, which may be the variety's other unit. ``ends`` is the last day.
    """

    class Kind(models.TextChoices):
        """Who must keep to it."""

        HET = "het", _("Highest retail price (HET)")
        HAP = "hap", _("Reference price for consumers (HAP)")

    variety = models.ForeignKey(Variety, models.CASCADE, related_name="ceilings", db_index=False)
    kind = models.CharField(_("kind"), max_length=3, choices=Kind, default=Kind.HET)
    zone = models.CharField(_("zone"), max_length=2, default="1")
    unit = models.CharField(_("unit"), max_length=8, choices=Unit, default=Unit.KG)
    low = models.PositiveIntegerField(_("lower end"), null=True, blank=True)
    high = models.PositiveIntegerField(_("at most"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    decree = models.CharField(_("decree"), max_length=160, blank=True)

    class Meta:
        ordering = ("-starts", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("variety", "zone", "starts"), name="prices_ceiling_from"
            ),
            models.CheckConstraint(
                condition=models.Q(high__gt=0)
                & (models.Q(low__isnull=True) | models.Q(low__gt=0, low__lte=models.F("high")))
                & (models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts"))),
                name="prices_ceiling_sane",
            ),
        )

    def __str__(self) -> str:
        return f"{self.variety_id} {self.starts} {self.high}"
