import Commerce
import Foundation
import Testing

@Suite("The document of a return policy")
struct ReturnPolicyDocumentTests {
    static let published = """
        {"zones":[{"countries":["US"],"window":{"days":30,"anchor":"delivered","fallback_days":5,"business_days":false}}],
         "non_returnable":{"tags":[],"types":[],"skus":[],"collections":[],"discount_percent_from":null},
         "reasons":["wrong_size","defective"],
         "rules":[{"id":"vip","when":{"customer.tags":["vip"]},"then":{"handling_fee":"0"}}],
         "fees":{"restocking_fee_percent":"15","restocking_fee_base":"net","restocking_fee_taxed":false,
          "return_shipping_fee":"7.95","original_shipping":"never","grades":{"A":"100","B":"80","C":"50","D":"0"},
          "fee_waived_reasons":["defective"],"tender_order":"proportional"},
         "resolutions":["original_payment"],"instant_refund":{"grade":"A","matched":true},
         "inspection_checklist":[{"id":"tags","text":"The tags are on."},
          {"id":"fault","text":"The fault is there.","reasons":["defective"]}],
         "arrival_wait":"P2D","receipt_wait":"P3D","expiry":"P30D","reminders":["P7D","P21D"],"review_sla":"P1D",
         "approval_limit":"500.00","version":7}
        """

    @Test("takes the published form as it stands, with a warning that the rest of the world is left out")
    func publishedForm() throws {
        let reading = ReturnPolicy.reading(Data(Self.published.utf8))
        #expect(reading.problems.map(\.code) == [.missingDefaultZone])
        let policy = try reading.accepted()
        #expect(policy.version == 7)
        #expect(policy.zones.map(\.id) == ["us"])
        #expect(policy.zones.first?.window == ReturnWindow(days: 30, fallbackDays: 5))
        #expect(policy.fees.returnShippingFee.text == "7.95")
        #expect(policy.fees.grades["B"] == ReturnPercent("80"))
        #expect(policy.expiry == .days(30))
        #expect(policy.arrivalWait == .days(2))
        #expect(policy.approvalLimit?.text == "500.00")
        #expect(policy.instantRefund == InstantRefundRule(grade: "A", matched: true))
        #expect(policy.inspectionChecklist.map(\.id) == ["tags", "fault"])
    }

    @Test("is written in a form that reads back as the same policy, byte for byte the second time")
    func roundTrip() throws {
        for policy in [
            try ReturnPolicy.reading(Data(Self.published.utf8)).accepted(),
            ReturnPolicy.standard(currency: MoneyTests.usd, timeZone: "Europe/Berlin"),
            try makePolicy(Self.everyAction),
        ] {
            let data = try encoded(policy)
            let again = try JSONDecoder().decode(ReturnPolicy.self, from: data)
            #expect(again == policy)
            #expect(try encoded(again) == data)
            #expect(ReturnPolicy.reading(data).policy == policy)
        }
    }

    static let everyAction = """
        "reasons":["a"],"reason_groups":[{"id":"g","reasons":["a"]}],
        "rules":[{"id":"all","note":"Everything.","priority":3,"effective":{"from":"2026-01-01","through":null},
        "when":{"order.total_value":{"at_least":"10.00","less_than":"20.5"},"order.date":{"is_not":"2026-02-28"},
         "customer.tags":{"all_of":["a","b"],"none_of":["c"]},"product.sku":["X-1","x-1"],"return.method":"ship",
         "return.high_fraud_risk":false,"order.discount_percent":{"more_than":"12.5"}},
        "then":{"bypass_final_sale":true,"donate":false,"keep_item":true,"reject":"No.","needs_review":true,
         "exchange_delivery_method":"express","destination":"dock 4","processing_event":"first_scan",
         "subscription":"skip_next",
         "exclude_methods":["store"],"exclude_outcomes":["exchange","repair"],"hide_product":false,
         "require_shipping":true,"reason_group":"g","window":{"days":60,"anchor":"ordered"},"partial_credit":"40",
         "refund_original_shipping":"pro_rata","handling_fee":"2.50","restocking_fee_percent":12.5,
         "waive_fees":true,"shop_now_bonus":{"amount":"5"},"shop_now_discount":"10",
         "store_credit_incentive":{"percent":"10","amount":"2.5","max":"25"},"lock_exchange_price":true,"instant_refund":false},
        "tests":[{"name":"t","given":{"order.total_value":"15","customer.tags":["A","b"],"order.date":"2026-03-01"},
         "matches":false}]}]
        """

    @Test("a rule says what becomes of a subscription; where no provider does it, the policy is warned of it")
    func subscriptions() throws {
        for action in SubscriptionAction.allCases {
            let rule = #""rules":[{"id":"s","when":{},"then":{"subscription":"\#(action.rawValue)"}}]"#
            let policy = try makePolicy(rule)
            #expect(policy.decide().subscription == action)
            #expect(policy.idle.map(\.field) == (action.putsOff ? ["rules[0].then.subscription"] : []))
        }
        #expect(try makePolicy().decide().subscription == nil)
        expect(
            #""rules":[{"id":"s","when":{},"then":{"subscription":"skip"}}]"#, .unknownChoice,
            "rules[0].then.subscription",
            "'skip' is none of keep, cancel, skip_next, pause; did you mean 'skip_next'?", rule: "s")
    }

    @Test("what becomes of goods is by their grade as the policy says, and as usual where it does not")
    func dispositions() throws {
        let usual = try makePolicy()
        #expect(GoodsGrade.allCases.map(usual.disposition) == [.restock, .restock, .quarantine, .quarantine])
        let policy = try makePolicy(#""dispositions":{"B":"refurbish","C":"restock","D":"scrap"}"#)
        #expect(GoodsGrade.allCases.map(policy.disposition) == [.restock, .refurbish, .restock, .scrap])
        let again = try JSONDecoder().decode(ReturnPolicy.self, from: try encoded(policy))
        #expect(again == policy)
    }

    @Test("a pause lasts whole days, and not for ever", arguments: ["PT12H", "P1001D"])
    func pause(text: String) throws {
        let reading = ReturnPolicy.reading(policyJSON(#""subscription_pause":"\#(text)""#))
        #expect(reading.errors.map(\.code) == [.badDuration])
        #expect(reading.errors.map(\.field) == ["subscription_pause"])
        #expect(try makePolicy(#""subscription_pause":"P90D""#).subscriptionPause == .days(90))
    }

    @Test("a decision of a build that decided nothing about subscriptions is read as it was")
    func olderDecision() throws {
        let decision = try makePolicy().decide()
        let text = String(decoding: try JSONEncoder().encode(decision), as: UTF8.self)
        #expect(!text.contains("\"subscription\""))
        #expect(try JSONDecoder().decode(ReturnDecision.self, from: Data(text.utf8)) == decision)
    }

    @Test("the policy of a new workspace has nothing wrong with it, and passes its own tests")
    func standard() {
        let policy = ReturnPolicy.standard(currency: MoneyTests.usd, timeZone: "America/New_York")
        #expect(policy.problems.isEmpty)
        #expect(policy.rules.allSatisfy { !$0.tests.isEmpty })
        #expect(policy.decide().outcome == .approved)
        #expect(ReturnPolicy.standard().problems.isEmpty)
    }

    @Test("a name that does not exist is refused with the nearest one that does")
    func unknownNames() {
        expect(#""reson":[]"#, .unknownMember, "reson", "There is no 'reson' here; did you mean 'reasons'?")
        expect(
            #""fees":{"restocking_fee":"5"}"#, .unknownMember, "fees.restocking_fee",
            "There is no 'restocking_fee' here; did you mean 'restocking_fee_base'?")
        expect(
            #""rules":[{"id":"r","when":{"tags":["vip"]},"then":{"keep_item":true}}]"#, .unknownCondition,
            "rules[0].when.tags", "There is no condition 'tags'; did you mean 'customer.tags'?", rule: "r")
        expect(
            #""rules":[{"id":"r","when":{},"then":{"keep_items":true}}]"#, .unknownAction,
            "rules[0].then.keep_items", "There is no action 'keep_items'; did you mean 'keep_item'?", rule: "r")
        expect(
            #""rules":[{"id":"r","when":{"order.total_value":{"at_lest":"5"}},"then":{"keep_item":true}}]"#,
            .unknownOperator, "rules[0].when.order.total_value.at_lest",
            "'at_lest' is none of is, is_not, at_least, at_most, more_than, less_than; did you mean 'at_least'?",
            rule: "r")
        expect(
            #""zzzzzzzzz":1"#, .unknownMember, "zzzzzzzzz", "There is no 'zzzzzzzzz' here.")
    }

    @Test("what is no policy at all is refused without a trap")
    func garbage() {
        for (text, code) in [
            ("", .notJSON), ("{", .notJSON), ("[]", .wrongType), ("null", .wrongType), ("{}", .missingMember),
            (#"{"zones":{}}"#, .wrongType), (#"{"zones":[1]}"#, .wrongType), (#"{"zones":[]}"#, .missingZones),
        ] as [(String, ReturnPolicyProblem.Code)] {
            let reading = ReturnPolicy.reading(Data(text.utf8))
            #expect(reading.problems.first?.code == code, "\(text): \(reading.problems)")
            #expect(throws: ReturnPolicyRefusal.self) { try reading.accepted() }
        }
    }

    @Test("the money settings are written in the words of the refund calculation")
    func moneySettings() throws {
        let policy = try ReturnPolicy.reading(Data(Self.published.utf8)).accepted()
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(policy.fees)) as? [String: Any]
        #expect(
            Set(object?.keys.map { $0 } ?? []) == [
                "restocking_fee_percent", "restocking_fee_base", "restocking_fee_taxed", "return_shipping_fee",
                "original_shipping", "grades", "fee_waived_reasons", "tender_order",
            ])
        #expect(object?["tender_order"] as? String == "proportional")
        let bare = try JSONSerialization.jsonObject(with: JSONEncoder().encode(ReturnMoneySettings()))
        #expect((bare as? [String: Any])?["grades"] is NSNull)
    }

    private func encoded(_ policy: ReturnPolicy) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(policy)
    }

    private func expect(
        _ members: String, _ code: ReturnPolicyProblem.Code, _ field: String, _ message: String, rule: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let problems = ReturnPolicy.reading(policyJSON(members)).problems
        #expect(
            problems == [ReturnPolicyProblem(code, rule: rule, field: field, message)], sourceLocation: sourceLocation)
    }
}
