"""`python -m companion`: hands over to the command line.

Nothing else is imported here: the engine may have to patch the standard library first.
"""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    from companion import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
