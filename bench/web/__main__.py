"""``python -m bench.web``."""

import sys

if __name__ == "__main__":
    from bench.web.run import main

    sys.exit(main())
