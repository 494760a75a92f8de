from django.contrib import admin

from catalog.models import Category, Product, Store
from logistics.models import Warehouse
from orders.models import Order, OrderLine

admin.site.register([Category, Product, Store, Warehouse])


class OrderLineInline(admin.TabularInline):
    model = OrderLine
    extra = 0


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "customer", "status", "warehouse_code"]
    list_filter = ["status"]
    search_fields = ["number", "customer__email"]
    inlines = [OrderLineInline]

    @admin.display(description="warehouse")
    def warehouse_code(self, obj: Order) -> str:
        if obj.warehouse_id is None:
            return "-"
        return Warehouse.objects.get(pk=obj.warehouse_id).code
