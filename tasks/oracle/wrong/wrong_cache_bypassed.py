"""The cache is not asked any more: three queries instead of one."""

BASE = "try_cached_getter"
WRONG = "there queries"

REFERENCE = {
    """    store = Store.objects.get_from_cache(pk=store_id)
""": """\
    store = Store.objects.filter(pk=store_id).first()
    if store is None:
        logger.info("store.not_found", extra={"store_id": store_id})
        return
""",
}
