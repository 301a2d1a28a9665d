"""The catalogue as tables: what the data files hold, and what administrators make of it.

Each model has the fields of its kind in `activation.rows`. The order of the classes is the order of dependency.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from activation.fields import (
    FiguresField,
    NumbersField,
    TextsField,
    choices_of,
    mark_field,
    name_once,
    one_of,
    slug_field,
)
from activation.rows import CAPTION_CONFIDENCE, EVIDENCE, FAMILIES, INSTALL_TECHNOLOGY, KEY_TYPES, SEVERITIES


class Source(models.Model):
    """A public document."""

    slug = mark_field()
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    where = models.TextField(blank=True, help_text="Address or repository path")
    date = models.CharField(max_length=100, blank=True, help_text="In the document's own words")
    seen = models.TextField(blank=True, help_text="How much of it was read")

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return f"{self.slug}: {self.title}"


class ProductGroup(models.Model):
    """What Microsoft issues keys for."""

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
    note = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, related_name="groups")

    class Meta:
        ordering = ("slug",)
        constraints = (one_of("family", FAMILIES, "group_family"), name_once("group"))

    def __str__(self) -> str:
        return self.name


class HostSystem(models.Model):
    """A system that can be a KMS host. `position` is the order of age within a family, the oldest first."""

    slug = slug_field()
    name = models.CharField(max_length=200)
    family = models.CharField(max_length=40, choices=choices_of(FAMILIES[:2]))
    position = models.PositiveIntegerField(default=0, help_text="Order of age within the family, the oldest first")

    class Meta:
        ordering = ("position", "slug")
        constraints = (one_of("family", FAMILIES[:2], "system_family"), name_once("system"))

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """An edition that is licensed or installed. Without a group it has no volume activation."""

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
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A plan puts every computer of a group on its MAK when nothing else will do: the group must have one."""
        if self.group and self.family != self.group.family:
            raise ValidationError({"family": f"Must be {self.group.family}, the family of its product group."})
        if self.group and not self.group.keys.filter(type="mak").exists():
            raise ValidationError({"group": "This product group has no MAK yet. Add its MAK first."})


class Key(models.Model):
    """A KMS host key or a MAK: what it is called and what it does, never the key itself."""

    slug = slug_field()
    type = models.CharField(max_length=40, choices=(("kms", "KMS host key"), ("mak", "MAK")))
    name = models.CharField(max_length=200)
    group = models.ForeignKey(ProductGroup, models.PROTECT, related_name="keys")
    aliases = TextsField("other names", default=list, blank=True, help_text="One a line")
    comes_with = models.ManyToManyField(
        ProductGroup,
        related_name="brings_keys",
        blank=True,
        help_text="Product groups of which any one, when licensed, gives the key. Empty: its own group",
    )
    kms_host_activation_id = models.CharField("KMS host activation id", max_length=36, blank=True)
    volume_license_pack = models.CharField("volume license pack", max_length=200, blank=True)
    note = models.TextField(blank=True)

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
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        before = Key.objects.filter(pk=self.pk, type="mak").exclude(type=self.type, group_id=self.group_id).first()
        if before and before.group.products.exists():
            raise ValidationError("Products need this MAK: its type and product group must stay.")

    def needed_by(self) -> models.QuerySet[Product]:
        """The products that would be left without a MAK."""
        return self.group.products.all() if self.type == "mak" else Product.objects.none()


class Coverage(models.Model):
    """One product group that a key activates, and how well that is known."""

    key = models.ForeignKey(Key, models.CASCADE, related_name="activates")
    group = models.ForeignKey(ProductGroup, models.PROTECT, related_name="activated_by")
    evidence = models.CharField(max_length=40, choices=choices_of(EVIDENCE))
    sources = models.ManyToManyField(Source, related_name="coverages")

    class Meta:
        ordering = ("key", "group")
        verbose_name_plural = "coverage"
        constraints = (
            one_of("evidence", EVIDENCE, "coverage_evidence"),
            models.UniqueConstraint(fields=("key", "group"), name="coverage_once"),
        )

    def __str__(self) -> str:
        return f"{self.key} activates {self.group}"


class HostOption(models.Model):
    """One system that may, may not or may perhaps carry a KMS host key."""

    key = models.ForeignKey(Key, models.CASCADE, related_name="hosts")
    system = models.ForeignKey(HostSystem, models.PROTECT, related_name="carries")
    allowed = models.BooleanField(null=True, blank=True, help_text="Unknown: not established")
    and_later = models.BooleanField("and later systems", default=False)
    requires = models.TextField(blank=True, help_text="The update that the host needs first")
    evidence = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, related_name="host_options", blank=True)

    class Meta:
        ordering = ("key", "system")
        constraints = (models.UniqueConstraint(fields=("key", "system"), name="host_option_once"),)

    def __str__(self) -> str:
        return f"{self.key} on {self.system}"


class SupportDate(models.Model):
    """When support ends."""

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
        )

    def __str__(self) -> str:
        return f"{self.product}: {self.extended_end}"


class Dispute(models.Model):
    """A point on which sources disagree: both sides, and which one the plan uses."""

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
        constraints = (one_of("severity", ("", *SEVERITIES), "dispute_severity"),)

    def __str__(self) -> str:
        return f"{self.slug}: {self.topic}"


class Rule(models.Model):
    """A stated rule with its figures."""

    slug = mark_field()
    text = models.TextField()
    params = FiguresField("figures", default=dict, blank=True, help_text="One a line: name = number")
    status = models.CharField(max_length=200)
    dispute = models.ForeignKey(Dispute, models.PROTECT, null=True, blank=True, related_name="rules")
    sources = models.ManyToManyField(Source, related_name="rules")

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return f"{self.slug}: {self.text}"


class ShippedRow(models.Model):
    """The digest of a row as the data files last had it: tells "untouched" from "edited here" and "deleted here"."""

    kind = models.CharField(max_length=40)
    identity = models.CharField(max_length=200)
    digest = models.CharField(max_length=71)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "identity"), name="shipped_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.identity}"


class CatalogueState(models.Model):
    """One row: which catalogue the tables hold. A process keeps a catalogue as long as this digest stands."""

    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=71)
    changed = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="catalogue_state_one_row"),)

    def __str__(self) -> str:
        return f"{self.version} {self.digest}"
