"""Long work outside of requests: jobs in the database, done by worker processes.

jobs       what other apps use: `@job("kind")`, `enqueue`, `cancel`
running    one job from its claim to its end: progress, heartbeat, effects
claiming   who does what: claim, take back from the dead, give back
worker     the process: `banzi site work`, or a child of `banzi site serve`
"""
