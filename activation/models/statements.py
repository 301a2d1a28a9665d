"""What is stated about groups and keys: ends of support, disputed points, rules with their figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from activation.fields import FiguresField, choices_of, mark_field, one_of, slug_field, texts_fit
from activation.models.base import SOURCES, Named
from activation.models.keys import Key
from activation.models.products import ProductGroup, Source
from activation.rows import SEVERITIES


class SupportDate(Named):
    """When support ends."""

    kind = "support"

    slug = slug_field()
    product = models.CharField(
        "products", max_length=200, help_text="The products as Microsoft names them where it says when support ends"
    )
    groups = models.ManyToManyField(
        ProductGroup, related_name="support_dates", help_text="The product groups that these days hold for"
    )
    mainstream_end = models.DateField(null=True, blank=True, help_text="The last day. Empty: none is published")
    extended_end = models.DateField(help_text="The last day. Plans mark products by it")
    esu_end = models.DateField(
        "end of Extended Security Updates",
        null=True,
        blank=True,
        help_text="Their last day. Empty: there are none",
    )
    note = models.TextField(blank=True, help_text="What else there is to know")
    sources = models.ManyToManyField(Source, related_name="support_dates", help_text=SOURCES)

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
    topic = models.TextField(help_text="The question on which documents disagree")
    one_side = models.TextField(blank=True, help_text="What some documents say, and which")
    other_side = models.TextField(blank=True, help_text="What the others say, and which")
    use = models.TextField(blank=True, help_text="What plans do while it is open")
    severity = models.CharField(
        max_length=40, blank=True, choices=choices_of(SEVERITIES), help_text="How much a plan could be wrong by it"
    )
    groups = models.ManyToManyField(
        ProductGroup, related_name="disputes", blank=True, help_text="The product groups it is about"
    )
    keys = models.ManyToManyField(Key, related_name="disputes", blank=True, help_text="The keys it is about")
    sources = models.ManyToManyField(Source, related_name="disputes", help_text="The documents of both sides")

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
    text = models.TextField(help_text="What holds, in one sentence")
    params = FiguresField("figures", default=dict, blank=True, help_text="One a line: name = number")
    status = models.CharField(max_length=200, help_text="How well it is known, such as documented or disputed")
    dispute = models.ForeignKey(
        Dispute,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rules",
        help_text="The disputed point that touches it, if there is one",
    )
    sources = models.ManyToManyField(Source, related_name="rules", help_text=SOURCES)

    class Meta:
        ordering = ("slug",)
        constraints = (texts_fit("rule"),)

    def __str__(self) -> str:
        return f"{self.slug}: {self.text}"
