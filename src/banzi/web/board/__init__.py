"""选配沙盘: teams as columns, people as cards; every move is judged at once, by the engine's rows.

models     projects (one frozen problem each), drafts (who is placed where), readers, signatures
desk       a project's problem in memory, ready to answer
moving     a card is put somewhere: what changes with it, as one act
figures    targets with actual, bound, gap and the names behind them
choosing   everybody who could sit in a post, and what each would be worth
solving    "let the solver finish": a job
"""
