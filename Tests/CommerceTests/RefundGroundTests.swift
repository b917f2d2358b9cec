import Commerce
import Testing

@Suite("What an order's money gives back")
struct RefundGroundTests {
    private static let usd = Currency(code: "USD")

    /// Goods of 60.00, paid by a gift card of 60.00 and a card of 100.00.
    private func ground(cardRefunded: Int64, disputedBy: String? = nil) throws -> RefundGround {
        let currency = try #require(Self.usd)
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        let line = RefundOrderLine(
            id: "l", sku: "S", quantity: 1, unitPrice: try UnitPrice(decimal: "60.00"), discount: money(0),
            tax: money(0))
        return RefundGround(
            sale: Sale(
                currency: currency, taxesIncluded: false, lines: [line], shipping: money(0), shippingTax: money(0)),
            tenders: [
                TenderBalance(
                    id: TenderID(), externalID: "801", kind: "gift_card", captured: 6_000, refunded: 0, pending: 0,
                    disputedBy: nil),
                TenderBalance(
                    id: TenderID(), externalID: "802", kind: "card", captured: 10_000, refunded: cardRefunded,
                    pending: 0, disputedBy: disputedBy),
            ], held: HeldUnits(), shippingRefunded: .zero)
    }

    private func refund(of ground: RefundGround) throws -> RefundResult {
        try RefundCalculation.result(for: ground.request([ReturnedLine(lineID: "l", units: UnitNumbers(upTo: 1))]))
    }

    @Test("a card of which 130.00 of 100.00 went back, by hand and by a lost dispute, keeps nothing from the gift card")
    func overdrawn() throws {
        let ground = try ground(cardRefunded: 13_000)
        #expect(ground.open.map(\.externalID) == ["801"])
        let result = try refund(of: ground)
        #expect(result.total.decimalString == "60.00" && result.capped.minorUnits == 0)
        #expect(result.tenders.map(\.amount.decimalString) == ["60.00"])
    }

    @Test("goods that were taken in exchange leave so much less, whichever payment is open", arguments: [nil, "d"])
    func exchanged(disputedBy: String?) throws {
        var ground = try ground(cardRefunded: 6_000, disputedBy: disputedBy)
        ground.exchanged = 4_500
        let result = try refund(of: ground)
        let left = disputedBy == nil ? "55.00" : "15.00"
        #expect(result.total.decimalString == left)
        #expect(result.total.minorUnits + result.capped.minorUnits == 6_000)
        #expect(result.tenders.reduce(0) { $0 + $1.amount.minorUnits } == result.total.minorUnits)
        #expect(try result.derivation.misstatedFigures() == [])
        let lines = try result.explanation(for: .staff).lines
        #expect(lines.contains { $0.detail?.contains("less the goods of other exchanges") == true }, "\(lines)")
        ground.exchanged = 20_000
        #expect(try refund(of: ground).total.minorUnits == 0)
    }

    @Test("one that is used up stays listed, one in dispute gives nothing")
    func open() throws {
        #expect(try ground(cardRefunded: 10_000).open.count == 2)
        #expect(try refund(of: ground(cardRefunded: 10_000)).tenders.map(\.amount.minorUnits) == [6_000, 0])
        #expect(try ground(cardRefunded: 0, disputedBy: "shopify-dispute-5").open.map(\.externalID) == ["801"])
    }
}
