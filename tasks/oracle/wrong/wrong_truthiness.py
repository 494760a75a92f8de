"""A falsy row is taken for a missing one."""

BASE = "first_falsy_row"
WRONG = "there and falsy rows"

REFERENCE = {
    """    basket = Basket.objects.get(pk=basket_id)
""": """\
    basket = Basket.objects.filter(pk=basket_id).first()
    if not basket:
        logger.info("basket.not_found", extra={"basket_id": basket_id})
        return
""",
}
