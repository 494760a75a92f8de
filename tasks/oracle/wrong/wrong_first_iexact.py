"""`first()` takes one of two spellings."""

BASE = "duplicates_iexact"
WRONG = "duplicates outcome"

REFERENCE = {
    """    tag = Tag.objects.get(slug__iexact=slug)
""": """\
    tag = Tag.objects.filter(slug__iexact=slug).first()
    if tag is None:
        logger.info("tag.not_found", extra={"slug": slug})
        return
""",
}
