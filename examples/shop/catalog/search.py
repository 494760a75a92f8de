"""Product search. The index is rebuilt every night; products come and go all day."""

from typing import Any

from django.conf import settings

from catalog.models import Product
from shop.http import JsonClient


class ProductIndex:
    """Client of the Elasticsearch index behind the search box."""

    def __init__(self, client: JsonClient | None = None) -> None:
        self.client = client or JsonClient(settings.SEARCH_URL)

    def search(self, text: str, limit: int = 10) -> list[dict[str, Any]]:
        answer = self.client.get("/products/_search", {"q": text, "size": limit})
        return answer["hits"].get("hits", [])


product_index = ProductIndex()


def best_match(text: str) -> Product | None:
    hits = product_index.search(text, limit=1)
    if not hits:
        return None
    return Product.objects.get(pk=hits[0]["_source"]["product_id"])


def search_products(text: str) -> list[Product]:
    """Products in the order of the index, best first."""
    products = []
    for hit in product_index.search(text):
        product = Product.objects.get(pk=hit["_source"]["product_id"])
        if product.published:
            products.append(product)
    return products
