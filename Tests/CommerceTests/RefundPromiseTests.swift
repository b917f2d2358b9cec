import Commerce
import Testing

@Suite("What a return was promised of its order's payments")
struct RefundPromiseTests {
    private func usd(_ decimal: String) throws -> Money {
        try Money(decimal: decimal, currency: try #require(Currency(code: "USD")))
    }

    /// Units of a line of 100.00 in all, of which the payment has so much left.
    private func result(
        _ units: ClosedRange<Int>, of quantity: Int, left: String, before: String? = nil, less exchange: String? = nil
    ) throws -> RefundResult {
        let (zero, price) = (try usd("0"), quantity == 1 ? "100.00" : "33.34")
        let line = RefundOrderLine(
            id: "l", sku: "S", quantity: quantity, unitPrice: try UnitPrice(decimal: price),
            discount: quantity == 1 ? zero : try usd("0.02"), tax: zero)
        let order = RefundOrder(
            taxesIncluded: false, lines: [line], shipping: ShippingCharge(amount: zero, tax: zero, refunded: zero),
            tenders: [
                Tender(
                    id: "t", kind: "card", captured: try usd("100.00"), refunded: try usd("100.00") - usd(left),
                    pending: zero)
            ])
        return try RefundCalculation.result(
            for: RefundRequest(
                currency: zero.currency, order: order, lines: [ReturnedLine(lineID: "l", units: UnitNumbers(units))],
                exchange: try exchange.map {
                    [ExchangeLine(sku: "N", quantity: 1, amount: try usd($0), tax: zero)]
                } ?? [], exchangeUsesRoom: exchange != nil, givenBefore: try before.map(usd)))
    }

    @Test("5.00 given in the shop after it was asked for break the promise by 5.00; given before, they are part of it")
    func goodwill() throws {
        let result = try result(1...1, of: 1, left: "95.00")
        #expect(try result.total == usd("95.00") && result.capped == usd("5.00") && result.payable == usd("100.00"))
        #expect(try RefundPromise(room: 10_000).shortfall(of: result) == usd("5.00"))
        #expect(try RefundPromise(room: nil).shortfall(of: result) == usd("5.00"))
        #expect(try RefundPromise(room: 9_500).shortfall(of: result) == usd("0.00"))
        #expect(try RefundPromise(room: 9_700).shortfall(of: result) == usd("2.00"))
    }

    @Test("a cent that the shop rounds otherwise breaks nothing: 33.34 of three units for 100.00 leave 66.66 of 66.67")
    func rounding() throws {
        let result = try result(2...3, of: 3, left: "66.66")
        #expect(try result.capped == usd("0.01"))
        let line = RefundOrderLine(
            id: "l", sku: "S", quantity: 3, unitPrice: try UnitPrice(decimal: "33.34"), discount: try usd("0.02"),
            tax: try usd("0"))
        let sale = Sale(
            currency: result.currency, taxesIncluded: false, lines: [line], shipping: try usd("0"),
            shippingTax: try usd("0"))
        let shop = sale.rounding(of: HeldUnits([(lineID: "l", number: 1, isKept: false)]))
        #expect(shop == 1 && sale.rounding(of: HeldUnits()) == 0)
        #expect(try RefundPromise(room: 10_000, rounding: shop).shortfall(of: result) == usd("0.00"))
        #expect(try RefundPromise(room: 10_000).shortfall(of: result) == usd("0.01"))
        let twoCents = try self.result(2...3, of: 3, left: "66.65")
        #expect(try RefundPromise(room: 10_000, rounding: shop).shortfall(of: twoCents) == usd("0.02"))
    }

    @Test("new goods are given of what the payments have left: beside 20.00 of 30.00 there are 10.00 in money")
    func exchange() throws {
        let result = try result(1...1, of: 1, left: "30.00", less: "20.00")
        #expect(try result.total == usd("10.00") && result.capped == usd("70.00"))
        #expect(try result.derivation.misstatedFigures().isEmpty)
        #expect(try RefundPromise(room: 3_000).shortfall(of: result) == usd("0.00"))
        #expect(try RefundPromise(room: 10_000).shortfall(of: result) == usd("70.00"))
        let nothing = try self.result(1...1, of: 1, left: "30.00", less: "30.00")
        #expect(try nothing.total == usd("0.00") && nothing.capped == usd("70.00"))
        let enough = try self.result(1...1, of: 1, left: "100.00", less: "20.00")
        #expect(try enough.total == usd("80.00") && enough.capped == usd("0.00"))
    }

    @Test("what one payment gave of a refund that failed counts as given")
    func part() throws {
        let result = try result(1...1, of: 1, left: "88.79", before: "6.21")
        #expect(try result.total == usd("88.79") && result.capped == usd("5.00"))
        #expect(try RefundPromise(room: 9_500).shortfall(of: result) == usd("0.00"))
    }
}
