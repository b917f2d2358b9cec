import Commerce
import Contracts
import Messaging
import Postgres
import Support
import Testing
import Views

@testable import Returns

@Suite("The limit above which a person approves", .enabled(if: ReturnsBench.isThere))
struct ApprovalLimitTests {
    private static let settings = """
        "fees":{"grades":{"A":"100","B":"80"},"original_shipping":"full_return"},
        "resolutions":["original_payment","exchange"]
        """

    private func set(
        _ bench: ReturnsBench, limit: String, then action: String = "instant_refund"
    ) async throws {
        try await bench.deliverOrder()
        let rules = #"[{"id":"r","when":{},"then":{"\#(action)":true}}]"#
        try await bench.set(policy: #""approval_limit":"\#(limit)","rules":\#(rules),\#(Self.settings)"#)
    }

    /// Received and graded, on its way since its approval.
    private func bringIn(_ id: ReturnID, grade: String = "A", _ bench: ReturnsBench) async throws {
        try await bench.handle {
            _ = try await RecordLabelSentHandler().handle(RecordLabelSent(returnID: id), in: $0)
        }
        try await bench.receive(id)
        try await bench.inspect(id, grade: grade, matched: true)
    }

    private func approved(_ bench: ReturnsBench) async throws -> ReturnID {
        let id = try await bench.ask()
        #expect(try await bench.check(id).outcome == .inReview)
        try await bench.decide(id, .approve)
        return id
    }

    @Test("what is below the limit before tax and above it with tax is looked at before it is paid, and then paid")
    func withTax() async throws {
        try await ReturnsBench.run { bench in
            try await set(bench, limit: "53.99")
            let id = try await bench.ask()
            #expect(try await bench.check(id).outcome == .approved)
            try await bringIn(id, bench)
            let assessment = try await bench.assess(id)
            #expect(assessment.verdict == .review && assessment.reason?.code == "over_approval_limit")
            #expect(assessment.reason?.message.contains("54.00") == true)
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "54.00")
        }
    }

    @Test("what comes to the limit is paid without a look")
    func atTheLimit() async throws {
        try await ReturnsBench.run { bench in
            try await set(bench, limit: "54.00")
            let id = try await bench.ask()
            #expect(try await bench.check(id).outcome == .approved)
            try await bringIn(id, bench)
            #expect(try await bench.assess(id).verdict == .refund)
        }
    }

    @Test("what a person has approved is not asked about again for as much or less", arguments: ["A", "B"])
    func approvedBefore(grade: String) async throws {
        try await ReturnsBench.run { bench in
            try await set(bench, limit: "40.00")
            let id = try await approved(bench)
            try await bringIn(id, grade: grade, bench)
            #expect(try await bench.assess(id).verdict == .refund)
        }
    }

    @Test("it is asked about again for more than was approved: the last unit of an order brings its shipping back")
    func moreThanApproved() async throws {
        try await ReturnsBench.run { bench in
            try await set(bench, limit: "40.00")
            let id = try await approved(bench)
            try await bringIn(id, bench)
            _ = try await bench.request(lines: [.init(lineID: "1", quantity: 1)])
            let assessment = try await bench.assess(id)
            #expect(assessment.reason?.code == "over_approval_limit")
            #expect(assessment.reason?.message.contains("59.00") == true)
        }
    }

    @Test("a build of before noted no amount: what the policy gave to a person then was approved by one")
    func approvedByOlderBuild() async throws {
        try await ReturnsBench.run { bench in
            try await set(bench, limit: "40.00")
            let id = try await approved(bench)
            try await bench.asOwner { database in
                try await database.execute("UPDATE returns.returns SET approved_amount = NULL WHERE id = \(id.uuid)")
            }
            try await bringIn(id, bench)
            #expect(try await bench.assess(id).verdict == .refund)
        }
    }

    @Test("the goods of an exchange are looked at for what they are worth")
    func exchange() async throws {
        try await ReturnsBench.run { bench in
            try await set(bench, limit: "53.00")
            let id = try await bench.ask {
                ($0.resolution, $0.exchangeLines) = (.exchange, [.init(sku: "SLIP", quantity: 1)])
            }
            #expect(try await bench.check(id).outcome == .approved)
            try await bringIn(id, bench)
            #expect(try await bench.assess(id).reason?.code == "over_approval_limit")
        }
    }

    @Test("what stays with the customer is not assessed: its refund is looked at when it is asked for")
    func kept() async throws {
        try await ReturnsBench.run { bench in
            try await set(bench, limit: "53.00", then: "keep_item")
            let id = try await bench.ask()
            #expect(try await bench.check(id).outcome == .inReview)
            let record = try await bench.record(id)
            #expect(record.statusReason?.code == "over_approval_limit" && record.decision.outcome == .inReview)
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "54.00")
        }
    }
}
