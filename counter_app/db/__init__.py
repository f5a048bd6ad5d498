"""The database: models, guards, migrations, ledgers."""
