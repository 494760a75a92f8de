"""The lookup runs before the argument that would have written its row."""

BASE = "order_argument"
WRONG = "written by the argument rows"

REFERENCE = {
    "    announce(restore(product_id, name), Product.objects.get(pk=product_id))\n": """\
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        logger.info("product.not_found", extra={"product_id": product_id})
        return
    announce(restore(product_id, name), product)
""",
}
