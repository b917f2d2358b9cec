import Foundation
import Testing

@testable import Commerce

@Suite("A sale whose customer paid in another currency than the shop's books")
struct ForeignSaleTests {
    private let usd = MoneyTests.usd
    private let eur = Currency(code: "EUR")!

    private func sale() throws -> Sale {
        func sold(
            _ currency: Currency, _ price: String, _ discount: String, _ tax: String, _ books: Sale?
        ) throws -> Sale {
            func money(_ text: String) throws -> Money { try Money(decimal: text, currency: currency) }
            return Sale(
                currency: currency, taxesIncluded: false,
                lines: [
                    RefundOrderLine(
                        id: "1", sku: "ROBE", quantity: 3, unitPrice: try UnitPrice(decimal: price),
                        discount: try money(discount), tax: try money(tax))
                ], shipping: try money("5.00"), shippingTax: try money("0"), books: books)
        }
        return try sold(eur, "19.99", "6.00", "4.79", try sold(usd, "21.99", "6.60", "5.27", nil))
    }

    private func ground(holding units: Int) throws -> RefundGround {
        let tender = TenderBalance(
            id: TenderID(), externalID: "1", kind: "card", captured: 6376, refunded: 0, pending: 0, disputedBy: nil)
        let held = (0..<units).map { (lineID: "1", number: $0 + 1, isKept: false) }
        return RefundGround(sale: try sale(), tenders: [tender], held: HeldUnits(held), shippingRefunded: .zero)
    }

    @Test("its units come to exactly the line, in the customer's currency and in that of the books")
    func units() throws {
        var (paid, booked) = (Money.zero(eur), Money.zero(usd))
        for unit in 1...3 {
            let ground = try ground(holding: unit - 1)
            let lines = [ReturnedLine(lineID: "1", units: UnitNumbers([unit]))]
            let result = try RefundCalculation.result(for: ground.request(lines))
            paid = try paid + result.total
            booked = try booked + #require(try ground.booked(result, of: lines, policy: RefundPolicy())).total
        }
        #expect(paid.description == "58.76 EUR" && booked.description == "64.64 USD")
    }

    @Test("a flat fee of the shop is taken in the customer's currency by the rate of the sale, half away from zero")
    func fee() throws {
        let sale = try sale()
        let policy = RefundPolicy(returnShippingFee: try Money(decimal: "7.95", currency: usd))
        let theirs = try sale.converted(policy, to: eur)
        // 7.95 of 69.64 is 7.28 of 63.76.
        #expect(theirs.returnShippingFee?.description == "7.28 EUR")
        let ground = try ground(holding: 0)
        let lines = [ReturnedLine(lineID: "1", units: UnitNumbers([1]))]
        let result = try RefundCalculation.result(for: ground.request(lines, policy: theirs))
        let booked = try #require(try ground.booked(result, of: lines, policy: policy))
        #expect(result.total.description == "12.31 EUR" && booked.total.description == "13.60 USD")
    }

    @Test("where the payments have less left, the books are told no more than that")
    func capped() throws {
        var ground = try ground(holding: 0)
        ground.tenders = [
            TenderBalance(
                id: TenderID(), externalID: "1", kind: "card", captured: 1000, refunded: 0, pending: 0, disputedBy: nil)
        ]
        let lines = [ReturnedLine(lineID: "1", units: UnitNumbers([1]))]
        let result = try RefundCalculation.result(for: ground.request(lines))
        let booked = try #require(try ground.booked(result, of: lines, policy: RefundPolicy()))
        #expect(result.total.description == "10.00 EUR" && booked.total.description == "10.92 USD")
    }

    @Test("shipping and its tax stand apart in both currencies, and so does what is left of them")
    func shipping() throws {
        func sold(
            _ currency: Currency, _ price: String, _ shipping: String, _ tax: String, _ books: Sale?
        ) throws -> Sale {
            Sale(
                currency: currency, taxesIncluded: false,
                lines: [
                    RefundOrderLine(
                        id: "1", sku: "ROBE", quantity: 2, unitPrice: try UnitPrice(decimal: price),
                        discount: .zero(currency), tax: .zero(currency))
                ], shipping: try Money(decimal: shipping, currency: currency),
                shippingTax: try Money(decimal: tax, currency: currency), books: books)
        }
        let sale = try sold(eur, "50.00", "10.00", "2.00", sold(usd, "55.00", "11.00", "2.20", nil))
        let tender = TenderBalance(
            id: TenderID(), externalID: "1", kind: "card", captured: 11_200, refunded: 480, pending: 0, disputedBy: nil)
        let ground = RefundGround(
            sale: sale, tenders: [tender], held: HeldUnits(), shippingRefunded: RefundedShipping(net: 400, tax: 80))
        let lines = [ReturnedLine(lineID: "1", units: UnitNumbers(upTo: 2))]
        let policy = RefundPolicy(originalShipping: .always)
        let result = try RefundCalculation.result(for: ground.request(lines, policy: policy))
        let booked = try #require(try ground.booked(result, of: lines, policy: policy))
        #expect(result.shippingRefund.description == "7.20 EUR" && booked.shippingRefund.description == "7.92 USD")
        #expect(result.shippingRefundTax?.description == "1.20 EUR")
        #expect(booked.shippingRefundTax?.description == "1.32 USD")
    }

    @Test("the last refund of all takes the rest of the shipping in both currencies, however those before were rounded")
    func lastOfShipping() throws {
        func sold(_ currency: Currency, _ price: String, _ shipping: String, _ books: Sale?) throws -> Sale {
            Sale(
                currency: currency, taxesIncluded: false,
                lines: [
                    RefundOrderLine(
                        id: "1", sku: "ROBE", quantity: 3, unitPrice: try UnitPrice(decimal: price),
                        discount: .zero(currency), tax: .zero(currency))
                ], shipping: try Money(decimal: shipping, currency: currency), shippingTax: .zero(currency),
                books: books)
        }
        let sale = try sold(eur, "20.00", "10.00", sold(usd, "22.00", "10.99", nil))
        let tender = TenderBalance(
            id: TenderID(), externalID: "1", kind: "card", captured: 7_000, refunded: 0, pending: 0, disputedBy: nil)
        for byHand in [0, 1, 2] as [Int64] {
            var (own, booked) = (OwnShipping.none, Int64(0))
            for unit in 1...3 {
                let held = (1..<unit).map { (lineID: "1", number: $0, isKept: false) }
                let ground = RefundGround(
                    sale: sale, tenders: [tender], held: HeldUnits(held),
                    shippingRefunded: own.paid + RefundedShipping(net: byHand, tax: 0), ownShipping: own)
                let lines = [ReturnedLine(lineID: "1", units: UnitNumbers([unit]))]
                let policy = RefundPolicy(originalShipping: .proRata)
                let result = try RefundCalculation.result(for: ground.request(lines, policy: policy))
                let told = try #require(try ground.booked(result, of: lines, policy: policy))
                own.take(result, booked: told)
                booked += told.shippingRefund.minorUnits
            }
            #expect(own.paid.withTax == 1_000 - byHand)
            // What was given by hand is as much there, by the rate of the sale.
            #expect(own.booked.withTax == 1_099 - byHand && booked == own.booked.withTax)
        }
    }

    @Test("an amount in neither of its currencies is none of it, and one in its own stays as it is")
    func currencies() throws {
        let sale = try sale()
        let yen = try Money(decimal: "100", currency: MoneyTests.jpy)
        #expect(throws: MoneyError.currencyMismatch(MoneyTests.jpy, eur)) { try sale.converted(yen, to: eur) }
        let own = try Money(decimal: "1.00", currency: eur)
        #expect(try sale.converted(own, to: eur) == own)
        #expect(try sale.inBooks.converted(own, to: eur) == own && !sale.inBooks.isForeign)
    }

    @Test("it is stored with what the books have of it, and one in one currency as before")
    func stored() throws {
        let sale = try sale()
        let stored = try JSONEncoder().encode(sale)
        #expect(try JSONDecoder().decode(Sale.self, from: stored) == sale)
        let plain = try JSONEncoder().encode(sale.inBooks)
        #expect(try JSONDecoder().decode(Sale.self, from: plain) == sale.inBooks)
        #expect(!String(decoding: plain, as: UTF8.self).contains("books"))
    }
}
