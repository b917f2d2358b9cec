import Commerce
import Foundation
import Testing

@Suite("Rules of a return policy against each other")
struct ReturnPolicyConflictTests {
    private func problems(_ rules: String...) -> [ReturnPolicyProblem] {
        ReturnPolicy.reading(policyJSON("\"rules\":[\(rules.joined(separator: ","))]")).problems
    }

    @Test("two rules of one priority that set one action differently and overlap contradict each other")
    func contradiction() {
        let found = problems(
            #"{"id":"a","when":{"order.total_value":{"at_least":"100"}},"then":{"handling_fee":"5"}}"#,
            #"{"id":"b","when":{"order.total_value":{"at_most":"100"}},"then":{"handling_fee":"7"}}"#)
        #expect(found.map(\.code) == [.contradictoryRules])
        #expect(found.map(\.rule) == ["b"])
        #expect(found.map(\.field) == ["rules[1].then.handling_fee"])
        #expect(found.first?.message.contains("Rule b sets handling_fee to 7, rule a to 5") == true)
    }

    @Test(
        "they do not when the conditions, the dates, the priorities or the values keep them apart",
        arguments: [
            (
                #""when":{"order.total_value":{"more_than":"100"}},"then":{"handling_fee":"5"}"#,
                #""when":{"order.total_value":{"at_most":"100"}},"then":{"handling_fee":"7"}"#
            ),
            (
                #""when":{},"effective":{"through":"2026-01-31"},"then":{"handling_fee":"5"}"#,
                #""when":{},"effective":{"from":"2026-02-01"},"then":{"handling_fee":"7"}"#
            ),
            (
                #""when":{"return.outcome":"exchange"},"priority":2,"then":{"handling_fee":"5"}"#,
                #""when":{},"then":{"handling_fee":"7"}"#
            ),
            (#""when":{},"then":{"handling_fee":"5"}"#, #""when":{},"then":{"handling_fee":"5.00"}"#),
            (#""when":{},"then":{"needs_review":"One."}"#, #""when":{},"then":{"needs_review":"Another."}"#),
            (
                #""when":{},"then":{"exclude_methods":["ship","store"]}"#,
                #""when":{},"then":{"exclude_methods":["store","ship"]}"#
            ),
            (
                #""when":{"product.type":"Hats"},"then":{"window":60}"#,
                #""when":{"product.type":{"is_not":"hats"}},"then":{"window":10}"#
            ),
            (#""when":{},"then":{"handling_fee":"5"}"#, #""when":{},"then":{"restocking_fee_percent":"5"}"#),
        ])
    func apart(first: String, second: String) {
        let found = problems("{\"id\":\"a\",\(first)}", "{\"id\":\"b\",\(second)}")
        #expect(found.isEmpty, "\(found)")
    }

    @Test("conditions on lines do not keep apart what is decided for the whole return")
    func differentLines() {
        let found = problems(
            #"{"id":"a","when":{"product.type":"Hats"},"then":{"handling_fee":"5"}}"#,
            #"{"id":"b","when":{"product.type":"Robes"},"then":{"handling_fee":"7"}}"#)
        #expect(found.map(\.code) == [.contradictoryRules])
        #expect(found.first?.message.contains("different lines of one return") == true)
    }

    @Test("a rule that a higher one always covers is unreachable, whatever their order")
    func shadow() {
        let broad = #"{"id":"broad","priority":5,"when":{"customer.tags":["vip","gold"]},"then":{"handling_fee":"0"}}"#
        let narrow = #"{"id":"narrow","when":{"customer.tags":"gold","order.tags":["x"]},"then":{"handling_fee":"3"}}"#
        for found in [problems(broad, narrow), problems(narrow, broad)] {
            #expect(found.map(\.code) == [.unreachableRule])
            #expect(found.map(\.rule) == ["narrow"])
            #expect(found.first?.message.contains("broad applies too") == true)
        }
    }

    @Test("a part of a rule that is covered is a warning, and the policy is accepted")
    func partialShadow() throws {
        let found = problems(
            #"{"id":"broad","priority":5,"when":{},"then":{"handling_fee":"0"}}"#,
            #"{"id":"narrow","when":{"customer.tags":"gold"},"then":{"handling_fee":"3","waive_fees":true}}"#)
        #expect(found.map(\.code) == [.unreachableAction])
        #expect(found.map(\.severity) == [.warning])
        #expect(found.map(\.field) == ["rules[1].then.handling_fee"])
    }

    @Test(
        "a rule is not covered by one that may not apply when it does",
        arguments: [
            #""when":{"order.tags":["x"]},"then":{"handling_fee":"0"}"#,
            #""when":{"customer.orders_placed":{"at_least":0}},"then":{"handling_fee":"0"}"#,
            #""when":{},"effective":{"from":"2026-01-01"},"then":{"handling_fee":"0"}"#,
            #""when":{"customer.tags":["gold"]},"then":{"restocking_fee_percent":"0"}"#,
            #""when":{"customer.tags":{"all_of":["gold","vip"]}},"then":{"handling_fee":"0"}"#,
        ])
    func noShadow(members: String) {
        let found = problems(
            "{\"id\":\"a\",\"priority\":5,\(members)}",
            #"{"id":"b","when":{"customer.tags":"gold"},"then":{"handling_fee":"3"}}"#)
        #expect(found.isEmpty, "\(found)")
    }

    @Test("two rules of one name are refused, and so are two tests")
    func duplicates() {
        let rule = #"{"id":"a","when":{},"then":{"keep_item":true}}"#
        #expect(problems(rule, rule).map(\.code) == [.duplicateID])
        let tested =
            #"{"id":"a","when":{},"then":{"keep_item":true},"tests":[{"name":"t","given":{}},{"name":"t","given":{}}]}"#
        #expect(problems(tested).map(\.field) == ["rules[0].tests[1].name"])
    }

    @Test("the tests of a rule run against the whole policy")
    func storedTests() {
        let higher = #"{"id":"higher","priority":1,"when":{"order.tags":["x"]},"then":{"handling_fee":"1"}}"#
        func rule(_ test: String) -> String {
            #"{"id":"r","when":{"customer.tags":["vip"]},"effective":{"from":"2026-07-01"},"#
                + #""then":{"handling_fee":"0"},"tests":[{"name":"t",\#(test)}]}"#
        }
        let vip = #""given":{"customer.tags":["VIP"]}"#
        #expect(problems(higher, rule("\(vip),\"decides\":[\"handling_fee\"]")).isEmpty)
        #expect(problems(higher, rule("\(vip),\"on\":\"2026-06-30\",\"matches\":false")).isEmpty)
        let beaten = #""given":{"customer.tags":["vip"],"order.tags":["x"]},"decides":["handling_fee"]"#
        #expect(problems(higher, rule(beaten)).first?.message.contains("decides nothing, not handling_fee") == true)
        let unmet = #""given":{"customer.tags":["new"]}"#
        #expect(
            problems(higher, rule(unmet)).first?.message.contains("customer.tags is or has any of vip: no, it is new")
                == true)
    }
}
