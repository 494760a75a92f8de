from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Product, Store


class Command(BaseCommand):
    help = (
        "Raises or lowers the price of one product, or of everything in a store, by a percentage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("percent", type=Decimal)
        parser.add_argument("--sku")
        parser.add_argument("--store", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        factor = 1 + options["percent"] / 100
        if options["sku"]:
            products = [Product.objects.get(sku=options["sku"])]
        else:
            products = list(self.store(options["store"]).products.all())
        for product in products:
            product.price = round(product.price * factor, 2)
            product.save(update_fields=["price"])
        self.stdout.write(f"{len(products)} prices changed")

    def store(self, store_id: int) -> Store:
        try:
            return Store.objects.get(pk=store_id)
        except Store.DoesNotExist:
            raise CommandError(f"There is no store {store_id}.") from None
