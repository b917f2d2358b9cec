import Commerce
import Foundation
import SeededRandom

/// Policies and facts of a small world, so that rules often meet each other and their facts.
struct ReturnPolicyGenerator {
    var random: SeededGenerator

    init() { random = SeededGenerator() }

    init(_ random: SeededGenerator) { self.random = random }

    private static let conditions = [
        ("customer.tags", [#"["a"]"#, #"["b"]"#, #"{"all_of":["a","b"]}"#, #"{"none_of":["a"]}"#, #"["a","b"]"#]),
        (
            "order.total_value",
            [
                #"{"at_least":"50"}"#, #"{"less_than":"50"}"#, #"{"at_least":"20","at_most":"80"}"#,
                #"{"more_than":"80"}"#,
            ]
        ),
        ("order.shipping_country", [#""US""#, #"["US","CA"]"#, #"{"is_not":"CA"}"#]),
        ("product.sku", [#""A""#, #""B""#, #"{"none_of":["A"]}"#]),
        ("return.reason", [#""torn""#, #""small""#, #"["torn","small"]"#]),
        ("return.outcome", [#""exchange""#, #"{"is_not":"exchange"}"#]),
        ("return.high_fraud_risk", ["true", "false"]),
        ("order.date", [#"{"at_least":"2026-03-01"}"#, #"{"less_than":"2026-03-01"}"#]),
    ]

    private static let actions = [
        ("handling_fee", [#""1""#, #""2""#]), ("restocking_fee_percent", [#""10""#, #""20""#]),
        ("reject", ["true", "false"]), ("keep_item", ["true", "false"]), ("waive_fees", ["true", "false"]),
        ("needs_review", ["true", "false"]), ("window", ["5", "60"]), ("bypass_final_sale", ["true", "false"]),
        ("exclude_outcomes", [#"["exchange"]"#, #"["store_credit"]"#]), ("require_shipping", ["true", "false"]),
    ]

    /// The JSON of one rule.
    mutating func rule(_ id: Int) -> String {
        let when = members(Self.conditions, count: Int.random(in: 0...3, using: &random))
        let then = members(Self.actions, count: Int.random(in: 1...3, using: &random))
        let dates = [#"{}"#, #"{}"#, #"{}"#, #"{"from":"2026-03-01"}"#, #"{"through":"2026-03-20"}"#]
        let effective = dates.randomElement(using: &random) ?? "{}"
        let priority = Int.random(in: 0...2, using: &random)
        return
            "{\"id\":\"r\(id)\",\"priority\":\(priority),\"effective\":\(effective),\"when\":\(when),\"then\":\(then)}"
    }

    mutating func reading() -> ReturnPolicyReading {
        let rules = (0..<Int.random(in: 0...8, using: &random)).map { rule($0) }
        let review = Bool.random(using: &random) ? "review" : "ignore"
        return ReturnPolicy.reading(
            policyJSON(
                "\"rules\":[\(rules.joined(separator: ","))],\"unknown_facts\":\"\(review)\","
                    + #""resolutions":["original_payment","store_credit","exchange"],"final_sale":{"tags":["sale"]},"#
                    + #""non_returnable":{"discount_percent_from":"60"},"approval_limit":"90","#
                    + #""fees":{"restocking_fee_percent":"5","fee_waived_reasons":["torn"]}"#,
                zones: #"[{"countries":["US"],"window":{"days":25}},{"window":{"days":30,"anchor":"ordered"}}]"#))
    }

    mutating func facts() -> ReturnFacts {
        let day = 86_400.0
        let now = moment("2026-03-10T12:00:00Z") + Double(Int.random(in: -20...20, using: &random)) * day
        var order = OrderReturnFacts(currency: MoneyTests.usd, lines: ["A", "B", "C"].map { line($0, before: now) })
        order.total = maybe(Money(minorUnits: .random(in: 0...100, using: &random) * 100, currency: MoneyTests.usd))
        order.shippingCountry = maybe(pick(["US", "CA", "FR"]))
        order.orderedAt = maybe(now - Double(Int.random(in: 0...40, using: &random)) * day)
        var customer = CustomerReturnFacts()
        customer.tags = maybe(Set(["a", "b", "c"].filter { _ in Bool.random(using: &random) }))
        var request = ReturnRequestFacts(lines: (0..<Int.random(in: 0...4, using: &random)).map { _ in requested() })
        request.resolution = maybe(pick([.originalPayment, .exchange, .storeCredit]))
        request.highFraudRisk = maybe(Bool.random(using: &random))
        return ReturnFacts(now: now, customer: customer, order: order, request: request)
    }

    private mutating func line(_ sku: String, before now: Date) -> OrderLineReturnFacts {
        var line = OrderLineReturnFacts(
            id: sku, sku: sku, quantity: Int.random(in: 1...4, using: &random),
            fulfilled: Int.random(in: 1...4, using: &random), returned: Int.random(in: 0...1, using: &random))
        line.price = maybe(Money(minorUnits: .random(in: 0...6000, using: &random), currency: MoneyTests.usd))
        line.discount = maybe(Money(minorUnits: .random(in: 0...3000, using: &random), currency: MoneyTests.usd))
        line.deliveredAt = maybe(now - Double(Int.random(in: 0...30, using: &random)) * 86_400)
        line.fulfilledAt = maybe(now - Double(Int.random(in: 0...35, using: &random)) * 86_400)
        line.tags = maybe(pick([[], ["sale"]]))
        return line
    }

    private mutating func requested() -> ReturnRequestFacts.Line {
        ReturnRequestFacts.Line(
            lineID: pick(["A", "B", "C", "D"]), quantity: Int.random(in: 0...3, using: &random),
            reason: maybe(pick(["torn", "small"])))
    }

    private mutating func members(_ table: [(String, [String])], count: Int) -> String {
        let chosen = table.shuffled(using: &random).prefix(count)
        let members = chosen.map { name, values in "\"\(name)\":\(pick(values))" }
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    /// Known five times out of six.
    private mutating func maybe<Value>(_ value: Value) -> Value? {
        Int.random(in: 0..<6, using: &random) == 0 ? nil : value
    }
}
