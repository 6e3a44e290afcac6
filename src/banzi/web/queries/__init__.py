"""Finding people (选兵点将), statistics with the names behind them, and rosters of one's own make.

    words        what one may ask about: facts of a person, and where the person sits
    population   whom an account may see, with what it may not see left blank
    judging      who meets a condition, who does not, of whom it is not known, and why
    listing      columns, order and texts of a list
    statistics   cross tables over the same people
    templates    .xlsx and .docx of an office, and sets of columns, kept by name

Nothing here judges by rules or chooses anybody: it reads what is on record.
"""
