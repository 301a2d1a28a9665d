"""What is licensed and installed: sources, product groups, host systems, products."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from activation.fields import NumbersField, TextsField, choices_of, mark_field, name_once, one_of, slug_field, texts_fit
from activation.models.base import NAME, NOTE, RETIRED, SOURCES, Named
from activation.rows import CAPTION_CONFIDENCE, FAMILIES, INSTALL_TECHNOLOGY


class Source(Named):
    """A public document."""

    kind = "source"

    slug = mark_field()
    publisher = models.CharField(max_length=200, help_text="Who published it, such as Microsoft")
    title = models.CharField(max_length=300, help_text="As it stands on the document")
    where = models.TextField(blank=True, help_text="The address, or the path in a repository")
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
    name = models.CharField(max_length=200, help_text=NAME)
    family = models.CharField(
        max_length=40, choices=choices_of(FAMILIES), help_text="Windows client, Windows Server or Office"
    )
    generation = models.CharField(max_length=40, help_text="Its release, such as 10, 2008 R2 or 2019")
    microsoft_name = models.CharField(
        "Microsoft's name", max_length=200, blank=True, help_text="What Microsoft calls it on its own pages"
    )
    counts_virtual = models.BooleanField(
        "virtual computers count", default=True, help_text="They add to the count of a KMS host"
    )
    adba = models.BooleanField(
        "Active Directory-based activation", default=True, help_text="Active Directory can activate its computers"
    )
    avma = models.BooleanField(
        "AVMA guest", default=False, help_text="A Windows Server Datacenter host can activate it as its guest"
    )
    bios_marker = models.BooleanField(
        "BIOS marker", default=False, help_text="KMS activation needs a Windows marker in the computer's BIOS"
    )
    retired = models.BooleanField(default=False, help_text=RETIRED)
    note = models.TextField(blank=True, help_text=NOTE)
    sources = models.ManyToManyField(Source, related_name="groups", help_text=SOURCES)

    class Meta:
        ordering = ("slug",)
        constraints = (one_of("family", FAMILIES, "group_family"), name_once("group"), texts_fit("group"))

    def __str__(self) -> str:
        return self.name


class HostSystem(Named):
    """A system that can be a KMS host. `position` is the order of age within a family, the oldest first."""

    kind = "system"

    slug = slug_field()
    name = models.CharField(max_length=200, help_text=NAME)
    family = models.CharField(
        max_length=40, choices=choices_of(FAMILIES[:2]), help_text="Windows client or Windows Server"
    )
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
    name = models.CharField(max_length=200, help_text=NAME)
    group = models.ForeignKey(
        ProductGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        help_text="The group whose keys activate it. Empty: it has no volume activation",
    )
    family = models.CharField(
        max_length=40, choices=choices_of(FAMILIES), help_text="Windows client, Windows Server or Office"
    )
    can_host = models.BooleanField(
        "can be a KMS host", default=True, help_text="A computer with this edition may carry a KMS host key"
    )
    aliases = TextsField(
        "other names", default=list, blank=True, help_text="What else people and files call it, one a line"
    )
    gvlk = models.CharField(
        "GVLK",
        max_length=29,
        blank=True,
        validators=[RegexValidator(r"^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}\Z", "Five times five capitals or digits.")],
        help_text="The public client setup key. Never a MAK or KMS host key",
    )
    gvlk_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="source of the GVLK",
        help_text="The document that lists this GVLK",
    )
    os_version = models.CharField(
        "system version", max_length=40, blank=True, help_text="The version that Windows reports, such as 10.0"
    )
    builds = NumbersField("builds", default=list, blank=True, help_text="The build numbers of Windows, one a line")
    operating_system_sku = NumbersField(
        "OperatingSystemSKU",
        default=list,
        blank=True,
        help_text="The edition numbers of Win32_OperatingSystem, one a line",
    )
    captions = TextsField("captions", default=list, blank=True, help_text="One a line, as Windows reports them")
    ad_operating_system = TextsField(
        "names in Active Directory",
        default=list,
        blank=True,
        help_text="The attribute operatingSystem of the computer, one a line",
    )
    caption_confidence = models.CharField(
        max_length=40,
        blank=True,
        choices=choices_of(CAPTION_CONFIDENCE),
        help_text="Whether the captions were seen in a document or follow a pattern",
    )
    product_id = models.CharField(
        "Office product id",
        max_length=80,
        blank=True,
        help_text="The id that the Office Deployment Tool uses, such as Word2021Volume",
    )
    install_technology = models.CharField(
        max_length=40,
        blank=True,
        choices=choices_of(INSTALL_TECHNOLOGY),
        help_text="Windows Installer (MSI) or Click-to-Run (C2R)",
    )
    uninstall_display_names = TextsField(
        "names in the uninstall list",
        default=list,
        blank=True,
        help_text="What Windows lists as the installed program, one a line",
    )
    retired = models.BooleanField(default=False, help_text=RETIRED)
    note = models.TextField(blank=True, help_text=NOTE)

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
