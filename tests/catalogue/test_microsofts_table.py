"""Microsoft's own table of KMS host keys and the editions they activate, typed out by hand, against the data files.

Rows of Vista, 7 and Windows Server 2008 R2: sources L.TBL7 and L.FAQ. Rows of Windows Server 2008: the hierarchy of
L.CC308698 and L.HIED, which print group B (Standard, Enterprise, Web and Vista). The N and E editions and the editions
without Hyper-V belong to the volume editions that the table names in short.
"""

import pytest

from activation.rules.catalogue import COVERING_EVIDENCE
from activation.shipped import shipped

VISTA = {"Windows Vista Business", "Windows Vista Business N", "Windows Vista Enterprise", "Windows Vista Enterprise N"}
SEVEN = {
    "Windows 7 Professional",
    "Windows 7 Professional N",
    "Windows 7 Professional E",
    "Windows 7 Enterprise",
    "Windows 7 Enterprise N",
    "Windows 7 Enterprise E",
}
A_2008 = {"Windows Web Server 2008", "Windows Server 2008 HPC Edition"}
B_2008 = {
    "Windows Server 2008 Standard",
    "Windows Server 2008 Standard without Hyper-V",
    "Windows Server 2008 Enterprise",
    "Windows Server 2008 Enterprise without Hyper-V",
}
C_2008 = {
    "Windows Server 2008 Datacenter",
    "Windows Server 2008 Datacenter without Hyper-V",
    "Windows Server 2008 for Itanium-Based Systems",
}
A_R2 = {"Windows Web Server 2008 R2", "Windows Server 2008 R2 HPC Edition", "Windows HPC Server 2008 R2"}
B_R2 = {"Windows Server 2008 R2 Standard", "Windows Server 2008 R2 Enterprise"}
C_R2 = {"Windows Server 2008 R2 Datacenter", "Windows Server 2008 R2 for Itanium-Based Systems"}

#: The column "can activate these Windows editions", by KMS host key.
KMS = {
    "kms-windows-vista": VISTA,
    "kms-windows-7": VISTA | SEVEN,
    "kms-windows-server-2008-a": VISTA | A_2008,
    "kms-windows-server-2008-b": VISTA | A_2008 | B_2008,
    "kms-windows-server-2008-c": VISTA | A_2008 | B_2008 | C_2008,
    "kms-windows-server-2008-r2-a": VISTA | SEVEN | A_2008 | A_R2,
    "kms-windows-server-2008-r2-b": VISTA | SEVEN | A_2008 | A_R2 | B_2008 | B_R2,
    "kms-windows-server-2008-r2-c": VISTA | SEVEN | A_2008 | A_R2 | B_2008 | B_R2 | C_2008 | C_R2,
}
#: The column of the MAKs: each its own product group.
MAK = {
    "mak-windows-vista": VISTA,
    "mak-windows-7": SEVEN,
    "mak-windows-server-2008-a": A_2008,
    "mak-windows-server-2008-b": B_2008,
    "mak-windows-server-2008-c": C_2008,
    "mak-windows-server-2008-r2-a": A_R2,
    "mak-windows-server-2008-r2-b": B_R2,
    "mak-windows-server-2008-r2-c": C_R2,
}


def editions_of(key: str, evidence: frozenset[str]) -> set[str]:
    """The names of all products in the groups that the key activates with this evidence."""
    catalogue = shipped()
    groups = {coverage.group for coverage in catalogue.keys[key].activates if coverage.evidence in evidence}
    return {product.name for product in catalogue.products.values() if product.group in groups}


@pytest.mark.parametrize("key", KMS)
def test_a_kms_host_key_activates_exactly_the_editions_of_its_row(key):
    assert editions_of(key, COVERING_EVIDENCE) == KMS[key]


@pytest.mark.parametrize("key", KMS)
def test_each_row_of_the_table_is_documented(key):
    assert editions_of(key, frozenset({"documented"})) == KMS[key]


@pytest.mark.parametrize("key", MAK)
def test_a_mak_activates_exactly_its_own_product_group(key):
    assert editions_of(key, frozenset({"documented"})) == MAK[key]


def test_no_key_of_the_2008_generation_activates_windows_7_or_2008_r2():
    for key in ("kms-windows-vista", *(f"kms-windows-server-2008-{letter}" for letter in "abc")):
        assert not editions_of(key, COVERING_EVIDENCE) & (SEVEN | A_R2 | B_R2 | C_R2)


def test_no_client_key_activates_a_server():
    catalogue = shipped()
    for slug, key in catalogue.kms_keys.items():
        if catalogue.groups[key.group].family == "client":
            assert {catalogue.groups[coverage.group].family for coverage in key.activates} == {"client"}, slug


def test_each_office_key_activates_its_own_version_alone():
    catalogue = shipped()
    office = [key for key in catalogue.kms_keys.values() if catalogue.groups[key.group].family == "office"]
    assert len(office) == 6
    assert all([coverage.group for coverage in key.activates] == [key.group] for key in office)


@pytest.mark.parametrize("year", ["2016", "2019", "2022", "2025"])
def test_the_server_keys_of_today_do_not_list_windows_vista_or_windows_8(year):
    groups = {coverage.group for coverage in shipped().keys[f"kms-windows-server-{year}"].activates}
    assert {"windows-7", "windows-8-1", "windows-10"} <= groups
    assert not groups & {"windows-vista", "windows-8"}


def test_the_2019_server_key_does_not_list_windows_11_and_the_2022_key_does():
    keys = shipped().keys
    assert "windows-11" not in {coverage.group for coverage in keys["kms-windows-server-2019"].activates}
    assert "windows-11" in {coverage.group for coverage in keys["kms-windows-server-2022"].activates}
