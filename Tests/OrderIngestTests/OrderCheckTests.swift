import Commerce
import Foundation
import Messaging
import Testing

@testable import OrderIngest

@Suite("What keeps an order from going on")
struct OrderCheckTests {
    @Test("a good order may go on")
    func good() throws {
        let document = try ShopOrderFixture().row.document
        #expect(OrderCheck.obstacle(document: document, hold: nil, unmappedSKUs: []) == nil)
    }

    @Test("an unmapped SKU is named, with what to do")
    func unmapped() throws {
        let document = try ShopOrderFixture().row.document
        let obstacle = OrderCheck.obstacle(document: document, hold: nil, unmappedSKUs: ["NOPE-1"])
        #expect(obstacle?.code == "unmapped_sku")
        #expect(obstacle?.message.contains("NOPE-1") == true)
    }

    @Test("every obstacle is told, the most important one gives the code")
    func several() throws {
        let document = try ShopOrderFixture().with {
            $0.quantity = -1
            $0.currency = "ZZZ"
        }.row.document
        let hold = OrderHold(
            code: OrderHold.manual, reason: "Is it fraud?", actor: "ops", at: Date(timeIntervalSince1970: 0))
        let obstacle = OrderCheck.obstacle(document: document, hold: hold, unmappedSKUs: ["NOPE-1"])
        #expect(obstacle?.code == OrderHold.manual)
        for words in ["Is it fraud?", "ZZZ", "quantity -1", "NOPE-1"] {
            #expect(obstacle?.message.contains(words) == true)
        }
    }

    @Test("each generation of a sales order has a key of its own, and the key names the shop's order")
    func keys() {
        let order = OrderID()
        #expect(SalesOrderKey.externalID(of: order, shopID: "567", generation: 1) == "shopify-567")
        #expect(SalesOrderKey.externalID(of: order, shopID: "567", generation: 2) == "shopify-567-2")
        #expect(SalesOrderKey.externalID(of: order, shopID: nil, generation: 1) == "stateset-\(order)")
        #expect(SalesOrderKey.shopID(in: "shopify-567-2") == "567")
        #expect(SalesOrderKey.shopID(in: "manual-1") == nil)
    }
}
