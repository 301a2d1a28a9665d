"""Files that administrators already have -> what is in them, counted.

looking.look (bytes on disk -> Shape: encoding, delimiter, headings; a Format; columns with roles; all changeable)
-> reading.read (-> Tally: rows grouped by what they say, and the rows refused) -> what they mean, where they go.
A file is never in memory as a whole, names of computers are kept nowhere, and product keys are cut as they are read.
"""
