import Commerce
import Contracts
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("Books of a refund without a return", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct DirectRefundBooksTests {
    private let handler = RecordRefundInBooksHandler(accounts: .onlyShopify(StubHTTP([:])))

    private func refund(_ bench: ReturnsBench) async throws -> RefundID {
        try await bench.deliverOrder()
        return try await bench.request(amount: "10.00")
    }

    /// What the runner notes of a call that has made a document.
    private func note(_ document: String, of id: RefundID, _ bench: ReturnsBench) async throws {
        try await bench.handle {
            try await $0.database.execute(
                """
                INSERT INTO effects (workspace_id, key, provider, operation, state, request, reply)
                VALUES (\($0.workspaceID.uuid), \("refund.post:\(id)"), 'quickbooks', 'refund.post', 'done', '{}',
                    jsonb_build_object('document_id', \(document)::text))
                """)
        }
    }

    private func settle(
        _ outcome: RecordRefundInBooksHandler.Outcome, of id: RefundID, _ bench: ReturnsBench
    ) async throws -> [Envelope] {
        let command = RecordRefundInBooks(refundID: id)
        return try await bench.handleAndSend { [handler] in
            guard case .effect(let key, let request) = try await handler.plan(command, in: $0) else {
                Issue.record("nothing is entered")
                return
            }
            #expect(key == "refund.post:\(id)" && request.returnID == nil)
            _ = try await handler.settle(outcome, of: request, for: command, in: $0)
        }.sent
    }

    private func alerts(_ sent: [Envelope]) throws -> [SendSlackAlert.Alert] {
        try sent.filter { $0.attributes.type == SendSlackAlert.name }.map { try $0.data(SendSlackAlert.self).alert }
    }

    private func entries(_ sent: [Envelope]) -> Int { sent.count { $0.attributes.type == RecordRefundInBooks.name } }

    @Test("it is entered when its money has arrived, and not before, and not again when that is told again")
    func entered() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refund(bench)
            #expect(try await entries(bench.settle(id, as: .pending)) == 0)
            let told = try await bench.settle(id, as: .succeeded)
            let command: RecordRefundInBooks = try #require(
                told.first { $0.attributes.type == RecordRefundInBooks.name }
            ).data()
            #expect(command.refundID == id && entries(told) == 1)
            #expect(try await bench.settle(id, as: .succeeded).isEmpty)
        }
    }

    @Test("the refund of a return is left to its saga")
    func ofReturn() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            let refund = try #require(try await bench.refund(id).refundID)
            #expect(try await entries(bench.settle(refund, as: .succeeded)) == 0)
        }
    }

    @Test("what comes back after it was entered is named to whoever reverses it, each time; entered it is once")
    func failedLate() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refund(bench)
            _ = try await bench.settle(id, as: .succeeded)
            try await note("144", of: id, bench)
            let failed = try alerts(await bench.settle(id, as: .failed))
            #expect(failed.map(\.fields["quickbooks_document"]) == ["144"])
            #expect(failed.first?.text.contains("reverse") == true)
            let arrived = try await bench.settle(id, as: .succeeded)
            #expect(entries(arrived) == 0)
            #expect(try alerts(arrived).map(\.fields["quickbooks_document"]) == ["144"])
            let again = try alerts(await bench.settle(id, as: .failed))
            #expect(again.count == 1 && again.first?.key != failed.first?.key)
        }
    }

    @Test("what was never entered needs no correction; it is entered when it arrives after all")
    func failedBefore() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refund(bench)
            #expect(try alerts(await bench.settle(id, as: .failed)).isEmpty)
            #expect(try await entries(bench.settle(id, as: .succeeded)) == 1)
        }
    }

    @Test("a document that comes to another amount than was given back is told of with both; an equal one is not")
    func reconciled() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refund(bench)
            _ = try await bench.settle(id, as: .succeeded)
            for total in ["10.00", "10", "10.0", nil] {
                let sent = try await settle(.init(documentID: "144", total: total), of: id, bench)
                #expect(try alerts(sent).isEmpty)
            }
            let alert = try #require(
                try alerts(await settle(.init(documentID: "144", total: "10.01"), of: id, bench)).first)
            #expect(alert.fields["amount"] == "10.00 USD" && alert.fields["booked_amount"] == "10.01 USD")
            #expect(alert.fields["quickbooks_document"] == "144" && alert.fields["refund"] == "\(id)")
        }
    }

    @Test("money that comes back while it is being entered is told of when it is")
    func failedMeanwhile() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refund(bench)
            _ = try await bench.settle(id, as: .succeeded)
            let command = RecordRefundInBooks(refundID: id)
            let handler = handler
            let plan = try await bench.handle { try await handler.plan(command, in: $0) }
            guard case .effect(_, let request) = plan else { throw Refusal(code: "x", message: "nothing is entered") }
            #expect(try alerts(await bench.settle(id, as: .failed)).isEmpty)
            let sent = try await bench.handleAndSend {
                _ = try await handler.settle(.init(documentID: "145"), of: request, for: command, in: $0)
            }.sent
            #expect(try alerts(sent).map(\.fields["quickbooks_document"]) == ["145"])
            let late = await #expect(throws: Refusal.self) {
                try await bench.handle { _ = try await handler.plan(command, in: $0) }
            }
            #expect(late?.code == "refund_not_succeeded")
        }
    }

    @Test("entered, nobody is told; refused by the books, people are")
    func told() async throws {
        try await ReturnsBench.run { bench in
            let id = try await refund(bench)
            _ = try await bench.settle(id, as: .succeeded)
            #expect(try alerts(await settle(.init(documentID: "146"), of: id, bench)).isEmpty)
            #expect(try alerts(await settle(.init(), of: id, bench)).isEmpty)
            let refusal = Refusal(code: "6000", message: "The account period is closed.")
            let alerts = try alerts(await settle(.init(refusal: refusal), of: id, bench))
            #expect(alerts.count == 1 && alerts.first?.text.contains("period is closed") == true)
        }
    }
}
