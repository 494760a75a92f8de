"""`extra` must not overwrite an attribute of the log record."""

BASE = "try_reserved_log_key"
WRONG = "missing outcome"

REFERENCE = {
    """    module = Module.objects.get(name=name)
""": """\
    module = Module.objects.filter(name=name).first()
    if module is None:
        logger.info("module.not_found", extra={"name": name})
        return
""",
}
