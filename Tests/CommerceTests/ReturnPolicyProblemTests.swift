import Commerce
import Foundation
import Testing

@Suite("What is wrong with a return policy")
struct ReturnPolicyProblemTests {
    struct Case: CustomTestStringConvertible {
        let members: String
        let code: ReturnPolicyProblem.Code
        let field: String
        var rule: String?
        var testDescription: String { "\(code.rawValue) at \(field)" }

        init(_ members: String, _ code: ReturnPolicyProblem.Code, _ field: String, rule: String? = nil) {
            self.members = members
            self.code = code
            self.field = field
            self.rule = rule
        }
    }

    static let badSettings: [Case] = [
        Case(#""fees":{"restocking_fee_percent":"101"}"#, .badPercentage, "fees.restocking_fee_percent"),
        Case(#""fees":{"restocking_fee_percent":"-1"}"#, .badPercentage, "fees.restocking_fee_percent"),
        Case(#""fees":{"restocking_fee_percent":"1.23456"}"#, .badPercentage, "fees.restocking_fee_percent"),
        Case(#""fees":{"restocking_fee_percent":"a"}"#, .badPercentage, "fees.restocking_fee_percent"),
        Case(#""fees":{"grades":{"A":"100","B":"180"}}"#, .badPercentage, "fees.grades.B"),
        Case(
            #""non_returnable":{"discount_percent_from":-5}"#, .badPercentage,
            "non_returnable.discount_percent_from"),
        Case(#""fees":{"return_shipping_fee":"-7.95"}"#, .badAmount, "fees.return_shipping_fee"),
        Case(#""currency":"JPY","fees":{"return_shipping_fee":"7.95"}"#, .badAmount, "fees.return_shipping_fee"),
        Case(#""approval_limit":"1.2345""#, .badAmount, "approval_limit"),
        Case(#""currency":"usd""#, .unknownCurrency, "currency"),
        Case(#""calendar":{"time_zone":"Mars/Olympus"}"#, .unknownTimeZone, "calendar.time_zone"),
        Case(
            #""calendar":{"weekend":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"]}"#,
            .noBusinessDay, "calendar.weekend"),
        Case(#""calendar":{"holidays":["2026-02-30"]}"#, .badDate, "calendar.holidays[0]"),
        Case(#""expiry":"P1M""#, .badDuration, "expiry"),
        Case(#""expiry":"PT0S""#, .badDuration, "expiry"),
        Case(#""expiry":"P7D","reminders":["P3D","P7D"]"#, .reminderAfterExpiry, "reminders[1]"),
        Case(#""resolutions":["cash"]"#, .unknownChoice, "resolutions[0]"),
        Case(#""resolutions":[]"#, .badValue, "resolutions"),
        Case(#""resolutions":["exchange","replace"]"#, .unsupportedResolution, "resolutions[1]"),
        Case(#""resolutions":["repair"]"#, .unsupportedResolution, "resolutions[0]"),
        Case(#""reasons":["a","A"]"#, .duplicateID, "reasons[1]"),
        Case(#""reasons":["a"],"fees":{"fee_waived_reasons":["b"]}"#, .unknownReason, "fees.fee_waived_reasons[0]"),
        Case(
            #""reasons":["a"],"reason_groups":[{"id":"g","reasons":["a","b"]}]"#, .unknownReason,
            "reason_groups[0].reasons[1]"),
        Case(#""reason_groups":[{"id":"g","reasons":[]}]"#, .badValue, "reason_groups[0].reasons"),
        Case(#""fees":{"grades":{"A":"100"}},"instant_refund":{"grade":"Z"}"#, .unknownGrade, "instant_refund.grade"),
        Case(#""fees":{"grades":{"A":"100"}},"fee_waived_grades":["B"]"#, .unknownGrade, "fee_waived_grades[0]"),
        Case(
            #""known_tags":["final-sale"],"non_returnable":{"tags":["final-sail"]}"#, .unknownTag,
            "non_returnable.tags[0]"),
        Case(#""reasons":["a"],"fees":{"fee_waived_reasons":["A"]}"#, .unknownReason, "fees.fee_waived_reasons[0]"),
        Case(
            #""inspection_checklist":[{"id":"a","text":"A"},{"id":"a","text":"B"}]"#, .duplicateID,
            "inspection_checklist[1].id"),
        Case(
            #""reasons":["a"],"inspection_checklist":[{"id":"a","text":"A","reasons":["a","b"]}]"#, .unknownReason,
            "inspection_checklist[0].reasons[1]"),
        Case(#""inspection_checklist":[{"id":"a"}]"#, .missingMember, "inspection_checklist[0].text"),
        Case(#""inspection_checklist":[{"id":" ","text":"A"}]"#, .badValue, "inspection_checklist[0].id"),
        Case(#""dispositions":{"A":"sell"}"#, .unknownChoice, "dispositions.A"),
        Case(#""dispositions":{"E":"scrap"}"#, .unknownGrade, "dispositions.E"),
        Case(#""dispositions":{"D":"restock"}"#, .badValue, "dispositions.D"),
        Case(#""version":0"#, .badValue, "version"),
        Case(#""unknown_facts":"guess""#, .unknownChoice, "unknown_facts"),
    ]

    @Test("a bad setting is refused where it stands", arguments: badSettings)
    func setting(example: Case) { expect(example) }

    static let badRules: [Case] = [
        Case(
            oneRule(#""when":{"return.reason":"lost"}"#, extra: #""reasons":["found"],"#), .unknownReason,
            "rules[0].when.return.reason.is", rule: "r"),
        Case(oneRule(#""when":{"return.zone":"mars"}"#), .unknownZone, "rules[0].when.return.zone.is", rule: "r"),
        Case(
            oneRule(#""when":{"return.grade":["A","Z"]}"#, extra: #""fees":{"grades":{"A":"100"}},"#), .unknownGrade,
            "rules[0].when.return.grade.any_of[1]", rule: "r"),
        Case(
            oneRule(#""when":{"order.currency":"USX"}"#), .unknownCurrency, "rules[0].when.order.currency.is", rule: "r"
        ),
        Case(
            oneRule(#""when":{"order.shipping_country":["UK"]}"#), .badCountry,
            "rules[0].when.order.shipping_country.any_of[0]", rule: "r"),
        Case(
            oneRule(#""when":{"product.tags":["vipp"]}"#, extra: #""known_tags":["vip"],"#), .unknownTag,
            "rules[0].when.product.tags.any_of[0]", rule: "r"),
        Case(oneRule(#""when":{"return.method":"fly"}"#), .unknownChoice, "rules[0].when.return.method", rule: "r"),
        Case(oneRule(#""when":{"order.total_value":{}}"#), .badValue, "rules[0].when.order.total_value", rule: "r"),
        Case(oneRule(#""when":{"order.total_value":["1"]}"#), .wrongType, "rules[0].when.order.total_value", rule: "r"),
        Case(
            oneRule(#""when":{"customer.orders_placed":-1}"#), .badValue, "rules[0].when.customer.orders_placed",
            rule: "r"),
        Case(
            oneRule(#""when":{"order.discount_percent":{"at_least":"120"}}"#), .badPercentage,
            "rules[0].when.order.discount_percent.at_least", rule: "r"),
        Case(oneRule(#""when":{}"#, then: #"{}"#), .noEffect, "rules[0].then", rule: "r"),
        Case(
            oneRule(#""when":{}"#, then: #"{"restocking_fee_percent":"150"}"#), .badPercentage,
            "rules[0].then.restocking_fee_percent", rule: "r"),
        Case(
            oneRule(#""when":{}"#, then: #"{"handling_fee":"1.999"}"#, extra: #""currency":"USD","#), .badAmount,
            "rules[0].then.handling_fee", rule: "r"),
        Case(oneRule(#""when":{}"#, then: #"{"window":-2}"#), .negativeWindow, "rules[0].then.window", rule: "r"),
        Case(oneRule(#""when":{}"#, then: #"{"window":{}}"#), .noEffect, "rules[0].then.window", rule: "r"),
        Case(
            oneRule(#""when":{}"#, then: #"{"reason_group":"shoes"}"#), .unknownReasonGroup,
            "rules[0].then.reason_group", rule: "r"),
        Case(
            oneRule(#""when":{}"#, then: #"{"shop_now_bonus":{"points":"5"}}"#), .unknownMember,
            "rules[0].then.shop_now_bonus.points", rule: "r"),
        Case(
            oneRule(#""when":{"order.total_value":{"more_than":"5","at_most":"5"}}"#), .unreachableRule,
            "rules[0].when.order.total_value", rule: "r"),
        Case(
            oneRule(#""when":{"customer.orders_placed":{"less_than":0}}"#), .unreachableRule,
            "rules[0].when.customer.orders_placed", rule: "r"),
        Case(
            oneRule(#""when":{"product.type":{"is":"Hats","none_of":["hats"]}}"#), .unreachableRule,
            "rules[0].when.product.type", rule: "r"),
        Case(
            oneRule(#""when":{"return.extent":{"none_of":["full","partial"]}}"#), .unreachableRule,
            "rules[0].when.return.extent", rule: "r"),
        Case(
            oneRule(#""when":{"customer.tags":{"all_of":["a"],"none_of":["A"]}}"#), .unreachableRule,
            "rules[0].when.customer.tags", rule: "r"),
        Case(
            oneRule(#""when":{},"effective":{"from":"2026-02-01","through":"2026-01-31"}"#), .unreachableRule,
            "rules[0].effective", rule: "r"),
        Case(
            oneRule(#""when":{},"tests":[{"name":"t","given":{},"matches":false}]"#), .failingTest, "rules[0].tests[0]",
            rule: "r"),
        Case(
            oneRule(#""when":{},"tests":[{"name":"t","given":{"no.such":1}}]"#), .unknownCondition,
            "rules[0].tests[0].given.no.such", rule: "r"),
    ]

    private static func oneRule(_ members: String, then: String = #"{"keep_item":true}"#, extra: String = "") -> String
    {
        "\(extra)\"rules\":[{\"id\":\"r\",\"then\":\(then),\(members)}]"
    }

    @Test("a bad rule is refused by its name", arguments: badRules)
    func rule(example: Case) { expect(example) }

    private func expect(_ example: Case) {
        let reading = ReturnPolicy.reading(policyJSON(example.members))
        #expect(reading.problems.map(\.code) == [example.code], "\(reading.problems)")
        #expect(reading.problems.map(\.field) == [example.field])
        #expect(reading.problems.map(\.rule) == [example.rule])
        #expect(throws: ReturnPolicyRefusal.self) { try reading.accepted() }
    }

    static let badZones: [(String, [ReturnPolicyProblem.Code], String)] = [
        (
            #"[{"countries":["US","CA"],"window":{"days":1}},{"countries":["CA","*"],"window":{"days":1}}]"#,
            [.badCountry], "zones[1].countries[1]"
        ),
        (
            #"[{"countries":["US","CA"],"window":{"days":1}},{"id":"b","countries":["CA"],"window":{"days":1}},{"window":{"days":1}}]"#,
            [.overlappingZones], "zones[1].countries[0]"
        ),
        (
            #"[{"countries":[],"window":{"days":1}},{"id":"b","countries":["*"],"window":{"days":1}}]"#,
            [.overlappingZones], "zones[1].countries"
        ),
        (#"[{"countries":["US"],"window":{"days":1}}]"#, [.missingDefaultZone], "zones"),
        (
            #"[{"id":"a","countries":["US"],"window":{"days":1}},{"id":"a","window":{"days":1}}]"#, [.duplicateID],
            "zones[1].id"
        ),
        (#"[{"window":{"days":-2}}]"#, [.negativeWindow], "zones[0].window.days"),
        (#"[{"window":{"days":1,"fallback_days":-1}}]"#, [.negativeWindow], "zones[0].window.fallback_days"),
        (#"[{"countries":["UK"],"window":{"days":1}},{"window":{"days":1}}]"#, [.badCountry], "zones[0].countries[0]"),
        (#"[{"methods":[],"window":{"days":1}}]"#, [.badValue], "zones[0].methods"),
        (#"[{"countries":["*"]}]"#, [.missingMember], "zones[0].window"),
        (
            #"[{"window":{"days":1,"seasons":[{"id":"x","from":"2026-12-01","through":"2026-11-01","last_return_date":"2027-01-31"}]}}]"#,
            [.emptySeason], "zones[0].window.seasons[0].through"
        ),
    ]

    @Test("a bad zone is refused where it stands", arguments: badZones)
    func zone(json: String, codes: [ReturnPolicyProblem.Code], field: String) {
        let problems = ReturnPolicy.reading(policyJSON("", zones: json)).problems
        #expect(problems.first?.field == field, "\(problems)")
        #expect(problems.map(\.code).prefix(codes.count) == codes[...])
    }

    @Test("everything is reported at once, and a broken rule is not blamed for what follows from that")
    func together() {
        let problems = ReturnPolicy.reading(
            policyJSON(
                #""currency":"X","rules":[{"id":"a","when":{"no.such":1},"then":{"keep_item":true}},"#
                    + #"{"id":"b","when":{},"then":{"keep_item":false}}]"#)
        ).problems
        #expect(Set(problems.map(\.code)) == [.unknownCurrency, .unknownCondition])
    }

    @Test("five hundred rules are compared, more are too many")
    func limit() {
        func rules(_ count: Int) -> Data {
            let rules = (0..<count).map {
                #"{"id":"r\#($0)","when":{"product.sku":"S-\#($0)"},"then":{"keep_item":true}}"#
            }
            return policyJSON("\"rules\":[\(rules.joined(separator: ","))]")
        }
        #expect(ReturnPolicy.reading(rules(500)).problems.isEmpty)
        #expect(ReturnPolicy.reading(rules(501)).problems.map(\.code) == [.tooMany])
    }

    @Test("long lists and many tests are refused, and no more problems are told than anybody reads")
    func bounds() {
        func list(_ element: String, _ count: Int) -> String {
            "[\(Array(repeating: element, count: count).joined(separator: ","))]"
        }
        let long = ReturnPolicy.reading(policyJSON("\"known_tags\":\(list("1", 10_001))"))
        #expect(long.problems.map(\.code) == [.tooMany])
        #expect(ReturnPolicy.reading(policyJSON("\"known_tags\":\(list("1", 5_000))")).problems.count == 200)
        let tags = #""known_tags":["a"],"final_sale":{"tags":\#(list(#""b""#, 5_000))}"#
        #expect(ReturnPolicy.reading(policyJSON(tags)).problems.count == 100)
        let tests = list(#"{"name":"t","given":{}}"#, 1_001)
        let rule = #"{"id":"r","when":{},"then":{"keep_item":true},"tests":\#(tests)}"#
        #expect(ReturnPolicy.reading(policyJSON("\"rules\":[\(rule)]")).problems.map(\.code) == [.tooMany])
    }
}
