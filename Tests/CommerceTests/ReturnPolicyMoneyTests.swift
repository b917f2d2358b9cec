import Commerce
import Foundation
import Testing

@Suite("The money settings that follow from a return policy")
struct ReturnPolicyMoneyTests {
    static let fees =
        #""fees":{"restocking_fee_percent":"15","return_shipping_fee":"7.95","fee_waived_reasons":["defective"],"grades":{"A":"100","B":"80"}},"fee_waived_grades":["B"]"#

    @Test("are the policy's own unless rules change them")
    func rules() throws {
        let policy = try makePolicy(
            Self.fees + #","rules":[{"id":"r","when":{"return.outcome":"exchange"},"then":"#
                + #"{"handling_fee":"0","restocking_fee_percent":"5","refund_original_shipping":"full_return"}}],"#
                + #""resolutions":["original_payment","exchange"]"#)
        #expect(policy.decide().money == policy.fees)
        let exchange = policy.decide { $0.request.resolution = .exchange }.money
        #expect(exchange.returnShippingFee == .zero)
        #expect(exchange.restockingFeePercent == ReturnPercent("5"))
        #expect(exchange.originalShipping == .fullReturn)
        #expect(exchange.grades == policy.fees.grades)
    }

    @Test("fees are waived by reason, by grade and by rule, line by line")
    func waivers() throws {
        let policy = try makePolicy(
            Self.fees + #","rules":[{"id":"w","when":{"product.sku":"W"},"then":{"waive_fees":true}}]"#)
        var facts = makeFacts(["A", "B", "C", "W"].map { makeOrderLine($0, sku: $0) })
        facts.request.lines[1].reason = "defective"
        facts.request.lines[2].grade = "B"
        let decision = policy.evaluate(facts)
        #expect(decision.lines.map(\.feesWaivedBy) == [nil, .reason, .grade, .rule])
        #expect(decision.explanation.customerText.contains("A fee of 7.95 USD is taken."))
        facts.request.lines.removeFirst()
        #expect(!policy.evaluate(facts).explanation.customerText.contains("fee of"))
    }

    @Test("a flat amount in another currency is not taken, and somebody looks at it")
    func currencies() throws {
        let policy = try makePolicy(#""currency":"EUR",\#(Self.fees),"approval_limit":"10.00""#)
        let decision = policy.decide()
        #expect(decision.money.returnShippingFee == .zero)
        #expect(decision.money.restockingFeePercent == ReturnPercent("15"))
        #expect(decision.outcome == .inReview)
        #expect(decision.reasons.map(\.rule) == ["fees.return_shipping_fee", "approval_limit"])
        #expect(Set(decision.reasons.map(\.code)) == [.currencyDiffers])
        let anyCurrency = try makePolicy(Self.fees)
        let yen = anyCurrency.decide {
            $0.order.currency = MoneyTests.jpy
            $0.order.lines[0].price = Money(minorUnits: 6000, currency: MoneyTests.jpy)
            $0.order.lines[0].discount = .zero(MoneyTests.jpy)
        }
        #expect(yen.money.returnShippingFee == .zero)
        #expect(yen.reasons.map(\.code) == [.currencyDiffers])
        let even = try makePolicy(#""fees":{"return_shipping_fee":"500"}"#)
        #expect(even.decide { $0.order.currency = MoneyTests.jpy }.money.returnShippingFee == ReturnAmount("500"))
    }

    @Test("a return above the limit is reviewed, one at the limit is not")
    func approvalLimit() throws {
        let policy = try makePolicy(#""approval_limit":"36.00""#)
        #expect(policy.decide { $0.request.lines[0].quantity = 2 }.outcome == .approved)
        let over = policy.decide { $0.request.lines[0].quantity = 3 }
        #expect(over.reasons.map(\.code) == [.overApprovalLimit])
        #expect(over.reasons.map(\.message) == ["The value 54.00 USD is above the limit of 36.00 USD."])
        #expect(policy.decide { $0.order.lines[0].price = nil }.reasons.map(\.code) == [.valueUnknown])
    }

    @Test("the value of a return is that of its units, so that parts add up to the line")
    func value() throws {
        let policy = try makePolicy(
            #""rules":[{"id":"r","when":{"return.value":{"is":"6.67"}},"then":{"keep_item":true}}]"#)
        func kept(after returned: Int) -> Bool {
            policy.decide {
                $0.order.lines[0].price = usd("20.00")
                $0.order.lines[0].discount = usd("0.00")
                $0.order.lines[0].returned = returned
            }.lines.first?.disposition == .kept
        }
        #expect((0..<3).map(kept) == [true, false, true])
    }

    @Test(
        "an instant refund needs the grade and the match, and waits for both",
        arguments: [
            (nil, nil, .awaitingInspection), ("A", nil, .awaitingInspection), (nil, true, .awaitingInspection),
            ("A", true, .allowed), ("B", true, .notAllowed), ("B", nil, .notAllowed), ("A", false, .notAllowed),
            (nil, false, .notAllowed),
        ] as [(String?, Bool?, InstantRefundDecision.Status)])
    func instantRefund(grade: String?, matched: Bool?, status: InstantRefundDecision.Status) throws {
        let policy = try makePolicy(#""instant_refund":{"grade":"A","matched":true}"#)
        let decision = policy.decide {
            $0.request.lines[0].grade = grade
            $0.request.lines[0].matched = matched
        }
        #expect(decision.instantRefund.status == status)
        #expect(decision.instantRefund.rule == "instant_refund")
    }

    @Test("a rule's word on the instant refund counts before the policy's")
    func instantByRule() throws {
        let policy = try makePolicy(
            #""rules":[{"id":"vip","when":{"customer.tags":["vip"]},"then":{"instant_refund":true}}]"#)
        #expect(policy.decide().instantRefund.status == .notAllowed)
        let vip = policy.decide { $0.customer.tags = ["vip"] }
        #expect(vip.instantRefund.status == .allowed)
        #expect(vip.instantRefund.rule == "vip")
    }

    @Test("a place comes with the offer; what nothing carries out is warned of and promised to nobody")
    func extras() throws {
        let idle =
            #""shop_now_bonus":{"amount":"5.00"},"shop_now_discount":"20","#
            + #""lock_exchange_price":true,"processing_event":"first_scan","exchange_delivery_method":"express""#
        let policy = try makePolicy(
            #""rules":[{"id":"r","when":{},"then":{\#(idle),"partial_credit":"40","destination":"dock 4"}}]"#)
        #expect(policy.idle.allSatisfy { $0.code == .idleAction && $0.severity == .warning && $0.rule == "r" })
        #expect(Set(policy.idle.map(\.field)) == Set(ActionVocabulary.idle.map { "rules[0].then.\($0)" }))
        #expect(ActionVocabulary.idle.isSubset(of: ActionVocabulary.actions.map(\.name)))
        let decision = policy.decide()
        #expect(!decision.explanation.customerText.contains("more"))
        #expect(decision.offer.destination == "dock 4")
        #expect(decision.lines.first?.partialCreditPercent == ReturnPercent("40"))
        #expect(decision.lines.first?.disposition == .kept)
        #expect(decision.explanation.customerText.contains("You keep the item and get 40 % of its price."))
    }
}
