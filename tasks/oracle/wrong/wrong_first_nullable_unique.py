"""`first()` takes one of two NULL rows."""

BASE = "duplicates_nullable_unique"
WRONG = "duplicates rows"

REFERENCE = {
    """    coupon = Coupon.objects.get(code=code)
""": """\
    coupon = Coupon.objects.filter(code=code).first()
    if coupon is None:
        logger.info("coupon.not_found", extra={"code": code})
        return
""",
}
