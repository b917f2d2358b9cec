import Commerce
import Foundation
import Testing

@Suite("CanonicalOrder")
struct CanonicalOrderTests {
    @Test("survives being written and read, in snake_case")
    func roundTrip() throws {
        let order = makeOrder()
        let data = try JSONEncoder().encode(order)
        let text = String(decoding: data, as: UTF8.self)
        for key in ["external_ids", "shipping_address", "unit_price", "postal_code", "ordered_at", "external_id"] {
            #expect(text.contains("\"\(key)\""))
        }
        #expect(try JSONDecoder().decode(CanonicalOrder.self, from: data) == order)
    }

    @Test("reads an order in which nearly everything is missing, null or a number")
    func lenient() throws {
        let order = try decode(
            #"{"number":1001,"total":155.12,"shipping_address":null,"external_ids":{"shopify":567,"dcl":null},"#
                + #""lines":[{"sku":null,"quantity":"2","unit_price":0.1}],"tags":null,"ordered_at":"soon"}"#)
        #expect(order.number == "1001")
        #expect(order.total == "155.12")
        #expect(order.currency == "")
        #expect(order.externalIDs == ["shopify": "567"])
        #expect(order.lines.map(\.quantity) == [2])
        #expect(order.lines.map(\.unitPrice) == ["0.1"])
        #expect(order.orderedAt?.text == "soon")
        #expect(order.orderedAt?.date == nil)
    }

    @Test(
        "a customer's language that is none, of whatever shape, is not known",
        arguments: ["\"x\"", "7", "[]", "null"])
    func noLanguage(told: String) throws {
        #expect(try decode(#"{"customer":{"name":"Ana","locale":\#(told)}}"#).customer == Customer(name: "Ana"))
    }

    @Test("keeps a quantity that is no number as it came until it is mended")
    func unreadableQuantity() throws {
        var order = try decode(#"{"lines":[{"sku":"A","quantity":"a dozen","unit_price":"1"}]}"#)
        let again = try JSONDecoder().decode(CanonicalOrder.self, from: JSONEncoder().encode(order))
        #expect(again == order)
        #expect(again.lines.first?.unreadableQuantity == "a dozen")
        order.lines[0].quantity = 12
        #expect(order.lines.first?.unreadableQuantity == nil)
        #expect(!order.problems.contains { $0.code == .badQuantity })
    }

    @Test("prints no personal data")
    func redacted() {
        let order = makeOrder()
        var dumped = ""
        dump(order, to: &dumped)
        for text in ["\(order)", String(reflecting: order), dumped] {
            for secret in ["ana@example.com", "Ana Ruiz", "1 Main St"] { #expect(!text.contains(secret)) }
        }
    }

    private func decode(_ json: String) throws -> CanonicalOrder {
        try JSONDecoder().decode(CanonicalOrder.self, from: Data(json.utf8))
    }
}

/// A good order; each test breaks what it is about.
func makeOrder() -> CanonicalOrder {
    CanonicalOrder(
        number: "#1001",
        externalIDs: ["shopify": "5678901234567"],
        currency: "USD",
        total: "155.12",
        customer: Customer(email: "ana@example.com", name: "Ana Ruiz", externalID: "77", locale: "fr-CA"),
        shippingAddress: Address(
            name: "Ana Ruiz", street1: "1 Main St", city: "Reno", region: "NV", postalCode: "89501", country: "US"),
        lines: [
            OrderLine(id: "1", sku: "MIE-SLIP-S", quantity: 1, unitPrice: "6.12"),
            OrderLine(id: "2", sku: "MIE-ROBE-S", quantity: 2, unitPrice: "74.50"),
        ],
        orderedAt: Timestamp(text: "2026-03-05T17:00:00Z"))
}
