"""What is stated about groups and keys: ends of support, disputed points, rules with their figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from activation.fields import FiguresField, choices_of, mark_field, one_of, slug_field, texts_fit
from activation.models.base import Named
from activation.models.keys import Key
from activation.models.products import ProductGroup, Source
from activation.rows import SEVERITIES


class SupportDate(Named):
    """When support ends."""

    kind = "support"

    slug = slug_field()
    product = models.CharField("products", max_length=200)
    groups = models.ManyToManyField(ProductGroup, related_name="support_dates")
    mainstream_end = models.DateField(null=True, blank=True)
    extended_end = models.DateField()
    esu_end = models.DateField("end of Extended Security Updates", null=True, blank=True)
    note = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, related_name="support_dates")

    class Meta:
        ordering = ("slug",)
        verbose_name = "end of support"
        verbose_name_plural = "ends of support"
        constraints = (
            models.CheckConstraint(
                condition=Q(mainstream_end=None) | Q(mainstream_end__lte=F("extended_end")),
                name="support_mainstream_first",
                violation_error_message="Mainstream support ends before extended support.",
            ),
            models.CheckConstraint(
                condition=Q(esu_end=None) | Q(esu_end__gte=F("extended_end")),
                name="support_esu_last",
                violation_error_message="Extended Security Updates end after extended support.",
            ),
            texts_fit("support"),
        )

    def __str__(self) -> str:
        return f"{self.product}: {self.extended_end}"


class Dispute(Named):
    """A point on which sources disagree: both sides, and which one the plan uses."""

    kind = "dispute"

    slug = mark_field()
    topic = models.TextField()
    one_side = models.TextField(blank=True)
    other_side = models.TextField(blank=True)
    use = models.TextField(blank=True, help_text="What the plan does")
    severity = models.CharField(max_length=40, blank=True, choices=choices_of(SEVERITIES))
    groups = models.ManyToManyField(ProductGroup, related_name="disputes", blank=True)
    keys = models.ManyToManyField(Key, related_name="disputes", blank=True)
    sources = models.ManyToManyField(Source, related_name="disputes")

    class Meta:
        ordering = ("slug",)
        verbose_name = "disputed point"
        constraints = (one_of("severity", ("", *SEVERITIES), "dispute_severity"), texts_fit("dispute"))

    def __str__(self) -> str:
        return f"{self.slug}: {self.topic}"


class Rule(Named):
    """A stated rule with its figures."""

    kind = "rule"

    slug = mark_field()
    text = models.TextField()
    params = FiguresField("figures", default=dict, blank=True, help_text="One a line: name = number")
    status = models.CharField(max_length=200)
    dispute = models.ForeignKey(Dispute, models.PROTECT, null=True, blank=True, related_name="rules")
    sources = models.ManyToManyField(Source, related_name="rules")

    class Meta:
        ordering = ("slug",)
        constraints = (texts_fit("rule"),)

    def __str__(self) -> str:
        return f"{self.slug}: {self.text}"
