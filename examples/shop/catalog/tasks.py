import logging
from decimal import Decimal

from celery import shared_task
from django.core.cache import cache

from catalog.models import PriceChange, Product, Store
from shop.decorators import skip_missing

logger = logging.getLogger(__name__)


@shared_task
def pin_featured_product(product_id: int) -> None:
    """Pins a product to the front page for a day."""
    product = Product.objects.get(pk=product_id)
    if product.published:
        cache.set("featured-product", product.pk, timeout=86400)


@shared_task
def change_price(product_id: int, new_price: str) -> None:
    product = Product.objects.filter(pk=product_id).first()
    if product is None:
        logger.info("product.not_found", extra={"product_id": product_id})
        return
    old_price = product.price
    Product.objects.filter(pk=product.pk).update(price=Decimal(new_price))
    product.refresh_from_db()
    PriceChange.objects.create(product=product, old_price=old_price, new_price=product.price)


@shared_task
def count_store_products(store_id: int) -> int:
    store = Store.objects.get_from_cache(id=store_id)
    count = store.products.filter(published=True).count()
    cache.set(f"store-products:{store.pk}", count, timeout=3600)
    return count


@shared_task
@skip_missing
def unpublish(product_id: int) -> str:
    product = Product.objects.get(pk=product_id)
    product.published = False
    product.save(update_fields=["published"])
    return product.sku
