"""Rows that the tests of several apps start from."""

from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model

from accounts.models import Customer
from catalog.models import Category, Product, Store
from logistics.models import Warehouse
from orders.models import Order, OrderLine


def make_customer(username: str = "ada") -> Customer:
    email = f"{username}@example.org"
    user = get_user_model().objects.create_user(username, email, "secret")
    return Customer.objects.create(user=user, email=email)


def make_product(sku: str = "A-1", **fields: Any) -> Product:
    store, _ = Store.objects.get_or_create(name="Main street")
    category, _ = Category.objects.get_or_create(slug="tea", defaults={"name": "Tea"})
    values = {"name": f"Product {sku}", "slug": sku.lower(), "price": Decimal("10.00"), "stock": 5}
    return Product.objects.create(store=store, category=category, sku=sku, **{**values, **fields})


def make_order(number: str = "2026-1", customer: Customer | None = None) -> Order:
    product = Product.objects.filter(sku="A-1").first() or make_product()
    warehouse, _ = Warehouse.objects.get_or_create(code="HAM", defaults={"city": "Hamburg"})
    order = Order.objects.create(
        number=number,
        customer=customer or make_customer(),
        store=product.store,
        warehouse_id=warehouse.pk,
    )
    OrderLine.objects.create(order=order, product=product, quantity=2)
    return order
