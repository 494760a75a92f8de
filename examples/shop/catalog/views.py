from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import TemplateView

from catalog.models import Category, Product
from catalog.search import best_match


def product_json(product: Product) -> dict[str, Any]:
    return {"id": product.pk, "sku": product.sku, "name": product.name, "price": str(product.price)}


def product_detail(request: HttpRequest, slug: str) -> JsonResponse:
    product = get_object_or_404(Product, slug=slug, published=True)
    return JsonResponse({**product_json(product), "referrer": request.GET.get("ref", "")})


def product_quick_view(request: HttpRequest, product_id: int) -> JsonResponse:
    product = Product.objects.select_related("store").get(pk=product_id)
    return JsonResponse({**product_json(product), "store": product.store.name})


def featured_product(request: HttpRequest) -> JsonResponse:
    """The product that marketing pinned to the front page (set by the nightly job)."""
    product_id = cache.get("featured-product")
    if product_id is None:
        return JsonResponse({"product": None})
    product = Product.objects.get(pk=product_id)
    return JsonResponse({"product": product_json(product)})


def last_price_change(request: HttpRequest, sku: str) -> JsonResponse:
    product = get_object_or_404(Product, sku=sku)
    change = product.price_changes.latest("changed_at")
    return JsonResponse({"old": str(change.old_price), "new": str(change.new_price)})


def search_redirect(request: HttpRequest) -> HttpResponse:
    product = best_match(request.GET.get("q", ""))
    if product is None:
        return HttpResponse("Nothing found", status=404)
    return redirect("product-detail", slug=product.slug)


class StockUpdateView(View):
    """Called by the hand scanners in the warehouse."""

    def post(self, request: HttpRequest) -> JsonResponse:
        product = Product.objects.get(sku=request.POST["sku"])
        product.stock = int(request.POST.get("stock", "0"))
        product.save(update_fields=["stock"])
        return JsonResponse({"sku": product.sku, "stock": product.stock})


class CategoryView(TemplateView):
    template_name = "catalog/category.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        category = get_object_or_404(Category, slug=kwargs["slug"])
        published = category.products.filter(published=True)
        context["category"] = category
        context["teaser"] = self.teaser(category)
        context["cheapest"] = published.order_by("price")[0]
        return context

    def teaser(self, category: Category) -> str:
        newest = category.products.order_by("-pk").first()
        return f"New: {newest.name}"
