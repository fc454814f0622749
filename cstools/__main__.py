"""``python -m cstools``."""

from cstools.cli import main

if __name__ == "__main__":
    main()
