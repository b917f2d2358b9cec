import Commerce
import Foundation
import Testing

/// A moment in UTC, e.g. `2026-03-05T17:00:00Z`.
func moment(_ text: String) -> Date {
    Timestamp(text: text).date ?? .distantPast
}

func usd(_ text: String) -> Money? {
    Currency(code: "USD").flatMap { try? Money(decimal: text, currency: $0) }
}

/// The policy of the JSON members, which may be without anything but what the test is about.
func makePolicy(_ members: String = "", zones: String = #"[{"countries":["*"],"window":{"days":30}}]"#) throws
    -> ReturnPolicy
{
    try ReturnPolicy.reading(policyJSON(members, zones: zones)).accepted()
}

func policyJSON(_ members: String, zones: String = #"[{"countries":["*"],"window":{"days":30}}]"#) -> Data {
    Data("{\"zones\":\(zones)\(members.isEmpty ? "" : ",")\(members)}".utf8)
}

/// A line of three robes at 20.00, discounted by 6.00, delivered on 1 June 2026.
func makeOrderLine(_ id: String = "l1", sku: String = "ROBE-S") -> OrderLineReturnFacts {
    var line = OrderLineReturnFacts(
        id: id, sku: sku, quantity: 3, fulfilled: 3, price: usd("60.00"), discount: usd("6.00"))
    line.fulfilledAt = moment("2026-05-28T12:00:00Z")
    line.deliveredAt = moment("2026-06-01T12:00:00Z")
    line.type = "Robes"
    line.vendor = "Mie"
    line.productID = "p-1"
    line.tags = ["cotton"]
    line.collections = ["summer"]
    return line
}

/// One unit of that line, asked for four days after its delivery, by a customer of whom everything is known.
func makeFacts(_ lines: [OrderLineReturnFacts] = [makeOrderLine()]) -> ReturnFacts {
    var order = OrderReturnFacts(currency: MoneyTests.usd, lines: lines)
    order.total = usd("60.00")
    order.shippingCountry = "US"
    order.orderedAt = moment("2026-05-25T12:00:00Z")
    order.tags = []
    order.discountCodes = []
    order.returnsOnOrder = 0
    var request = ReturnRequestFacts(
        lines: lines.map { ReturnRequestFacts.Line(lineID: $0.id, quantity: 1, reason: "wrong_size") })
    request.channel = .portal
    request.highFraudRisk = false
    return ReturnFacts(
        now: moment("2026-06-05T12:00:00Z"), customer: makeCustomer(), order: order, request: request)
}

func makeCustomer() -> CustomerReturnFacts {
    var customer = CustomerReturnFacts()
    customer.tags = []
    customer.ordersPlaced = 3
    customer.returnsPlaced = 0
    customer.keepItemOutcomes = 0
    customer.partialCreditsIssued = 0
    customer.bonusCreditReceived = usd("0")
    customer.failedPaymentAttempts = 0
    customer.returnsWithMissingOrWrongItems = 0
    return customer
}

extension ReturnPolicy {
    /// The decision about the usual facts after a change.
    func decide(_ change: (inout ReturnFacts) -> Void = { _ in }) -> ReturnDecision {
        var facts = makeFacts()
        change(&facts)
        return evaluate(facts)
    }
}
