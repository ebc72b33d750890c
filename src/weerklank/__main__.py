"""``python -m weerklank``: the command line."""

import sys

from weerklank.cli import main

sys.exit(main())
