import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Estate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Empty for the inventory", max_length=100, verbose_name="name"
                    ),
                ),
                ("scenario", models.BooleanField(default=False, editable=False)),
                (
                    "agreement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enterprise", "enterprise"),
                            ("select", "select"),
                            ("open", "open"),
                            ("open-value", "open-value"),
                            ("campus", "campus"),
                            ("spla", "spla"),
                        ],
                        max_length=10,
                        verbose_name="agreement",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[("all", "all"), ("documented", "documented")],
                        default="all",
                        max_length=10,
                        verbose_name="evidence",
                    ),
                ),
                ("count_old_virtual", models.BooleanField(default=False, verbose_name="count virtual Vista and 2008")),
                (
                    "mak_reserve_percent",
                    models.PositiveSmallIntegerField(default=0, help_text="Per cent", verbose_name="MAK reserve"),
                ),
                ("revision", models.PositiveBigIntegerField(default=1, editable=False)),
                ("changed", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("removed", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ("pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("kms", models.BooleanField(default=True, verbose_name="KMS hosts may be placed here")),
                (
                    "microsoft",
                    models.CharField(
                        choices=[("direct", "direct"), ("proxy", "proxy")],
                        default="direct",
                        max_length=6,
                        verbose_name="way to Microsoft",
                    ),
                ),
                ("isolated", models.BooleanField(default=False, verbose_name="isolated")),
                (
                    "kms_host_systems",
                    models.JSONField(
                        blank=True, default=list, verbose_name="machines for KMS hosts outside the listed computers"
                    ),
                ),
                (
                    "active_directory",
                    models.BooleanField(default=False, verbose_name="Active Directory-based activation"),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="networks", to="planner.estate"
                    ),
                ),
                (
                    "kms_via",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="led_here",
                        to="planner.network",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ComputerLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("product", models.CharField(db_index=True, max_length=100, verbose_name="product")),
                ("count", models.PositiveIntegerField(verbose_name="computers")),
                ("virtual", models.PositiveIntegerField(default=0, verbose_name="of these virtual")),
                (
                    "contact",
                    models.CharField(
                        choices=[("regular", "regular"), ("rare", "rare"), ("none", "none")],
                        default="regular",
                        max_length=7,
                        verbose_name="contact",
                    ),
                ),
                ("activate", models.BooleanField(default=True, verbose_name="to be activated")),
                ("domain_joined", models.BooleanField(default=False, verbose_name="in the domain")),
                ("avma", models.PositiveIntegerField(default=0, verbose_name="of the virtual ones AVMA guests")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="computers", to="planner.estate"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="computers", to="planner.network"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("slug", models.SlugField(editable=False, max_length=60, unique=True)),
                ("created", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ("name", "pk"),
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="organisation_named")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "viewer: reads and exports"),
                            ("editor", "editor: changes the estate and the plans"),
                            ("owner", "owner: also manages members and deletes"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="planner.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("viewer", "viewer: reads and exports"),
                            ("editor", "editor: changes the estate and the plans"),
                            ("owner", "owner: also manages members and deletes"),
                        ],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("secret_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("by", models.CharField(editable=False, max_length=150)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("accepted", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="planner.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="estate",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="estates", to="planner.organisation"
            ),
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("person_name", models.CharField(max_length=150)),
                ("request_id", models.CharField(max_length=32)),
                ("what", models.CharField(max_length=200)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="planner.act",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="acts",
                        to="planner.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, verbose_name="key")),
                ("on", models.DateField(verbose_name="day")),
                ("used", models.PositiveIntegerField(verbose_name="remaining or hosts used")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="planner.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-on", "key"),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SavedPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="note")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("by", models.CharField(editable=False, max_length=150)),
                ("estate_revision", models.PositiveBigIntegerField(editable=False)),
                ("estate_document", models.TextField(editable=False)),
                ("digest", models.CharField(editable=False, max_length=71)),
                ("plan_document", models.TextField(editable=False)),
                ("removed", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "of",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plans",
                        to="planner.estate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="planner.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="estate",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="scenarios",
                to="planner.savedplan",
            ),
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisation", "organisation"),
                            ("member", "member"),
                            ("invitation", "invitation"),
                            ("estate", "estate"),
                            ("network", "network"),
                            ("computers", "computers"),
                            ("licences", "licences"),
                            ("key", "key"),
                            ("plan", "plan"),
                            ("reading", "reading"),
                        ],
                        max_length=12,
                    ),
                ),
                ("row", models.BigIntegerField()),
                ("estate", models.BigIntegerField(null=True)),
                ("label", models.CharField(max_length=250)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="planner.act"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "row"], name="change_of_row")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "organisation",
                                    "member",
                                    "invitation",
                                    "estate",
                                    "network",
                                    "computers",
                                    "licences",
                                    "key",
                                    "plan",
                                    "reading",
                                ),
                            )
                        ),
                        name="change_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("key", models.CharField(max_length=100, verbose_name="key")),
                ("used", models.PositiveIntegerField(verbose_name="remaining or hosts used")),
                ("last_five", models.CharField(blank=True, max_length=5, verbose_name="last five characters")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="planner.estate"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(models.F("estate"), models.F("key"), name="key_held_once"),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="held_key_named"),
                    models.CheckConstraint(
                        condition=models.Q(("used__gte", 0), ("used__lte", 10000000)), name="held_key_used"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_five", ""), ("last_five__length", 5), _connector="OR"),
                        name="held_key_last_five",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LicenceLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("product", models.CharField(max_length=100, verbose_name="product")),
                ("quantity", models.PositiveIntegerField(verbose_name="licences")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="licences", to="planner.estate"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("product", ""), _negated=True), name="licences_of_a_product"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0), ("quantity__lte", 10000000)), name="licences_quantity"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.UniqueConstraint(models.F("estate"), models.F("name"), name="network_named_once"),
        ),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="network_named"),
        ),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kms_via", None), models.Q(("kms_via", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="network_not_via_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="network",
            constraint=models.CheckConstraint(
                condition=models.Q(("microsoft__in", ("direct", "proxy"))), name="network_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="computerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("product", ""), _negated=True), name="computers_of_a_product"
            ),
        ),
        migrations.AddConstraint(
            model_name="computerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gte", 1), ("count__lte", 10000000)), name="computers_count"
            ),
        ),
        migrations.AddConstraint(
            model_name="computerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("virtual__lte", models.F("count"))), name="computers_virtual"
            ),
        ),
        migrations.AddConstraint(
            model_name="computerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("avma__lte", models.F("virtual"))), name="computers_avma"
            ),
        ),
        migrations.AddConstraint(
            model_name="computerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("contact__in", ("regular", "rare", "none"))), name="computers_contact"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                models.F("organisation"), models.F("person"), name="one_membership_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["viewer", "editor", "owner"])), name="membership_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["viewer", "editor", "owner"])), name="invitation_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("accepted", None)),
                name="one_open_invitation_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                models.F("organisation"), models.F("key"), models.F("on"), name="one_reading_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="reading_of_a_key"),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(condition=models.Q(("used__lte", 10000000)), name="reading_used"),
        ),
        migrations.AddConstraint(
            model_name="savedplan",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="plan_named"),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.UniqueConstraint(
                models.F("organisation"), condition=models.Q(("scenario", False)), name="one_inventory_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(("scenario", False), models.Q(("name", ""), _negated=True), _connector="OR"),
                name="scenario_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(("removed", None), ("scenario", True), _connector="OR"), name="inventory_stays"
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreement__in", ("", "enterprise", "select", "open", "open-value", "campus", "spla"))
                ),
                name="estate_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence__in", ("all", "documented"))), name="estate_evidence"
            ),
        ),
        migrations.AddConstraint(
            model_name="estate",
            constraint=models.CheckConstraint(
                condition=models.Q(("mak_reserve_percent__gte", 0), ("mak_reserve_percent__lte", 1000)),
                name="estate_reserve",
            ),
        ),
    ]
