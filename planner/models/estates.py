"""An estate: the licence inventory of an organisation, and its scenarios, which are copies to try changes on.

The fields are those of estate/1. Products, keys and host systems are named by their slugs in the catalogue, which never
change. Every row carries a version that each change raises: who changes a row says which version was read.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone

from activation.rules.estate_document import AGREEMENTS, CONTACTS, MOST, RESERVE
from activation.rules.reading import NAME_LENGTH
from planner.models.folded import FoldedField
from planner.models.organisations import Organisation

KEPT_OF_KEY = 5  #: characters of a product key


def _choices(*words: str) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


def _in(field: str, words: tuple[str, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": words}), name=name)


def _between(field: str, least: int, most: int, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__gte": least, f"{field}__lte": most}), name=name)


class Estate(models.Model):
    """The inventory of an organisation (`scenario` false, one each), or a scenario.

    `revision` is raised by every change of any row of it: what was computed from one revision holds as long as it
    stays. `version` is for the fields of this row alone. A scenario that was removed is kept, so that it can come back.
    """

    kind: ClassVar[str] = "estate"
    fields: ClassVar[tuple[str, ...]] = (
        *("name", "scenario", "agreement", "evidence", "count_old_virtual", "mak_reserve_percent", "removed"),
    )

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="estates")
    name = models.CharField("name", max_length=100, blank=True, help_text="Empty for the inventory")
    scenario = models.BooleanField(default=False, editable=False)
    based_on = models.ForeignKey("SavedPlan", models.SET_NULL, null=True, blank=True, related_name="scenarios")
    agreement = models.CharField("agreement", max_length=10, blank=True, choices=_choices(*AGREEMENTS))
    evidence = models.CharField("evidence", max_length=10, default="all", choices=_choices("all", "documented"))
    count_old_virtual = models.BooleanField("count virtual Vista and 2008", default=False)
    mak_reserve_percent = models.PositiveSmallIntegerField("MAK reserve", default=0, help_text="Per cent")
    revision = models.PositiveBigIntegerField(default=1, editable=False)
    copied_revision = models.PositiveBigIntegerField(null=True, editable=False, help_text="Of the inventory")
    changed = models.DateTimeField(default=timezone.now, editable=False)
    removed = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint("organisation", condition=Q(scenario=False), name="one_inventory_each"),
            models.CheckConstraint(condition=Q(scenario=False) | ~Q(name=""), name="scenario_named"),
            models.CheckConstraint(condition=Q(removed=None) | Q(scenario=True), name="inventory_stays"),
            _in("agreement", ("", *AGREEMENTS), "estate_agreement"),
            _in("evidence", ("all", "documented"), "estate_evidence"),
            _between("mak_reserve_percent", 0, RESERVE, "estate_reserve"),
        )

    def __str__(self) -> str:
        return self.name or "Estate"


class EstateRow(models.Model):
    """A row of one of the four tables of an estate. `fields`: what people edit, and what the history keeps."""

    kind: ClassVar[str]
    fields: ClassVar[tuple[str, ...]]
    estate_id: int

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ("pk",)
        default_permissions = ()


class Network(EstateRow):
    """Computers that reach each other; `kms_via` is the network whose KMS hosts they reach."""

    kind = "network"
    fields = ("name", "kms", "kms_via", "microsoft", "isolated", "kms_host_systems", "active_directory")

    estate = models.ForeignKey(Estate, models.CASCADE, related_name="networks")
    name = models.CharField("name", max_length=NAME_LENGTH)
    kms = models.BooleanField("KMS hosts may be placed here", default=True)
    kms_via = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="led_here")
    microsoft = models.CharField(
        "way to Microsoft", max_length=6, default="direct", choices=_choices("direct", "proxy")
    )
    isolated = models.BooleanField("isolated", default=False)
    kms_host_systems: models.JSONField[Any, Any] = models.JSONField(
        "machines for KMS hosts outside the listed computers", default=list, blank=True
    )
    active_directory = models.BooleanField("Active Directory-based activation", default=False)
    name_folded = FoldedField("name")

    class Meta(EstateRow.Meta):
        constraints = (
            models.UniqueConstraint("estate", "name", name="network_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="network_named"),
            models.CheckConstraint(condition=Q(kms_via=None) | ~Q(kms_via=F("pk")), name="network_not_via_itself"),
            _in("microsoft", ("direct", "proxy"), "network_way"),
        )

    def __str__(self) -> str:
        return self.name


class ComputerLine(EstateRow):
    """Computers of one kind in one network: `count` of them, `virtual` of these, `avma` of the virtual ones."""

    kind = "computers"
    fields = ("network", "product", "count", "virtual", "contact", "activate", "domain_joined", "avma", "note")

    estate = models.ForeignKey(Estate, models.CASCADE, related_name="computers")
    network = models.ForeignKey(Network, models.RESTRICT, related_name="computers")
    product = models.CharField("product", max_length=100, db_index=True)
    count = models.PositiveIntegerField("computers")
    virtual = models.PositiveIntegerField("of these virtual", default=0)
    contact = models.CharField("contact", max_length=7, default="regular", choices=_choices(*CONTACTS))
    activate = models.BooleanField("to be activated", default=True)
    domain_joined = models.BooleanField("in the domain", default=False)
    avma = models.PositiveIntegerField("of the virtual ones AVMA guests", default=0)
    note = models.CharField("note", max_length=200, blank=True)
    note_folded = FoldedField("note")

    class Meta(EstateRow.Meta):
        constraints = (
            models.CheckConstraint(condition=~Q(product=""), name="computers_of_a_product"),
            _between("count", 1, MOST, "computers_count"),
            models.CheckConstraint(condition=Q(virtual__lte=F("count")), name="computers_virtual"),
            models.CheckConstraint(condition=Q(avma__lte=F("virtual")), name="computers_avma"),
            _in("contact", CONTACTS, "computers_contact"),
        )

    def __str__(self) -> str:
        return f"{self.count} {self.product}"


class LicenceLine(EstateRow):
    """Volume licences of one product."""

    kind = "licences"
    fields = ("product", "quantity", "note")

    estate = models.ForeignKey(Estate, models.CASCADE, related_name="licences")
    product = models.CharField("product", max_length=100)
    quantity = models.PositiveIntegerField("licences")
    note = models.CharField("note", max_length=200, blank=True)
    note_folded = FoldedField("note")

    class Meta(EstateRow.Meta):
        constraints = (
            models.CheckConstraint(condition=~Q(product=""), name="licences_of_a_product"),
            _between("quantity", 0, MOST, "licences_quantity"),
        )

    def __str__(self) -> str:
        return f"{self.quantity} {self.product}"


class HeldKey(EstateRow):
    """A key that the organisation has: never the key itself, at most its last five characters.

    `used`: a MAK's activations that remain, or a KMS host key's hosts that use it.
    """

    kind = "key"
    fields = ("key", "used", "last_five", "note")

    estate = models.ForeignKey(Estate, models.CASCADE, related_name="keys")
    key = models.CharField("key", max_length=100)
    used = models.PositiveIntegerField("remaining or hosts used")
    last_five = models.CharField("last five characters", max_length=KEPT_OF_KEY, blank=True)
    note = models.CharField("note", max_length=200, blank=True)
    note_folded = FoldedField("note")

    class Meta(EstateRow.Meta):
        constraints = (
            models.UniqueConstraint("estate", "key", name="key_held_once"),
            models.CheckConstraint(condition=~Q(key=""), name="held_key_named"),
            _between("used", 0, MOST, "held_key_used"),
            models.CheckConstraint(
                condition=Q(last_five="") | Q(last_five__length=KEPT_OF_KEY), name="held_key_last_five"
            ),
        )

    def __str__(self) -> str:
        return self.key


models.CharField.register_lookup(Length)

#: The tables of an estate, in the order in which they can be filled: computers name networks.
TABLES: tuple[type[EstateRow], ...] = (Network, ComputerLine, LicenceLine, HeldKey)
