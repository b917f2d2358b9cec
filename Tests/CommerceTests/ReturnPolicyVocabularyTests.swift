import Commerce
import Foundation
import Testing

@Suite("The vocabulary of return rules")
struct ReturnPolicyVocabularyTests {
    /// A value that the usual facts have, and one that they have not.
    static let examples: [String: (hit: String, miss: String)] = [
        "customer.tags": (#"["vip"]"#, #"["gold"]"#), "customer.orders_placed": ("4", "5"),
        "customer.returns_placed": ("1", "2"), "customer.keep_item_outcomes": ("2", "0"),
        "customer.partial_credits_issued": ("3", "0"), "customer.bonus_credit_received": (#""5.00""#, #""5.01""#),
        "customer.failed_payment_attempts": ("6", "0"), "customer.returns_with_missing_or_wrong_items": ("7", "0"),
        "order.shipping_country": (#""US""#, #""CA""#), "order.date": (#""2026-05-25""#, #""2026-05-26""#),
        "order.days_since_window_start": ("4", "5"), "order.discount_codes": (#""SPRING""#, #""FALL""#),
        "order.discount_total": (#""6""#, #""7""#), "order.discount_percent": (#""10""#, #""11""#),
        "order.returns_on_order": ("2", "1"), "order.tags": (#"{"all_of":["a","b"]}"#, #"{"all_of":["a","c"]}"#),
        "order.total_value": (#"{"at_least":"60.00"}"#, #"{"more_than":60}"#), "order.currency": (#""USD""#, #""EUR""#),
        "product.id": (#""p-1""#, #""P-1""#), "product.sku": (#""ROBE-S""#, #""robe-s""#),
        "product.type": (#""robes""#, #""hats""#), "product.vendor": (#""MIE""#, #""ours""#),
        "product.tags": (#""Cotton""#, #""wool""#), "product.collections": (#""summer""#, #""winter""#),
        "product.discount_percent": (#"{"at_most":"10"}"#, #"{"less_than":"10"}"#),
        "return.reason": (#""wrong_size""#, #""defective""#), "return.grade": (#""A""#, #""B""#),
        "return.item_count": ("1", "2"), "return.method": (#""ship""#, #""store""#),
        "return.outcome": (#""original_payment""#, #""exchange""#), "return.value": (#""18.00""#, #""18.01""#),
        "return.extent": (#""partial""#, #""full""#), "return.high_fraud_risk": ("true", "false"),
        "return.restock_location": (#""reno""#, #""york""#), "return.channel": (#""portal""#, #""staff""#),
        "return.zone": (#""rest_of_world""#, #"{"is_not":"rest_of_world"}"#),
    ]

    private func facts() -> ReturnFacts {
        var facts = makeFacts()
        facts.customer.tags = ["VIP"]
        facts.customer.ordersPlaced = 4
        facts.customer.returnsPlaced = 1
        facts.customer.keepItemOutcomes = 2
        facts.customer.partialCreditsIssued = 3
        facts.customer.bonusCreditReceived = usd("5.00")
        facts.customer.failedPaymentAttempts = 6
        facts.customer.returnsWithMissingOrWrongItems = 7
        facts.order.discountCodes = ["spring"]
        facts.order.returnsOnOrder = 2
        facts.order.tags = ["A", "B"]
        facts.request.lines[0].grade = "A"
        facts.request.method = .ship
        facts.request.resolution = .originalPayment
        facts.request.highFraudRisk = true
        facts.request.restockLocation = "Reno"
        return facts
    }

    private func keeps(_ name: String, _ value: String, _ facts: ReturnFacts) throws -> Bool {
        let policy = try makePolicy(
            "\"rules\":[{\"id\":\"r\",\"when\":{\"\(name)\":\(value)},\"then\":{\"keep_item\":true}}]")
        return policy.evaluate(facts).lines.first?.disposition == .kept
    }

    @Test(
        "every condition tells a fact that meets it from one that does not",
        arguments: ConditionVocabulary.fields.map(\.name))
    func conditions(name: String) throws {
        let example = try #require(Self.examples[name])
        #expect(try keeps(name, example.hit, facts()))
        #expect(try !keeps(name, example.miss, facts()))
    }

    @Test("no condition is met by a fact that is not known")
    func unknown() throws {
        var facts = ReturnFacts(
            now: makeFacts().now, order: OrderReturnFacts(currency: MoneyTests.usd, lines: [makeOrderLine()]),
            request: ReturnRequestFacts(lines: [ReturnRequestFacts.Line(lineID: "l1", quantity: 1)]))
        facts.order.lines[0] = OrderLineReturnFacts(id: "l1", sku: "ROBE-S", quantity: 3, fulfilled: 3)
        let known = ["order.currency", "product.sku", "return.item_count", "return.extent", "return.zone"]
        for field in ConditionVocabulary.fields where !known.contains(field.name) {
            let example = try #require(Self.examples[field.name])
            #expect(try !keeps(field.name, example.hit, facts), "\(field.name)")
            #expect(try !keeps(field.name, example.miss, facts), "\(field.name)")
        }
    }

    @Test("an amount in another currency than the policy's is not known")
    func otherCurrency() throws {
        let policy = try makePolicy(
            #""currency":"EUR","rules":[{"id":"r","when":{"order.total_value":{"at_least":"0"}},"then":{"keep_item":true}}]"#
        )
        #expect(policy.decide().lines.map(\.disposition) == [.returned])
        let inEuro =
            #""currency":"USD","rules":[{"id":"r","when":{"order.total_value":{"at_least":"0"}},"then":{"keep_item":true}}]"#
        #expect(try makePolicy(inEuro).decide().lines.map(\.disposition) == [.kept])
    }

    @Test("the document of the vocabulary names everything there is")
    func document() {
        for name in ConditionVocabulary.fields.map(\.name) + ActionVocabulary.actions.map(\.name) {
            #expect(VocabularyDocument.markdown.contains("| `\(name)` |"))
        }
        let sentences = ConditionVocabulary.fields.map(\.summary) + ActionVocabulary.actions.map(\.summary)
        #expect(sentences.allSatisfy { $0.last == "." })
        #expect(Set(ConditionVocabulary.fields.map(\.name)).count == ConditionVocabulary.fields.count)
        #expect(Set(ActionVocabulary.actions.map(\.name)).count == ActionVocabulary.actions.count)
        #expect(Set(Self.examples.keys) == Set(ConditionVocabulary.fields.map(\.name)))
    }
}
