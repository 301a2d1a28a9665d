"""Computers of Active Directory: Get-ADComputer and Export-Csv. Columns: PSD-ADC, TP-CAP."""

from planner.imports.formats.format import Format, Role

FORMAT = Format(
    slug="active-directory",
    name="Computers of Active Directory",
    content="computers",
    columns={
        Role.SYSTEM: ("OperatingSystem",),
        Role.VERSION: ("OperatingSystemVersion",),
        Role.NAME: ("Name", "DNSHostName", "SamAccountName"),
        Role.OU: ("DistinguishedName", "CanonicalName"),
        Role.SITE: ("Location",),
        Role.ENABLED: ("Enabled",),
        Role.LAST_LOGON: ("LastLogonDate",),
    },
    needs=(("OperatingSystem",),),
    command=(
        "Get-ADComputer -Filter * -Properties OperatingSystem,OperatingSystemVersion,LastLogonDate | "
        "Select-Object Name,Enabled,OperatingSystem,OperatingSystemVersion,"
        "@{n='LastLogonDate';e={if ($_.LastLogonDate) {$_.LastLogonDate.ToString('yyyy-MM-dd')}}},DistinguishedName | "
        "Export-Csv -Path computers.csv -NoTypeInformation -Encoding UTF8"
    ),
    sources=("PSD-ADC", "TP-CAP"),
)
