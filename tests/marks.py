"""What a test needs of the database, by name."""

import pytest

# Really commits, so that threads, workers and browsers see it; emptied by the owner after.
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
