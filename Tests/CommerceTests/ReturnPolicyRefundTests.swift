import Commerce
import Foundation
import Testing

/// From what a policy decides about lines to what is calculated for them.
@Suite("The refund of a decided return")
struct ReturnPolicyRefundTests {
    private let units = UnitNumbers(upTo: 1)

    private func line(_ rules: String, grade: String? = nil, reason: String? = "wrong_size") throws -> ReturnedLine {
        var facts = makeFacts()
        facts.request.lines[0].grade = grade
        facts.request.lines[0].reason = reason
        let decision = try makePolicy(rules).evaluate(facts)
        let line = try #require(decision.lines.first)
        return line.returned(units, grade: grade, reason: reason)
    }

    private func rule(_ action: String) -> String {
        #""rules":[{"id":"r1","when":{},"then":{\#(action)}}]"#
    }

    @Test("fees that a rule or a grade waives are waived in the calculation, under their names")
    func waivers() throws {
        #expect(try line(rule(#""waive_fees":true"#)).feesWaivedBy == "rule r1")
        let grades = #""fee_waived_grades":["D"],"fees":{"grades":{"A":"100","D":"0"}}"#
        #expect(try line(grades, grade: "D").feesWaivedBy == "fee_waived_grades")
        #expect(try line(grades, grade: "A").feesWaivedBy == nil)
        let reasons = #""fees":{"fee_waived_reasons":["wrong_size"]}"#
        #expect(try line(reasons).feesWaivedBy == nil && line(reasons).reason == "wrong_size")
    }

    @Test("goods that are kept, given away or credited in part do not come back")
    func dispositions() throws {
        #expect(
            try line(rule(#""partial_credit":"33.3""#)).kept == KeptGoods(percent: percentage("33.3"), by: "rule r1"))
        #expect(try line(rule(#""keep_item":true"#)).kept == KeptGoods(percent: .hundred, by: "rule r1"))
        #expect(try line(rule(#""donate":true"#)).kept == KeptGoods(percent: .hundred, by: "rule r1"))
        #expect(try line(rule(#""keep_item":true,"require_shipping":true"#)).kept == nil)
        #expect(try line(rule(#""waive_fees":false"#)).kept == nil)
    }

    @Test("a rule's id, however long, is named as far as a name goes")
    func longNames() throws {
        let long = line(waivedBy: String(repeating: "x", count: 500))
        #expect(long.feesWaivedBy?.count == RefundLimits.nameCharactersMax)
    }

    @Test("the settings come to the calculation as they are")
    func settings() throws {
        let policy = try makePolicy(
            """
            "fees":{"restocking_fee_percent":"12.5","restocking_fee_base":"gross","restocking_fee_taxed":true,
             "return_shipping_fee":"7.95","original_shipping":"pro_rata","grades":{"A":"100","B":"80"},
             "fee_waived_reasons":["wrong_size"],"tender_order":["gift_card"]}
            """)
        let currency = try #require(Currency(code: "USD"))
        let form = try JSONDecoder().decode(RefundPolicyForm.self, from: JSONEncoder().encode(policy.fees))
        #expect(try policy.fees.policy(in: currency) == form.policy(in: currency))
        #expect(try ReturnMoneySettings().policy(in: currency) == RefundPolicy())
        let yen = try #require(Currency(code: "JPY"))
        #expect(throws: MoneyError.self) { try policy.fees.policy(in: yen) }
    }

    private func percentage(_ text: String) throws -> Percentage {
        try #require(try Percentage(decimal: text))
    }

    private func line(waivedBy rule: String) -> ReturnedLine {
        var decision = ReturnPolicy.standard().evaluate(makeFacts()).lines[0]
        decision.feesWaivedBy = .rule
        decision.feesWaivedRule = rule
        return decision.returned(units)
    }
}
