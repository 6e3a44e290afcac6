"""Pages about persons: finding them, their files, corrections of these and papers that prove them.

keys           what a person is found and ordered by, stored and kept up to date by every act
searching      a typed search as conditions on the stored keys
filtering      what a list is narrowed to, ordered by and shows; one reading of the address
listing        a page of the list: rows with the columns one may see
file           what the records say of a person, section by section, now or as known on a day
timeline       posts and levels over the years as a drawing
changes        who changed what, when, why and on which paper, in words
correcting     forms from the declarations; writing a row, or proposing to
proposing      corrections that a second person confirms
fitness        which vacant posts a person could take, and why not the others
evidence       scans that prove something, by content
printing       the 任免审批表 of a person, and lists as workbooks
"""
