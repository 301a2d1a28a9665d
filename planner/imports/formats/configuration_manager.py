"""Devices of Configuration Manager: Get-CMDevice, and exports of WQL queries on SMS_R_System. Columns: TP-CM."""

from planner.imports.formats.format import Format, Role

FORMAT = Format(
    slug="configuration-manager",
    name="Devices of Configuration Manager",
    content="computers",
    columns={
        Role.SYSTEM: ("DeviceOS", "OperatingSystemNameandVersion", "SMS_R_System.OperatingSystemNameandVersion"),
        Role.BUILD: ("DeviceOSBuild", "Build", "SMS_R_System.Build"),
        Role.NAME: ("Name", "SMS_R_System.Name"),
        Role.DOMAIN: ("Domain", "SMS_R_System.ResourceDomainORWorkgroup"),
        Role.SITE: ("ADSiteName", "SMS_R_System.ADSiteName"),
    },
    needs=(("DeviceOS", "OperatingSystemNameandVersion", "SMS_R_System.OperatingSystemNameandVersion"),),
    telling=("DeviceOS", "OperatingSystemNameandVersion", "SMS_R_System.OperatingSystemNameandVersion"),
    command=(
        "Get-CMDevice | Select-Object Name,Domain,ADSiteName,DeviceOS,DeviceOSBuild | "
        "Export-Csv -Path devices.csv -NoTypeInformation -Encoding UTF8"
    ),
    hint="DeviceOS alone does not tell Windows Server 2016 from 2019: keep DeviceOSBuild.",
    sources=("TP-CM",),
)
