import Foundation
import Testing

@testable import CLI

@Suite("The picture of an order")
struct OrderPictureTests {
    @Test("an order is shown with what was shipped, its packages and its history")
    func picture() throws {
        let json = """
            {"id":"ord_1","number":"#1001","status":"partially_fulfilled","status_reason":null,
             "external_ids":{"shopify":"567","netsuite":"10045"},"currency":"USD","total":"155.12",
             "customer":{"email":"ana@example.com","name":"Ana Ruiz"},
             "lines":[{"id":"1","sku":"MIE-ROBE-S","quantity":2,"shipped":1,"unit_price":"74.50"}],
             "shipments":[{"id":"shp_1","tracking_number":"1Z1","carrier":"UPS","status":"in_transit",
               "lines":[{"sku":"MIE-ROBE-S","quantity":1}],"external_ids":{"netsuite":"901"}}],
             "saga_id":"sag_1",
             "timeline":[{"at":"2026-03-05T17:00:00.000Z","type":"order.received","actor":"order-ingest","summary":"It came in.","external_ref":null}]}
            """
        let order = try JSONDecoder().decode(OrderModel.self, from: Data(json.utf8))
        #expect(
            OrderPicture.lines(order, .plain) == [
                "#1001  partially_fulfilled  155.12 USD",
                "ord_1  netsuite 10045  shopify 567",
                "Ana Ruiz, ana@example.com",
                "saga sag_1",
                "",
                "  SKU         ORDERED  SHIPPED  UNIT PRICE",
                "  MIE-ROBE-S  2        1        74.50",
                "",
                "  PACKAGE  CARRIER  STATUS      CONTENTS        KNOWN AS",
                "  1Z1      UPS      in_transit  1 × MIE-ROBE-S  netsuite 901",
                "",
                "  2026-03-05T17:00:00Z  It came in.  order-ingest",
            ])
    }
}
