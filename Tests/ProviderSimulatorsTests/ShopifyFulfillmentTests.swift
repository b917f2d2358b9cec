import Testing

@testable import ProviderSimulators

@Suite("Shopify fulfilments")
struct ShopifyFulfillmentTests {
    @Test("an order ships in two parcels and ends fulfilled")
    func twoParcels() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        let source = shop.fulfillmentOrder(order)
        let first = shop.ship(source, quantity: 1, tracking: "1Z001985YW99744790")
        #expect(first.status == 201)
        #expect(first.document["fulfillment"]["tracking_company"] == "UPS")
        #expect(first.document["fulfillment"]["name"] == "#1001.1")
        let path = "orders/\(order["id"].int ?? 0).json"
        var seen = shop.rest("GET", path).document["order"]
        #expect(seen["fulfillment_status"] == "partial")
        #expect(seen["line_items"][0]["fulfillable_quantity"] == 1)
        #expect(shop.ship(source, quantity: 1, tracking: "1Z001985YW99744791").status == 201)
        seen = shop.rest("GET", path).document["order"]
        #expect(seen["fulfillment_status"] == "fulfilled")
        #expect(shop.fulfillmentOrder(order)["status"] == "closed")
        #expect(
            shop.topics == [
                "orders/create", "orders/paid", "fulfillments/create", "orders/updated", "orders/partially_fulfilled",
                "fulfillments/create", "orders/updated", "orders/fulfilled",
            ])
    }

    @Test("more than is left, an unknown line and a closed fulfillment order are refused")
    func refusals() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        let source = shop.fulfillmentOrder(order)
        #expect(shop.ship(source, quantity: 3, tracking: "A").status == 422)
        #expect(shop.ship(source, quantity: nil, tracking: "A").status == 201)
        let again = shop.ship(source, quantity: nil, tracking: "B")
        #expect(again.status == 422)
        #expect(again.document["errors"][0].string?.contains("unfulfillable status= closed") == true)
        let list = shop.rest("GET", "orders/\(order["id"].int ?? 0)/fulfillments.json").document
        #expect(list["fulfillments"].array?.count == 1)
    }

    @Test("an order line's own id does not name a fulfillment-order line")
    func orderLineID() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        var source = shop.fulfillmentOrder(order).object ?? JSONObject()
        source["line_items"] = [["id": order["line_items"][0]["id"]]]
        #expect(shop.ship(.object(source), quantity: 1, tracking: "A").status == 422)
    }

    @Test("a cancelled parcel opens a new fulfillment order for its units")
    func cancelledParcel() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let order = shop.placeUsualOrder()
        let source = shop.fulfillmentOrder(order)
        let parcel = shop.ship(source, quantity: nil, tracking: "A").document["fulfillment"]["id"].int ?? 0
        #expect(
            shop.rest("POST", "fulfillments/\(parcel)/cancel.json", [:]).document["fulfillment"]["status"]
                == "cancelled")
        let reopened = shop.fulfillmentOrder(order)
        #expect(reopened["id"] != source["id"])
        #expect(reopened["status"] == "open")
        #expect(shop.ship(reopened, quantity: 2, tracking: "B").status == 201)
    }

    @Test("an order with a parcel cannot be cancelled; one without can, once")
    func cancelOrder() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let shipped = shop.placeUsualOrder()
        _ = shop.ship(shop.fulfillmentOrder(shipped), quantity: 1, tracking: "A")
        let refused = shop.rest("POST", "orders/\(shipped["id"].int ?? 0)/cancel.json", [:])
        #expect(refused.status == 422)
        #expect(refused.document["error"].string != nil)
        let open = shop.placeUsualOrder()
        let path = "orders/\(open["id"].int ?? 0)/cancel.json"
        let answer = shop.rest("POST", path, ["reason": "customer"])
        #expect(answer.document["order"]["cancel_reason"] == "customer")
        #expect(answer.document["notice"] == "Order has been canceled")
        #expect(shop.rest("POST", path).status == 422)
        #expect(shop.topics.contains("orders/cancelled"))
    }
}
