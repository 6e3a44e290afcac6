"""`python -m banzi` is the `banzi` command."""

from banzi.cli.main import main

if __name__ == "__main__":
    main()
