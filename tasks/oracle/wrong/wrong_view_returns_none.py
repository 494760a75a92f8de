"""A view that returns nothing is a 500 as well."""

BASE = "http_view"
WRONG = "missing outcome"

REFERENCE = {
    """    product = Product.objects.get(pk=product_id)
""": """\
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        return
""",
}
