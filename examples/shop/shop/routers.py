"""Which database a model lives in."""


class LogisticsRouter:
    """Sends the logistics app to its own database and keeps everything else out of it."""

    app_label = "logistics"
    alias = "logistics"

    def db_for_read(self, model, **hints):
        return self.alias if model._meta.app_label == self.app_label else None

    def db_for_write(self, model, **hints):
        return self.db_for_read(model, **hints)

    def allow_migrate(self, db, app_label, **hints):
        return (db == self.alias) == (app_label == self.app_label)
