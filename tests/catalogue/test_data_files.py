"""Wrong data files: every error is named with its file, row and field, all of them at once."""

import tomllib

import pytest

from activation.files import FOLDER, CatalogueFilesError, read_files


def errors_of(data_files):
    with pytest.raises(CatalogueFilesError) as caught:
        read_files(data_files.folder)
    return [str(error) for error in caught.value.errors]


GROUP_7 = 'slug = "windows-7"\nname = "Windows 7"\nfamily = "client"\n'


def test_the_shipped_files_are_read_without_an_error():
    assert read_files().version == "2026-11-24"


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        (
            "groups.toml",
            GROUP_7,
            GROUP_7.replace("client", "desktop"),
            'groups.toml: group windows-7: family: must be one of client, server, office, not "desktop"',
        ),
        (
            "groups.toml",
            GROUP_7,
            GROUP_7.replace('name = "Windows 7"\n', ""),
            "groups.toml: group windows-7: name: is missing",
        ),
        (
            "groups.toml",
            GROUP_7,
            GROUP_7 + 'colour = "blue"\n',
            "groups.toml: group windows-7: colour: there is no such field",
        ),
        (
            "groups.toml",
            "bios_marker = true",
            'bios_marker = "yes"',
            "groups.toml: group windows-7: bios_marker: must be true or false",
        ),
        (
            "groups.toml",
            'sources = ["EOL"]',
            'sources = ["NOWHERE"]',
            'groups.toml: group windows-server-23h2: sources: there is no source "NOWHERE"',
        ),
        (
            "groups.toml",
            'sources = ["EOL"]',
            "sources = []",
            "groups.toml: group windows-server-23h2: sources: must not be empty",
        ),
        (
            "groups.toml",
            'sources = ["EOL"]',
            'sources = ["EOL", "EOL"]',
            "groups.toml: group windows-server-23h2: sources: names a row twice",
        ),
        (
            "groups.toml",
            'sources = ["EOL"]\n',
            "",
            "groups.toml: group windows-server-23h2: sources: is missing",
        ),
        (
            "groups.toml",
            '[[group]]\nslug = "windows-7"',
            '[[group]]\nslug = "windows 7"',
            'groups.toml: group windows 7: slug: "windows 7" does not have the form of a slug',
        ),
        (
            "groups.toml",
            GROUP_7,
            GROUP_7.replace('"Windows 7"', '"Windows\\u0000 7"'),
            "groups.toml: group windows-7: name: holds a control character",
        ),
        (
            "groups.toml",
            GROUP_7,
            GROUP_7.replace('"Windows 7"', f'"{"x" * 201}"'),
            "groups.toml: group windows-7: name: is longer than 200 characters",
        ),
        (
            "products.toml",
            'slug = "windows-7-professional"\nname = "Windows 7 Professional"\ngroup = "windows-7"\n',
            'slug = "windows-7-professional"\nname = "Windows 7 Professional"\ngroup = "windows-77"\n',
            'products.toml: product windows-7-professional: group: there is no product group "windows-77"',
        ),
        (
            "products.toml",
            'slug = "windows-7-professional"\nname = "Windows 7 Professional"\n',
            'slug = "windows-7-professional"\nname = "windows 7  ENTERPRISE"\n',
            'products.toml: product windows-7-professional: name: "windows 7  ENTERPRISE" is the name of two rows',
        ),
        (
            "products.toml",
            'slug = "windows-7-professional"\nname = "Windows 7 Professional"\ngroup = "windows-7"\n',
            'slug = "windows-7-professional"\nname = "Windows 7 Professional"\ngroup = "office-2010"\n',
            'products.toml: product windows-7-professional: family: must be "office", the family of its group',
        ),
        (
            "keys.toml",
            '  {group = "windows-vista", evidence = "documented", sources = ["L.FAQ", "L.TBL7", "L.FF412"]},\n',
            '  {group = "windows-vista", evidence = "hearsay", sources = ["L.FAQ", "L.TBL7", "L.FF412"]},\n',
            "keys.toml: coverage kms-windows-7/windows-vista: evidence: must be one of documented, older-document, "
            'derived, unclear, by-analogy, not "hearsay"',
        ),
        (
            "keys.toml",
            '  {group = "windows-vista", evidence = "documented", sources = ["L.FAQ", "L.TBL7", "L.FF412"]},\n',
            '  {group = "windows-server-2008-a", evidence = "documented", sources = ["L.FAQ"]},\n',
            "keys.toml: coverage kms-windows-7/windows-server-2008-a: group: a client key activates no server group",
        ),
        (
            "keys.toml",
            'evidence = "confirmed", sources = ["L.TBL7", "L.DEPKMS", "L.STEP1"]},',
            'evidence = "confirmed"},',
            "keys.toml: host kms-windows-7/windows-7: sources: needed when allowed is given",
        ),
        (
            "support.toml",
            'extended_end = "2017-04-11"',
            'extended_end = "2017-02-30"',
            "support.toml: support windows-vista-sp2: extended_end: there is no day 2017-02-30",
        ),
        (
            "support.toml",
            'extended_end = "2017-04-11"',
            'extended_end = "2011-04-11"',
            "support.toml: support windows-vista-sp2: extended_end: mainstream, extended and ESU dates must follow "
            "each other",
        ),
        (
            "support.toml",
            'extended_end = "2017-04-11"',
            "extended_end = 2017-04-11",
            "support.toml: support windows-vista-sp2: extended_end: must be text",
        ),
        (
            "rules.toml",
            "params = {client = 25, server = 5, office = 5}",
            "params = {client = 25, server = -5, office = 5}",
            "rules.toml: rule R-THRESH: params: must be a whole number from 0 to 2147483647",
        ),
        ("about.toml", 'version = "2026-11-24"\n', "", "about.toml: version: must not be empty"),
    ],
)
def test_an_error_names_its_file_row_and_field(data_files, file, old, new, error):
    data_files.replace(file, old, new)
    assert error in errors_of(data_files)


def test_all_errors_of_all_files_are_named_at_once(data_files):
    data_files.replace("groups.toml", GROUP_7, GROUP_7.replace("client", "desktop"))
    data_files.replace("support.toml", 'extended_end = "2017-04-11"', 'extended_end = "soon"')
    data_files.replace("rules.toml", 'slug = "R-OPEN"', 'slug = "R OPEN"')
    assert errors_of(data_files) == [
        'groups.toml: group windows-7: family: must be one of client, server, office, not "desktop"',
        "support.toml: support windows-vista-sp2: extended_end: must be a day in quotes, YYYY-MM-DD",
        'rules.toml: rule R OPEN: slug: "R OPEN" does not have the form of a slug',
    ]


def test_a_row_that_stands_in_a_file_twice_is_named(data_files):
    data_files.append("systems.toml", '\n[[system]]\nslug = "windows-7"\nname = "Seven"\nfamily = "client"\n')
    assert errors_of(data_files) == ["systems.toml: system windows-7: slug: stands in the file twice"]


def test_a_group_that_a_key_activates_twice_is_named(data_files):
    line = '  {group = "windows-vista", evidence = "documented", sources = ["L.FAQ", "L.TBL7", "L.FF412"]},\n'
    data_files.replace("keys.toml", line, line + line)
    assert errors_of(data_files) == ["keys.toml: coverage kms-windows-7/windows-vista: group: stands in the file twice"]


def test_a_group_without_its_mak_is_named(data_files):
    data_files.cut("keys.toml", "mak-office-2024")
    assert errors_of(data_files) == ["groups.toml: group office-2024: slug: needs exactly one MAK, has 0"]


def test_a_row_without_a_slug_is_named_by_its_place(data_files):
    data_files.append("systems.toml", '\n[[system]]\nname = "Windows 12"\nfamily = "client"\n')
    assert errors_of(data_files) == ["systems.toml: system 16: slug: is missing"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"[[system]\n", "not TOML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"system = 3\n", "only tables [[system]] belong here"),
        (b'[[sytem]]\nslug = "windows-7"\n', "sytem: only tables [[system]] belong here"),
        (b"x = " + b"[" * 5000, "not TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(data_files, content, error):
    (data_files.folder / "systems.toml").write_bytes(content)
    (found,) = errors_of(data_files)
    assert found.startswith("systems.toml: ")
    assert error in found


def test_a_file_that_is_missing_is_named(data_files):
    (data_files.folder / "keys.toml").unlink()
    assert "keys.toml: the file is missing" in errors_of(data_files)


def test_hosts_and_activates_that_are_no_lists_are_named(data_files):
    data_files.append(
        "keys.toml",
        '\n[[key]]\nslug = "kms-x"\ntype = "kms"\nname = "X"\ngroup = "windows-7"\nactivates = "all"\nhosts = 3\n',
    )
    assert errors_of(data_files) == [
        "keys.toml: key kms-x: activates: must be a list of tables",
        "keys.toml: key kms-x: hosts: must be a list of tables",
    ]


def test_a_mak_with_hosts_or_with_another_group_is_named(data_files):
    data_files.replace(
        "keys.toml",
        '  {group = "office-2024", evidence = "by-analogy", sources = ["MS-FAQ-OLD"]},\n]\n',
        '  {group = "office-2024", evidence = "by-analogy", sources = ["MS-FAQ-OLD"]},\n'
        '  {group = "office-2021", evidence = "by-analogy", sources = ["MS-FAQ-OLD"]},\n]\n'
        'hosts = [{system = "windows-10", allowed = true, sources = ["OFF-MAK"]}]\n',
    )
    assert errors_of(data_files) == [
        "keys.toml: key mak-office-2024: hosts: a MAK has no hosts",
        "keys.toml: coverage mak-office-2024/office-2021: group: a MAK activates its own group only",
    ]


def test_no_product_key_but_a_public_one_is_in_the_files():
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml") if path.name != "products.toml")
    avma = {row["key"] for row in tomllib.loads((FOLDER / "avma.toml").read_text(encoding="utf-8"))["guest_key"]}
    assert product_keys(text) == avma


def product_keys(text):
    words = text.replace('"', " ").split()
    return {word for word in words if len(word) == 29 and word.count("-") == 4 and word.isupper()}
