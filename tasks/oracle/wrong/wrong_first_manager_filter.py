"""`filter()` of the manager hides a row that `get()` found."""

BASE = "manager_with_own_filter"
WRONG = "there and hidden rows"

REFERENCE = {
    """    page = Page.objects.get(pk=page_id)
""": """\
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        logger.info("page.not_found", extra={"page_id": page_id})
        return
""",
}
