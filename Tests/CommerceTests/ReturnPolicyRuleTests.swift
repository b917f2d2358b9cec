import Commerce
import Foundation
import Testing

@Suite("The rules of a return policy")
struct ReturnPolicyRuleTests {
    private func policy(_ rules: String..., more: String = "") throws -> ReturnPolicy {
        try makePolicy("\(more)\"rules\":[\(rules.joined(separator: ","))]")
    }

    @Test("priority matters only between rules that set the same action; the higher wins")
    func precedence() throws {
        let policy = try policy(
            #"{"id":"low","priority":1,"when":{},"then":{"handling_fee":"9","waive_fees":true}}"#,
            #"{"id":"high","priority":2,"when":{"order.tags":["x"]},"then":{"handling_fee":"4"}}"#,
            #"{"id":"other","when":{},"then":{"restocking_fee_percent":"10"}}"#)
        let both = policy.decide { $0.order.tags = ["X"] }
        #expect(both.money.returnShippingFee == ReturnAmount("4"))
        #expect(both.money.restockingFeePercent == ReturnPercent("10"))
        #expect(both.lines.first?.feesWaivedBy == .rule)
        #expect(policy.decide().money.returnShippingFee == ReturnAmount("9"))
        #expect(both.explanation.staffText.contains("Rule low applies too, but its priority 1 is lower."))
    }

    @Test("a rule counts from the first to the last second of its days on the shop's clock")
    func effectiveDates() throws {
        let policy = try policy(
            #"{"id":"june","effective":{"from":"2026-06-02","through":"2026-06-04"},"when":{},"then":{"keep_item":true}}"#,
            more: #""calendar":{"time_zone":"America/New_York"},"#)
        for (now, counts) in [
            ("2026-06-02T03:59:59Z", false), ("2026-06-02T04:00:00Z", true), ("2026-06-05T03:59:59Z", true),
            ("2026-06-05T04:00:00Z", false),
        ] {
            let decision = policy.decide { $0.now = moment(now) }
            #expect(decision.lines.first?.disposition == (counts ? .kept : .returned), "\(now)")
        }
    }

    @Test("a rule about the whole return applies when one line that can be returned meets all of its conditions")
    func anyLine() throws {
        let policy = try policy(
            #"{"id":"r","when":{"product.sku":"B","return.reason":"torn"},"then":{"restocking_fee_percent":"20"}}"#,
            more: #""non_returnable":{"skus":["C"]},"#)
        func fee(_ lines: [(String, String)]) -> ReturnPercent {
            var facts = makeFacts(lines.map { makeOrderLine($0.0, sku: $0.0) })
            for (index, line) in lines.enumerated() { facts.request.lines[index].reason = line.1 }
            return policy.evaluate(facts).money.restockingFeePercent
        }
        #expect(fee([("A", "torn"), ("B", "torn")]) == ReturnPercent("20"))
        #expect(fee([("A", "torn"), ("B", "ugly")]) == .zero)
        let onRejected = try self.policy(
            #"{"id":"r","when":{"product.sku":"C"},"then":{"restocking_fee_percent":"20"}}"#,
            more: #""non_returnable":{"skus":["C"]},"#)
        #expect(
            onRejected.evaluate(makeFacts([makeOrderLine("A", sku: "A"), makeOrderLine("C", sku: "C")])).money
                .restockingFeePercent == .zero)
    }

    @Test("a review names the rules that asked for it, and the customer is not told why")
    func review() throws {
        let policy = try policy(
            #"{"id":"fraud","when":{"return.high_fraud_risk":true},"then":{"needs_review":"Looks like fraud."}}"#,
            #"{"id":"many","when":{"customer.returns_placed":{"more_than":5}},"then":{"needs_review":true}}"#)
        #expect(policy.decide().outcome == .approved)
        let decision = policy.decide {
            $0.request.highFraudRisk = true
            $0.customer.returnsPlaced = 6
        }
        #expect(decision.outcome == .inReview)
        #expect(decision.rule == "fraud")
        #expect(decision.reasons.map(\.rule) == ["fraud", "many"])
        #expect(decision.reasons.map(\.message) == ["Looks like fraud.", "Rule many asks for a review."])
        #expect(!decision.explanation.customerText.contains("fraud"))
        #expect(decision.explanation.customerText.contains("We will look at your return"))
    }

    @Test("a higher rule can lift what a lower one demands")
    func lifting() throws {
        let policy = try policy(
            #"{"id":"all","when":{},"then":{"needs_review":true,"reject":"No."}}"#,
            #"{"id":"vip","priority":1,"when":{"customer.tags":["vip"]},"then":{"needs_review":false,"reject":false}}"#)
        #expect(policy.decide().outcome == .rejected)
        #expect(policy.decide { $0.customer.tags = ["vip"] }.outcome == .approved)
    }

    @Test("a restricting rule on a fact that is not known asks for a review, a generous one is left out")
    func unknownFacts() throws {
        let strict = #"{"id":"strict","when":{"product.type":"Underwear"},"then":{"reject":true}}"#
        let kind = #"{"id":"kind","when":{"product.vendor":"Mie"},"then":{"waive_fees":true}}"#
        let unknown: (inout ReturnFacts) -> Void = {
            $0.order.lines[0].type = nil
            $0.order.lines[0].vendor = nil
        }
        let decision = try policy(strict, kind).decide(unknown)
        #expect(decision.outcome == .inReview)
        #expect(decision.reasons.map(\.code) == [.unknownFact])
        #expect(decision.reasons.map(\.rule) == ["strict"])
        #expect(decision.lines.first?.feesWaivedBy == nil)
        #expect(decision.explanation.staffText.contains("product.vendor is Mie: not known"))
        #expect(try policy(strict, kind).decide().lines.first?.feesWaivedBy == .rule)
        #expect(try policy(strict, more: #""unknown_facts":"ignore","#).decide(unknown).outcome == .approved)
        let settled = #"{"id":"no","priority":1,"when":{},"then":{"reject":false}}"#
        let other = #"{"id":"strict","when":{"product.type":"Underwear"},"then":{"reject":true,"donate":true}}"#
        #expect(try policy(other, settled).decide(unknown).outcome == .approved)
    }

    @Test("a list that cannot be looked up asks for a review, one that is empty does not")
    func unknownLists() throws {
        let unknown: (inout ReturnFacts) -> Void = { $0.order.lines[0].tags = nil }
        let decision = try makePolicy(#""final_sale":{"tags":["sale"]}"#).decide(unknown)
        #expect(decision.outcome == .inReview)
        #expect(decision.reasons.map(\.rule) == ["final_sale.tags"])
        #expect(try makePolicy(#""final_sale":{"tags":[]}"#).decide(unknown).outcome == .approved)
        let listed = try makePolicy(#""final_sale":{"tags":["sale"],"skus":["ROBE-S"]}"#).decide(unknown)
        #expect(listed.lines.map(\.rule) == ["final_sale.skus"])
    }

    @Test("methods and resolutions are what is left after the exclusions")
    func offers() throws {
        let policy = try makePolicy(
            #""resolutions":["original_payment","store_credit","exchange"],"rules":["#
                + #"{"id":"late","when":{"order.days_since_window_start":{"more_than":3}},"then":{"exclude_outcomes":["original_payment"]}},"#
                + #"{"id":"big","when":{"return.item_count":{"at_least":3}},"then":{"exclude_methods":["drop_off"]}},"#
                + #"{"id":"ship","priority":1,"when":{"order.tags":["ship"]},"then":{"require_shipping":true}},"#
                + #"{"id":"keep","when":{"order.tags":["keep"]},"then":{"keep_item":true}}]"#,
            zones: #"[{"methods":["ship","drop_off"],"window":{"days":30}}]"#)
        #expect(policy.decide().offer.resolutions == [.storeCredit, .exchange])
        #expect(policy.decide().offer.methods == [.ship, .dropOff])
        #expect(policy.decide { $0.request.lines[0].quantity = 3 }.offer.methods == [.ship])
        let refused = policy.decide { $0.request.resolution = .originalPayment }
        #expect(refused.outcome == .rejected)
        #expect(refused.reasons.map(\.rule) == ["late"])
        #expect(policy.decide { $0.request.resolution = .storeCredit }.outcome == .approved)
        let kept = policy.decide { $0.order.tags = ["keep"] }
        #expect(kept.offer.methods == [.keep])
        #expect(kept.lines.map(\.disposition) == [.kept])
        let shipped = policy.decide { $0.order.tags = ["keep", "ship"] }
        #expect(shipped.offer.methods == [.ship])
        #expect(shipped.lines.map(\.disposition) == [.returned])
        #expect(policy.decide { $0.request.method = .store }.reasons.map(\.code) == [.methodNotOffered])
    }
}
