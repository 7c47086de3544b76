"""What a region can subscribe to. Rows, so that an operator changes them without a release."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext_lazy as _

from balai.modules import registry


class Plan(models.Model):
    """A plan for regions of one population class.

    ``price`` is whole rupiah a year; 0 is free, empty means "by offer". ``modules`` are the
    slugs it allows; an empty list allows every module. Populations are inclusive bounds.
    """

    slug = models.SlugField(_("key"), unique=True)
    family = models.CharField(_("family"), max_length=20)
    name_id = models.CharField(_("name in Indonesian"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    summary_id = models.CharField(_("summary in Indonesian"), max_length=240)
    summary_en = models.CharField(_("summary in English"), max_length=240)
    population_from = models.PositiveIntegerField(_("population from"), default=0)
    population_to = models.PositiveIntegerField(_("population to"), null=True, blank=True)
    price = models.PositiveBigIntegerField(_("rupiah a year"), null=True, blank=True)
    modules = models.JSONField(_("modules"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> str:
        """The name in the visitor's language."""
        return self.name_en if get_language() == "en" else self.name_id

    @property
    def summary(self) -> str:
        """The summary in the visitor's language."""
        return self.summary_en if get_language() == "en" else self.summary_id

    @property
    def entitled(self) -> frozenset[str]:
        """The slugs it allows, with those that money never touches (112 and complaints)."""
        every = {module.slug: module for module in registry.installed()}
        if not self.modules:
            return frozenset(every)
        always = {slug for slug, module in every.items() if module.essential}
        return (frozenset(self.modules) | always) & frozenset(every)

    def clean(self) -> None:
        """Refuse bounds the wrong way round, unknown modules, and modules without what they need.

        Raises:
            ValidationError: by field.
        """
        errors: dict[str, ValidationError] = {}
        if self.population_to is not None and self.population_to < self.population_from:
            errors["population_to"] = ValidationError(_("It must not be below the lower bound."))
        every = {module.slug: module for module in registry.installed()}
        unknown = [slug for slug in self.modules if slug not in every]
        entitled = self.entitled
        lacking = [
            (module, needed)
            for slug, module in every.items() if slug in entitled
            for needed in module.requires if needed not in entitled
        ]  # fmt: skip
        if unknown:
            errors["modules"] = ValidationError(
                _("No such module: %(slugs)s.") % {"slugs": ", ".join(map(str, unknown))}
            )
        elif lacking:
            module, needed = lacking[0]
            names = {"module": module.verbose_name, "needed": every[needed].verbose_name}
            errors["modules"] = ValidationError(_("%(module)s needs %(needed)s.") % names)
        if errors:
            raise ValidationError(errors)

    def fits(self, population: int) -> bool:
        """Tell whether a region with so many inhabitants is in this plan's class."""
        return self.population_from <= population <= (self.population_to or population)
