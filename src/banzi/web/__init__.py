"""The site: records, teams, rules and plans for an office of people, on one PC or a server.

Truth is the database here; the engine works on rosters frozen from it (`web.records.freezing`).
Nothing below this package knows that it exists.

    config     settings, addresses, navigation
    shared     what every page uses: layout, texts in two languages, fragments, lists, paging
    audit      acts: every write, by whom and why, chained; the log of who read what
    accounts   who may sign in and do what: rights, field classes, the three administrators
    jobs       long work outside of requests: import, plans, papers
    auditing   the pages of the auditor: acts, reads, the check of the record, anchors
    records    the tables of `people`, `teams` and `roster` as models, and rosters frozen from them
    targets    structure targets and post profiles as an office keeps them
    organs     organs, teams and posts as pages; tables of figures with the names behind them
    exchange   packages for other offices, made with what the account may release
    rulebook   the law browsed, targets and profiles edited
    home       the first page, what falls due, doubts about the data
"""
