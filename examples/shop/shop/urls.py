from django.contrib import admin
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from accounts import views as accounts
from billing import webhooks
from catalog import api as catalog_api
from catalog import views as catalog
from orders import views as orders

router = DefaultRouter()
router.register("products", catalog_api.ProductViewSet, basename="api-product")

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", accounts.account_home, name="account-home"),
    path("account/newsletter/", accounts.newsletter, name="newsletter"),
    path("account/acting-as/", accounts.acting_as, name="acting-as"),
    path("search/", catalog.search_redirect, name="search"),
    path("featured/", catalog.featured_product, name="featured-product"),
    path("products/<slug:slug>/", catalog.product_detail, name="product-detail"),
    path("products/<int:product_id>/quick/", catalog.product_quick_view, name="product-quick"),
    path("products/<str:sku>/prices/", catalog.last_price_change, name="product-prices"),
    path("stock/", catalog.StockUpdateView.as_view(), name="stock-update"),
    path("categories/<slug:slug>/", catalog.CategoryView.as_view(), name="category"),
    path("orders/", orders.order_list, name="order-list"),
    path("orders/<str:number>/", orders.order_status, name="order-status"),
    path("orders/<str:number>/again/", orders.reorder, name="reorder"),
    path("webhooks/payments/", webhooks.payment_received, name="payment-received"),
    path("api/", include(router.urls)),
    path("api/availability/<int:pk>/", catalog_api.AvailabilityView.as_view(), name="availability"),
    path("api/barcodes/<str:sku>/", catalog_api.barcode, name="barcode"),
    path("api/reservations/", catalog_api.ReservationView.as_view(), name="reservations"),
]
