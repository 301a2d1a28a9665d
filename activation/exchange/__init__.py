"""The whole catalogue as a file, and back: a ZIP of the data files, or a workbook with a sheet a kind.

tables -> zip_file.packed / workbook.written -> a person or a program changes it -> uploaded.read_upload
-> comparing.compare (what is here, what the file says, what both come from) -> a preview -> confirming.confirm
"""
