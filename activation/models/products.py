"""What is licensed and installed: sources, product groups, host systems, products."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from activation.fields import NumbersField, TextsField, choices_of, mark_field, name_once, one_of, slug_field, texts_fit
from activation.models.base import RETIRED, Named
from activation.rows import CAPTION_CONFIDENCE, FAMILIES, INSTALL_TECHNOLOGY


class Source(Named):
    """A public document."""

    kind = "source"

    slug = mark_field()
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    where = models.TextField(blank=True, help_text="Address or repository path")
    date = models.CharField(max_length=100, blank=True, help_text="In the document's own words")
    seen = models.TextField(blank=True, help_text="How much of it was read")

    class Meta:
        ordering = ("slug",)
        constraints = (texts_fit("source"),)

    def __str__(self) -> str:
        return f"{self.slug}: {self.title}"


class ProductGroup(Named):
    """What Microsoft issues keys for."""

    kind = "group"

    slug = slug_field()
    name = models.CharField(max_length=200)
    family = models.CharField(max_length=40, choices=choices_of(FAMILIES))
    generation = models.CharField(max_length=40)
    microsoft_name = models.CharField("Microsoft's name", max_length=200, blank=True)
    counts_virtual = models.BooleanField(
        "virtual computers count", default=True, help_text="They add to the count of a KMS host"
    )
    adba = models.BooleanField("Active Directory-based activation", default=True)
    avma = models.BooleanField("AVMA guest", default=False)
    bios_marker = models.BooleanField(
        "BIOS marker", default=False, help_text="KMS activation needs a Windows marker in the computer's BIOS"
    )
    retired = models.BooleanField(default=False, help_text=RETIRED)
    note = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, related_name="groups")

    class Meta:
        ordering = ("slug",)
        constraints = (one_of("family", FAMILIES, "group_family"), name_once("group"), texts_fit("group"))

    def __str__(self) -> str:
        return self.name


class HostSystem(Named):
    """A system that can be a KMS host. `position` is the order of age within a family, the oldest first."""

    kind = "system"

    slug = slug_field()
    name = models.CharField(max_length=200)
    family = models.CharField(max_length=40, choices=choices_of(FAMILIES[:2]))
    position = models.PositiveIntegerField(default=0, help_text="Order of age within the family, the oldest first")

    class Meta:
        ordering = ("position", "slug")
        constraints = (one_of("family", FAMILIES[:2], "system_family"), name_once("system"), texts_fit("system"))

    def __str__(self) -> str:
        return self.name


class Product(Named):
    """An edition that is licensed or installed. Without a group it has no volume activation."""

    kind = "product"

    slug = slug_field()
    name = models.CharField(max_length=200)
    group = models.ForeignKey(ProductGroup, models.PROTECT, null=True, blank=True, related_name="products")
    family = models.CharField(max_length=40, choices=choices_of(FAMILIES))
    can_host = models.BooleanField("can be a KMS host", default=True)
    aliases = TextsField("other names", default=list, blank=True, help_text="One a line")
    gvlk = models.CharField(
        "GVLK",
        max_length=29,
        blank=True,
        validators=[RegexValidator(r"^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}\Z", "Five times five capitals or digits.")],
        help_text="The public client setup key. Never a MAK or KMS host key",
    )
    gvlk_source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name="source of the GVLK")
    os_version = models.CharField("system version", max_length=40, blank=True)
    builds = NumbersField("builds", default=list, blank=True, help_text="One a line")
    operating_system_sku = NumbersField("OperatingSystemSKU", default=list, blank=True, help_text="One a line")
    captions = TextsField("captions", default=list, blank=True, help_text="One a line, as Windows reports them")
    ad_operating_system = TextsField("names in Active Directory", default=list, blank=True, help_text="One a line")
    caption_confidence = models.CharField(max_length=40, blank=True, choices=choices_of(CAPTION_CONFIDENCE))
    product_id = models.CharField("Office product id", max_length=80, blank=True)
    install_technology = models.CharField(max_length=40, blank=True, choices=choices_of(INSTALL_TECHNOLOGY))
    uninstall_display_names = TextsField(
        "names in the uninstall list", default=list, blank=True, help_text="One a line"
    )
    retired = models.BooleanField(default=False, help_text=RETIRED)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("slug",)
        constraints = (
            one_of("family", FAMILIES, "product_family"),
            one_of("caption_confidence", ("", *CAPTION_CONFIDENCE), "product_caption_confidence"),
            one_of("install_technology", ("", *INSTALL_TECHNOLOGY), "product_install_technology"),
            models.CheckConstraint(
                condition=Q(gvlk="", gvlk_source=None) | (~Q(gvlk="") & Q(gvlk_source__isnull=False)),
                name="product_gvlk_with_source",
                violation_error_message="A GVLK and its source go together.",
            ),
            name_once("product"),
            texts_fit("product"),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A plan puts every computer of a group on its MAK when nothing else will do: the group must have one."""
        super().clean()
        if self.group and self.family != self.group.family:
            raise ValidationError({"family": f"Must be {self.group.family}, the family of its product group."})
        if self.group and not self.group.keys.filter(type="mak").exists():
            raise ValidationError({"group": "This product group has no MAK yet. Add its MAK first."})
