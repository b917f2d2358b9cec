import Commerce
import Foundation
import Testing

@Suite("Which lines can be returned, and why not")
struct ReturnPolicyLineTests {
    typealias Change = @Sendable (inout ReturnFacts) -> Void

    struct Case: Sendable, CustomTestStringConvertible {
        let policy: String
        let change: Change
        let reason: LineReason
        let rule: String
        var action: LineNextAction = .contactSupport
        var testDescription: String { "\(reason.rawValue) by \(rule)" }

        init(
            _ reason: LineReason, by rule: String, _ action: LineNextAction = .contactSupport, policy: String = "",
            change: @escaping Change = { _ in }
        ) {
            self.policy = policy
            self.change = change
            self.reason = reason
            self.rule = rule
            self.action = action
        }
    }

    static let cases = [
        Case(.withinWindow, by: "zones[0].window", .none),
        Case(.unknownLine, by: "request", .correctRequest) { $0.request.lines[0].lineID = "l9" },
        Case(.badQuantity, by: "request", .correctRequest) { $0.request.lines[0].quantity = 0 },
        Case(.badQuantity, by: "request", .correctRequest) { $0.request.lines[0].quantity = .min },
        Case(.notFulfilled, by: "order", .waitForShipment) { $0.order.lines[0].fulfilled = 0 },
        Case(.alreadyReturned, by: "order") { $0.order.lines[0].returned = 3 },
        Case(.alreadyReturned, by: "order") {
            $0.order.lines[0].returned = 1
            $0.order.lines[0].inOtherReturns = 2
        },
        Case(.quantityExceeded, by: "order", .reduceQuantity) { $0.request.lines[0].quantity = 4 },
        Case(.quantityExceeded, by: "order", .reduceQuantity) { $0.request.lines[0].quantity = .max },
        Case(.quantityExceeded, by: "order", .reduceQuantity) {
            $0.order.lines[0].fulfilled = 1
            $0.request.lines[0].quantity = 2
        },
        Case(.unknownReason, by: "reasons", .chooseAnotherReason, policy: #""reasons":["defective"]"#),
        Case(
            .reasonNotOffered, by: "robes", .chooseAnotherReason,
            policy: #""reasons":["wrong_size","torn"],"reason_groups":[{"id":"g","reasons":["torn"]}],"#
                + #""rules":[{"id":"robes","when":{"product.type":"robes"},"then":{"reason_group":"g"}}]"#),
        Case(
            .rejectedByRule, by: "no", policy: #""rules":[{"id":"no","when":{},"then":{"reject":"Not this one."}}]"#),
        Case(
            .notOffered, by: "hide", policy: #""rules":[{"id":"hide","when":{},"then":{"hide_product":true}}]"#),
        Case(
            .withinWindow, by: "zones[0].window", .none,
            policy: #""rules":[{"id":"hide","when":{},"then":{"hide_product":true}}]"#
        ) { $0.request.channel = .staff },
        Case(.nonReturnable, by: "non_returnable.tags", policy: #""non_returnable":{"tags":["COTTON"]}"#),
        Case(.nonReturnable, by: "non_returnable.types", policy: #""non_returnable":{"types":["robes"]}"#),
        Case(.nonReturnable, by: "non_returnable.skus", policy: #""non_returnable":{"skus":["ROBE-S"]}"#),
        Case(.withinWindow, by: "zones[0].window", .none, policy: #""non_returnable":{"skus":["robe-s"]}"#),
        Case(.nonReturnable, by: "non_returnable.collections", policy: #""non_returnable":{"collections":["Summer"]}"#),
        Case(
            .nonReturnable, by: "non_returnable.discount_codes", policy: #""non_returnable":{"discount_codes":["BYE"]}"#
        ) { $0.order.discountCodes = ["bye"] },
        Case(
            .nonReturnable, by: "non_returnable.discount_percent_from",
            policy: #""non_returnable":{"discount_percent_from":"10"}"#),
        Case(
            .withinWindow, by: "zones[0].window", .none,
            policy: #""non_returnable":{"discount_percent_from":"10.0001"}"#),
        Case(.finalSale, by: "final_sale.tags", policy: #""final_sale":{"tags":["cotton"]}"#),
        Case(
            .withinWindow, by: "zones[0].window", .none,
            policy: #""final_sale":{"tags":["cotton"],"except_reasons":["wrong_size"]}"#),
        Case(
            .withinWindow, by: "zones[0].window", .none,
            policy: #""final_sale":{"tags":["cotton"]},"#
                + #""rules":[{"id":"lift","when":{"return.reason":"wrong_size"},"then":{"bypass_final_sale":true}}]"#),
        Case(
            .nonReturnable, by: "non_returnable.tags",
            policy: #""non_returnable":{"tags":["cotton"]},"#
                + #""rules":[{"id":"lift","when":{},"then":{"bypass_final_sale":true}}]"#),
        Case(.windowClosed, by: "zones[0].window") { $0.now = moment("2026-07-02T00:00:00Z") },
    ]

    @Test("each line has a machine reason, what decided, and what to do next", arguments: cases)
    func reasons(example: Case) throws {
        let policy = try makePolicy(example.policy)
        let decision = policy.decide { example.change(&$0) }
        let line = try #require(decision.lines.first)
        #expect(line.reason == example.reason)
        #expect(line.rule == example.rule)
        #expect(line.nextAction == example.action)
        #expect(line.eligible == example.reason.isEligible)
        #expect(decision.outcome == (line.eligible ? .approved : .rejected))
        #expect(line.message.last == "." && !line.message.contains("Optional"))
    }

    @Test("the lines of one request share the units that are left")
    func shared() throws {
        let policy = try makePolicy()
        let decision = policy.decide { facts in
            facts.order.lines[0].returned = 1
            facts.request.lines = [1, 2, 1].map { ReturnRequestFacts.Line(lineID: "l1", quantity: $0) }
        }
        #expect(decision.lines.map(\.eligible) == [true, false, false])
        #expect(decision.lines.map(\.available) == [2, 1, 0])
        #expect(decision.lines.map(\.reason) == [.withinWindow, .quantityExceeded, .alreadyReturned])
    }

    @Test("lines that cannot be returned do not keep the others from it")
    func mixed() throws {
        let policy = try makePolicy(#""non_returnable":{"skus":["SLIP-S"]}"#)
        let decision = policy.evaluate(makeFacts([makeOrderLine(), makeOrderLine("l2", sku: "SLIP-S")]))
        #expect(decision.outcome == .approved)
        #expect(decision.lines.map(\.reason) == [.withinWindow, .nonReturnable])
        #expect(decision.eligibleLines.map(\.lineID) == ["l1"])
    }

    @Test("the zone is that of the country the goods are sent from")
    func zones() throws {
        let zones =
            #"[{"id":"us","countries":["US","PR"],"carrier":"USPS","label":"qr","methods":["ship","drop_off"],"#
            + #""destination":"reno","window":{"days":30}},"#
            + #"{"id":"ca","countries":["CA"],"carrier":"Canada Post","window":{"days":30}},"#
            + #"{"id":"ru","countries":["RU"],"accepts_returns":false,"window":{"days":30}}]"#
        let policy = try makePolicy("", zones: zones)
        #expect(policy.decide().zone?.id == "us")
        #expect(policy.decide().offer.methods == [.ship, .dropOff])
        #expect(policy.decide().offer.destination == "reno")
        let canada = policy.decide { $0.request.shipFromCountry = "ca" }
        #expect(canada.zone?.id == "ca")
        #expect(canada.zone?.country == "CA")
        #expect(canada.zone?.carrier == "Canada Post")
        #expect(canada.zone?.label == .prepaid)
        #expect(policy.decide { $0.order.shippingCountry = "CA" }.zone?.carrier == "Canada Post")
        #expect(policy.decide { $0.request.shipFromCountry = "RU" }.lines.map(\.reason) == [.zoneNotAccepted])
        for country in ["FR", nil] {
            let nowhere = policy.decide { $0.order.shippingCountry = country }
            #expect(nowhere.zone == nil)
            #expect(nowhere.lines.map(\.reason) == [.noZone])
            #expect(nowhere.lines.map(\.rule) == ["zones"])
        }
    }

    @Test("an empty request and an empty policy get an answer")
    func empty() throws {
        let nothing = try makePolicy().decide { $0.request.lines = [] }
        #expect(nothing.outcome == .rejected)
        #expect(nothing.reasons.map(\.code) == [.noEligibleLines])
        #expect(ReturnPolicy(zones: []).decide().lines.map(\.reason) == [.noZone])
    }
}
