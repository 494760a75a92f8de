"""The public API of the catalog."""

from rest_framework import serializers, viewsets
from rest_framework.decorators import action, api_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.models import Product


class ProductSerializer(serializers.ModelSerializer):
    class Meta:
        model = Product
        fields = ["id", "sku", "slug", "name", "price", "stock"]


class ReservationSerializer(serializers.Serializer):
    sku = serializers.CharField()
    quantity = serializers.IntegerField(min_value=1)

    def validate(self, attrs):
        product = Product.objects.get(sku=attrs["sku"])
        if product.stock < attrs["quantity"]:
            raise serializers.ValidationError("Not enough in stock.")
        return {**attrs, "product": product}


class ProductViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Product.objects.filter(published=True).order_by("pk")
    serializer_class = ProductSerializer

    @action(detail=True)
    def price(self, request: Request, pk: str | None = None) -> Response:
        product = self.get_object()
        return Response({"price": str(product.price)})


class AvailabilityView(APIView):
    def get(self, request: Request, pk: int) -> Response:
        product = Product.objects.get(pk=pk)
        return Response({"sku": product.sku, "available": product.stock > 0})


class ReservationView(APIView):
    def post(self, request: Request) -> Response:
        serializer = ReservationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        product = serializer.validated_data["product"]
        product.stock -= serializer.validated_data["quantity"]
        product.save(update_fields=["stock"])
        return Response({"sku": product.sku, "stock": product.stock}, status=201)


@api_view(["GET"])
def barcode(request: Request, sku: str) -> Response:
    try:
        product = Product.objects.get(sku=sku)
    except Product.DoesNotExist:
        raise NotFound(f"No product with SKU {sku}.") from None
    return Response({"barcode": f"{product.pk:013d}"})
