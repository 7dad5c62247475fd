"""`python -m man_site.embedded` is the demo."""

import sys

from man_site.embedded.demo import main

sys.exit(main())
