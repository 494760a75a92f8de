"""`first()` hides the row that a join returned twice."""

BASE = "duplicates_join"
WRONG = "duplicates outcome"

REFERENCE = {
    """    author = Author.objects.get(pk=author_id, books__year=year)
""": """\
    author = Author.objects.filter(pk=author_id, books__year=year).first()
    if author is None:
        logger.info("author.not_found", extra={"author_id": author_id, "year": year})
        return
""",
}
