"""`first()` takes one of two rows where `get()` refused."""

BASE = "duplicates_not_unique"
WRONG = "duplicates outcome"

REFERENCE = {
    """    repository = Repository.objects.get(url=url)
""": """\
    repository = Repository.objects.filter(url=url).first()
    if repository is None:
        logger.info("repository.not_found", extra={"url": url})
        return
""",
}
