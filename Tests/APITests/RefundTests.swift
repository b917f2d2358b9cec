import Commerce
import Contracts
import Foundation
import HTTPTypes
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Refunds, ledgers and policies", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct RefundTests {
    @Test(
        "a refund needs an Idempotency-Key, a reason, and either lines or an amount",
        arguments: [
            (key: nil, body: #"{"amount":"1.00","reason":"r"}"#, field: "Idempotency-Key"),
            (key: "k", body: #"{"amount":"1.00"}"#, field: "reason"),
            (key: "k", body: #"{"reason":"r"}"#, field: "lines"),
            (
                key: "k", body: #"{"reason":"r","amount":"1.00","lines":[{"line_id":"l1","quantity":1}]}"#,
                field: "lines"
            ),
            (key: "k", body: #"{"reason":"r","lines":[]}"#, field: "lines"),
            (key: "k", body: #"{"reason":"r","lines":[{"line_id":"l1"}]}"#, field: "lines.0.quantity"),
        ])
    func wrongRefund(key: String?, body: String, field: String) async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let answer = try await bench.post("/orders/\(order.id)/refunds", body, idempotencyKey: key)
            #expect(answer.status == 422 && answer.json["field"] == .string(field))
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("what nobody can refund is 409, as the owner of the ledger says")
    func nothingRefundable() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let order = try await bench.insertOrder()
            let refusal = Refusal(code: "nothing_refundable", message: "0.00 USD can still be refunded.")
            async let answered: Void = bench.answerNext(.refused(refusal), as: .returns)
            let answer = try await bench.post(
                "/orders/\(order.id)/refunds", #"{"amount":"5.00","reason":"broken"}"#, idempotencyKey: "once")
            try await answered
            #expect(answer.status == 409 && answer.code == "nothing_refundable")
            let sent = try #require(try await bench.sent().first)
            #expect(sent.routingKey == "returns.interactive")
            let command = try sent.envelope.data(RequestRefund.self)
            #expect(command.amount == "5.00" && command.lines == nil && command.reason == "broken")
        }
    }

    @Test("an order of which no money is known has an empty ledger; no order has none")
    func emptyLedger() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let answer = try await bench.get("/orders/\(order.id)/ledger")
            #expect(answer.status == 200 && answer.json["postings"]?.elements.isEmpty == true)
            #expect(answer.json["tenders"]?.elements.isEmpty == true)
            #expect(try await bench.get("/orders/\(OrderID())/ledger").status == 404)
            #expect(try await bench.get("/refunds/\(RefundID())").status == 404)
        }
    }

    @Test("the ledger tells what goods of exchanges take of the payments")
    func exchanged() async throws {
        try await APIBench.run { bench in
            let fixture = try await bench.insertReturn()
            try await bench.owner.execute(
                "UPDATE returns.returns SET exchange_room = 5400 WHERE id = \(fixture.id.uuid)")
            let answer = try await bench.get("/orders/\(fixture.order)/ledger")
            #expect(answer.status == 200 && answer.json["exchanged"] == "54.00")
            #expect(answer.json["tenders"]?.elements.count == 1)
        }
    }

    @Test("a policy with a fault is refused with the rule and the field; nothing is sent")
    func wrongPolicy() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.send(
                .put, "/return-policy", Self.policy(rule: #"{"id":"big","when":{},"then":{"handling_fees":"5"}}"#))
            #expect(answer.status == 422 && answer.json["rule"] == "big", "\(answer.json)")
            #expect(answer.json["field"]?.string?.hasPrefix("rules[0]") == true)
            #expect(try await bench.send(.put, "/return-policy", "[]").status >= 400)
            #expect(try await bench.get("/return-policy").status == 404)
            #expect(try await bench.sent().isEmpty)
        }
    }

    @Test("a refund's terms go to the owner of the ledger as they were given")
    func terms() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let line = #"{"line_id":"l1","quantity":1,"fees_waived_by":"rule vip","kept":{"percent":"30"}}"#
            let policy = #"{"restocking_fee_percent":"10"}"#
            let body = #"{"lines":[\#(line)],"policy":\#(policy),"reason":"scratched"}"#
            #expect(try await bench.post("/orders/\(order.id)/refunds", body, idempotencyKey: "k").status == 503)
            let command = try #require(try await bench.sent().first).envelope.data(RequestRefund.self)
            let terms = RequestRefund.Line(
                lineID: "l1", quantity: 1, feesWaivedBy: "rule vip", kept: .init(percent: "30"))
            #expect(command.lines == [terms])
            #expect(command.policy?.restockingFeePercent.value == "10")
            let amount = #"{"amount":"1.00","policy":{},"reason":"r"}"#
            let wrong = try await bench.post("/orders/\(order.id)/refunds", amount, idempotencyKey: "other")
            #expect(wrong.status == 422 && wrong.json["field"] == "policy")
        }
    }

    @Test("goodwill may be store credit, which the refund shows")
    func storeCredit() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            let refund = RefundID()
            try await bench.owner.execute(
                """
                INSERT INTO returns.refunds (id, workspace_id, order_id, status, amount, currency, reason, destination,
                    actor, created_at, updated_at)
                VALUES (\(refund.uuid), \(bench.workspaceID.uuid), \(order.id.uuid), 'requested', 500, 'USD', 'late',
                    'store_credit', 'person:ana', now(), now())
                """)
            let reply = try RawJSON(encoding: RequestRefund.Reply(refundID: refund))
            async let answered: Void = bench.answerNext(.accepted(reply), as: .returns)
            let answer = try await bench.post(
                "/orders/\(order.id)/refunds", #"{"amount":"5.00","reason":"late","resolution":"store_credit"}"#,
                idempotencyKey: "once")
            try await answered
            #expect(answer.status == 201 && answer.json["resolution"] == "store_credit", "\(answer.json)")
            let command = try #require(try await bench.sent().first).envelope.data(RequestRefund.self)
            #expect(command.resolution == .storeCredit)
            let unknown = try await bench.post(
                "/orders/\(order.id)/refunds", #"{"amount":"5.00","reason":"late","resolution":"cash"}"#,
                idempotencyKey: "other")
            #expect(unknown.status == 422 && unknown.json["field"] == "resolution")
        }
    }

    @Test("a policy with what nothing tells or carries out is put in force, and says so")
    func untoldFacts() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let silk = #"{"id":"silk","when":{"product.tags":["silk"]},"then":{"reject":true}}"#
            let even = #"{"id":"even","when":{},"then":{"lock_exchange_price":true}}"#
            let policy = Self.policy(rule: "\(silk),\(even)")
                .replacing(#""types":[]"#, with: #""types":["gift card","Robes"]"#)
            try await bench.owner.execute(
                """
                INSERT INTO returns.policies (workspace_id, version, document, actor, created_at)
                VALUES (\(bench.workspaceID.uuid), 1, \(policy)::json, 'person:ana', now())
                """)
            async let answered: Void = bench.answerNext(.accepted(RawJSON(text: #"{"version":1}"#)), as: .returns)
            let answer = try await bench.send(.put, "/return-policy", policy)
            try await answered
            #expect(answer.status == 200, "\(answer.json)")
            let warnings = answer.json["warnings"]?.elements ?? []
            let fields: [JSON?] = [
                "zones", "rules[0].when.product.tags", "non_returnable.types", "rules[1].then.lock_exchange_price",
            ]
            #expect(warnings.map { $0["field"] } == fields)
            let codes: [JSON?] = ["missing_default_zone", "untold_fact", "untold_fact", "idle_action"]
            #expect(warnings.map { $0["code"] } == codes)
            #expect(warnings.map { $0["rule"] } == [.null, "silk", .null, "even"])
        }
    }

    @Test("a policy without fault goes to its owner, as it was written")
    func goodPolicy() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            async let answered: Void = bench.answerNext(
                .accepted(RawJSON(text: #"{"version":1}"#)), as: .returns)
            let policy = Self.policy(rule: #"{"id":"big","when":{},"then":{"needs_review":true}}"#)
            let answer = try await bench.send(.put, "/return-policy", policy)
            #expect(answer.status == 200, "\(answer.json)")
            try await answered
            let sent = try #require(try await bench.sent().first)
            #expect(try sent.envelope.data(SetReturnPolicy.self).policy == policy)
        }
    }

    private static func policy(rule: String) -> String {
        """
        {"zones":[{"countries":["US"],"window":{"days":30,"anchor":"delivered","fallback_days":5,"business_days":false}}],
         "non_returnable":{"tags":[],"types":[],"skus":[],"collections":[],"discount_percent_from":null},
         "reasons":["wrong_size"],"rules":[\(rule)],"fees":{"restocking_fee_percent":"15"},
         "resolutions":["original_payment"],"instant_refund":{"grade":"A","matched":true},"receipt_wait":"P3D",
         "expiry":"P30D","reminders":["P7D","P21D"],"review_sla":"P1D","approval_limit":"500.00"}
        """
    }
}
