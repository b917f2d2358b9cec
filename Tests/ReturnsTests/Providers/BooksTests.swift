import Commerce
import Providers
import SeededRandom
import Testing

@testable import Returns

@Suite("Refunds as the books enter them")
struct BooksTests {
    @Test("the ERP credits what was given back in all, to the cent, and nothing negative", arguments: 0..<200)
    func credited(seed: UInt64) throws {
        let refund = try RandomRefund(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1_000)
        let credit = CreditedGoods(refund.result, skus: refund.skus)
        let received = (1...Int.random(in: 1...5, using: &random)).map { number in
            CreditedGoods.Received(
                number: number, sku: "SKU-\(Int.random(in: 0...3, using: &random))",
                quantity: Int.random(in: 0...4, using: &random))
        }
        let lines = try credit.lines(received)
        #expect(Set(lines.keys) == Set(received.filter { $0.quantity > 0 }.map(\.number)))
        let amounts = try lines.values.map {
            try Money(decimal: $0.amount?.text ?? "?", currency: refund.result.currency)
        }
        #expect(amounts.allSatisfy { !$0.isNegative } && !credit.tax.isNegative && !credit.shipping.isNegative)
        guard !lines.isEmpty else { return }
        let all = amounts + [credit.tax, credit.shipping]
        #expect(try Money.sum(all, in: refund.result.currency) == refund.given)
    }

    @Test("the tax on shipping is entered as tax, in both books")
    func shippingTax() throws {
        let usd = try #require(Currency(code: "USD"))
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: usd) }
        let sale = Sale(
            currency: usd, taxesIncluded: false,
            lines: [
                RefundOrderLine(
                    id: "1", sku: "ROBE", quantity: 2, unitPrice: try UnitPrice(decimal: "50.00"), discount: money(0),
                    tax: money(800))
            ], shipping: money(1_000), shippingTax: money(80))
        let tender = TenderBalance(
            id: TenderID(), externalID: "1", kind: "card", captured: 11_880, refunded: 0, pending: 0, disputedBy: nil)
        let ground = RefundGround(sale: sale, tenders: [tender], held: HeldUnits(), shippingRefunded: .zero)
        let returned = ReturnedLine(lineID: "1", units: UnitNumbers(upTo: 2))
        let result = try RefundCalculation.result(
            for: ground.request([returned], policy: RefundPolicy(originalShipping: .always)))
        let credit = CreditedGoods(result, skus: ["1": "ROBE"])
        #expect([credit.goods, credit.shipping, credit.tax] == [money(10_000), money(1_000), money(880)])
        let booked = BookedLines(result, titles: ["1": "Robe"])
        #expect(booked.lines.map(\.amount) == [money(10_000), money(1_000)] && booked.tax == money(880))
    }

    @Test("each SKU is credited with its own amount where all of it came in", arguments: 0..<50)
    func bySKU(seed: UInt64) throws {
        let refund = try RandomRefund(seed: seed)
        let credit = CreditedGoods(refund.result, skus: refund.skus)
        guard credit.goods.minorUnits == credit.weights.values.reduce(0, +), credit.goods.minorUnits > 0 else { return }
        let skus = credit.weights.keys.sorted()
        let lines = try credit.lines(
            skus.enumerated().map { .init(number: $0.offset, sku: $0.element, quantity: 1) })
        for (number, sku) in skus.enumerated() {
            let amount = Money(minorUnits: credit.weights[sku] ?? 0, currency: credit.goods.currency)
            #expect(lines[number]?.amount?.text == amount.decimalString)
        }
    }

    @Test("the lines in QuickBooks and the tax come to what was given back in all, to the cent", arguments: 0..<200)
    func booked(seed: UInt64) throws {
        let refund = try RandomRefund(seed: seed)
        let booked = BookedLines(refund.result, titles: [:])
        let amounts = booked.lines.map(\.amount) + [booked.tax].compactMap(\.self)
        #expect(try Money.sum(amounts, in: refund.result.currency) == refund.given)
        #expect(!booked.lines.isEmpty && booked.lines.allSatisfy { $0.quantity > 0 })
    }

    @Test("numbers fit where the books and the warehouse take few characters")
    func numbers() {
        let number = ReturnNumber.of(refund: "\(RefundID())")
        #expect(number.count == 20)
        let key = "\(ReturnID())"
        #expect(DCLOrderNumber(ReturnNumber.of(returnKey: key)) != nil)
        #expect(ReturnNumber.of(returnKey: key) != ReturnNumber.of(returnKey: "\(key)-2"))
        #expect(ReturnNumber.of(returnKey: "ret_1") == ReturnNumber.of(returnKey: "ret_1"))
    }
}
