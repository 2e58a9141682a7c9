"""``python -m bench.contracts``."""

import sys

if __name__ == "__main__":
    from bench.contracts.run import main

    sys.exit(main())
