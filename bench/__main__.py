"""``python -m bench``."""

import sys

if __name__ == "__main__":
    from bench.run import main  # not for the processes of the contestants, which read this file

    sys.exit(main())
