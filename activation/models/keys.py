"""What activates: KMS host keys and MAKs, the product groups that they activate, the systems that may carry them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from activation.consistency import wrong_coverage, wrong_host, wrong_system
from activation.fields import TextsField, choices_of, name_once, one_of, slug_field, texts_fit
from activation.models.base import NAME, NOTE, RETIRED, SOURCES, CatalogueRow, Named, sentence
from activation.models.products import HostSystem, Product, ProductGroup, Source
from activation.rows import EVIDENCE, KEY_TYPES


class Key(Named):
    """A KMS host key or a MAK: what it is called and what it does, never the key itself."""

    kind = "key"

    slug = slug_field()
    type = models.CharField(
        max_length=40,
        choices=(("kms", "KMS host key"), ("mak", "MAK")),
        help_text="Installed on a KMS host, or on each computer",
    )
    name = models.CharField(max_length=200, help_text=NAME)
    group = models.ForeignKey(
        ProductGroup, models.PROTECT, related_name="keys", help_text="The product group that the key is issued for"
    )
    aliases = TextsField(
        "other names", default=list, blank=True, help_text="What else people and files call it, one a line"
    )
    comes_with = models.ManyToManyField(
        ProductGroup,
        related_name="brings_keys",
        blank=True,
        help_text="Product groups of which any one, when licensed, gives the key. Empty: its own group",
    )
    kms_host_activation_id = models.CharField(
        "KMS host activation id",
        max_length=36,
        blank=True,
        help_text="The activation id in the documents of Microsoft, no secret",
    )
    volume_license_pack = models.CharField(
        "volume license pack",
        max_length=200,
        blank=True,
        help_text="The address of the pack that a KMS host for Office needs",
    )
    retired = models.BooleanField(default=False, help_text=RETIRED)
    note = models.TextField(blank=True, help_text=NOTE)

    class Meta:
        ordering = ("slug",)
        constraints = (
            one_of("type", KEY_TYPES, "key_type"),
            models.UniqueConstraint(
                fields=("group",),
                condition=Q(type="mak"),
                name="key_one_mak_a_group",
                violation_error_message="This product group has a MAK already.",
            ),
            name_once("key"),
            texts_fit("key"),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        before = Key.objects.filter(pk=self.pk, type="mak").exclude(type=self.type, group_id=self.group_id).first()
        if before and before.group.products.exists():
            raise ValidationError("Products need this MAK: its type and product group must stay.")

    def needed_by(self) -> models.QuerySet[Product]:
        """The products that would be left without a MAK."""
        return self.group.products.all() if self.type == "mak" else Product.objects.none()


class Coverage(CatalogueRow):
    """One product group that a key activates, and how well that is known."""

    kind = "coverage"

    key = models.ForeignKey(Key, models.CASCADE, related_name="activates", help_text="The key that activates the group")
    group = models.ForeignKey(
        ProductGroup, models.PROTECT, related_name="activated_by", help_text="The product group that it activates"
    )
    evidence = models.CharField(
        max_length=40,
        choices=choices_of(EVIDENCE),
        help_text="How well it is known. Unclear and by analogy carry no plan",
    )
    sources = models.ManyToManyField(Source, related_name="coverages", help_text=SOURCES)

    class Meta:
        ordering = ("key", "group")
        verbose_name_plural = "coverage"
        constraints = (
            one_of("evidence", EVIDENCE, "coverage_evidence"),
            models.UniqueConstraint(fields=("key", "group"), name="coverage_once"),
            texts_fit("coverage"),
        )

    def __str__(self) -> str:
        return f"{self.key} activates {self.group}"

    def clean(self) -> None:
        """A key activates groups of its own application only."""
        super().clean()
        key, other = getattr(self, "key", None), getattr(self, "group", None)
        own = getattr(key, "group", None)
        if own is None or other is None:
            return
        message = wrong_coverage(key.type, (own.slug, own.family), (other.slug, other.family))
        if message:
            raise ValidationError({"group": sentence(message)})


class HostOption(CatalogueRow):
    """One system that may, may not or may perhaps carry a KMS host key."""

    kind = "host"

    key = models.ForeignKey(Key, models.CASCADE, related_name="hosts", help_text="The KMS host key that is installed")
    system = models.ForeignKey(
        HostSystem, models.PROTECT, related_name="carries", help_text="The system of the KMS host"
    )
    allowed = models.BooleanField(
        null=True, blank=True, help_text="Whether the system may carry the key. Unknown: not established"
    )
    and_later = models.BooleanField(
        "and later systems", default=False, help_text="Newer systems of the same family may carry it too"
    )
    requires = models.TextField(blank=True, help_text="The update that the host needs first")
    evidence = models.TextField(blank=True, help_text="How it is known, in a few words")
    sources = models.ManyToManyField(
        Source, related_name="host_options", blank=True, help_text="The documents that say so"
    )

    class Meta:
        ordering = ("key", "system")
        constraints = (models.UniqueConstraint(fields=("key", "system"), name="host_option_once"),)

    def __str__(self) -> str:
        return f"{self.key} on {self.system}"

    def clean(self) -> None:
        super().clean()
        key, system = getattr(self, "key", None), getattr(self, "system", None)
        message = wrong_host(getattr(key, "type", ""))
        if message:
            raise ValidationError(sentence(message))
        group = getattr(key, "group", None)
        message = wrong_system(group.family, system.family, self.allowed) if group and system else ""
        if message:
            raise ValidationError({"allowed": sentence(message)})
