import Commerce
import Testing

@Suite("Problems of an order")
struct OrderProblemTests {
    @Test("a good order has none, also when its total is not the sum of its parts")
    func none() {
        var order = makeOrder()
        order.total = "1.00"
        #expect(order.problems == [])
    }

    @Test("an unknown or missing currency is named")
    func currency() {
        expect(.unknownCurrency, "currency", "Unknown currency 'XYZ'; correct it to an ISO 4217 code such as USD.") {
            $0.currency = "XYZ"
        }
        expect(.unknownCurrency, "currency", "The order has no currency; correct it to an ISO 4217 code such as USD.") {
            $0.currency = ""
        }
    }

    @Test("a quantity that cannot be shipped is named with its line")
    func quantity() {
        expect(
            .negativeQuantity, "lines[1].quantity",
            "Line 2 (MIE-ROBE-S) has quantity -1; correct it to what the customer ordered."
        ) { $0.lines[1].quantity = -1 }
        expect(
            .badQuantity, "lines[1].quantity",
            "Line 2 (MIE-ROBE-S) has quantity 0; correct it, or remove the line."
        ) { $0.lines[1].quantity = 0 }
    }

    @Test("a line without SKU and an order without lines are named")
    func lines() {
        expect(
            .missingSKU, "lines[0].sku", "Line 1 has no SKU; give the product a SKU in the shop, or enter it here."
        ) { $0.lines[0].sku = " " }
        expect(.noLines, "lines", "The order has no lines; add at least one, or cancel it.") { $0.lines = [] }
    }

    @Test("a missing address, and each missing part of one, is named without its contents")
    func address() {
        expect(
            .missingAddress, "shipping_address",
            "The order has no shipping address; add one, with street, city and country."
        ) { $0.shippingAddress = nil }
        expect(
            .incompleteAddress, "shipping_address.city",
            "The shipping address has no city; ask the customer for it and add it."
        ) { $0.shippingAddress?.city = "" }
        expect(
            .badCountry, "shipping_address.country",
            "The country of the shipping address is 'Germany'; write its two-letter ISO 3166 code, such as US."
        ) { $0.shippingAddress?.country = "Germany" }
        var order = makeOrder()
        order.shippingAddress = Address()
        #expect(order.problems.map(\.field) == ["street1", "city", "country"].map { "shipping_address.\($0)" })
    }

    @Test("an amount that is no decimal of the currency is named")
    func amounts() {
        expect(
            .badAmount, "total",
            "The total is 'free' (not a decimal number such as 12.50); correct it to a decimal number such as 12.50."
        ) { $0.total = "free" }
        expect(.badAmount, "total", "The total is missing; correct it to a decimal number such as 12.50.") {
            $0.total = ""
        }
        expect(
            .badAmount, "tax",
            "The tax is '0.001' (more than 2 digits after the decimal point); correct it to a decimal number such as 12.50."
        ) { $0.tax = "0.001" }
        expect(
            .badAmount, "lines[0].unit_price",
            "Line 1 (MIE-SLIP-S): the unit price is missing; correct it to a decimal number such as 12.50."
        ) { $0.lines[0].unitPrice = "" }
    }

    @Test("every problem is reported at once, in reading order")
    func all() {
        var order = makeOrder()
        order.currency = "XYZ"
        order.shippingAddress = nil
        order.lines[0].sku = ""
        order.lines[1].quantity = -1
        #expect(
            order.problems.map(\.code) == [.unknownCurrency, .missingAddress, .missingSKU, .negativeQuantity])
    }

    private func expect(
        _ code: OrderProblem.Code, _ field: String, _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation, when change: (inout CanonicalOrder) -> Void
    ) {
        var order = makeOrder()
        change(&order)
        #expect(order.problems == [OrderProblem(code, field: field, message)], sourceLocation: sourceLocation)
    }
}
