import Commerce
import Contracts
import Messaging
import Postgres
import Support
import Testing
import Views

@testable import Returns

@Suite("Books of a return that ends without its money", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct BooksAlertTests {
    /// Refunded and in the books, and its money has come back.
    private func failLate(_ bench: ReturnsBench) async throws -> ReturnID {
        try await bench.deliverOrder()
        let id = try await bench.sendLabel()
        try await bench.receive(id)
        try await bench.inspect(id, grade: "A", matched: true)
        _ = try await bench.assess(id)
        let refund = try #require(try await bench.refund(id).refundID)
        _ = try await bench.settle(refund, as: .succeeded)
        try await bench.handle {
            try await $0.database.execute(
                """
                INSERT INTO effects (workspace_id, key, provider, operation, state, request)
                VALUES (\($0.workspaceID.uuid), \("credit.create:\(refund)"), 'netsuite', 'credit.create', 'done', '{}')
                """)
            var goods = try await ReturnCase.lock(id, in: $0)
            goods.row.externalIDs["netsuite_credit"] = "77"
            try await goods.save()
        }
        _ = try await bench.settle(refund, as: .failed)
        return id
    }

    private func alerts(of id: ReturnID, _ bench: ReturnsBench) async throws -> [SendSlackAlert.Alert] {
        try await bench.close(id).filter { $0.attributes.type == "SendSlackAlert" }.map {
            let command: SendSlackAlert = try $0.data()
            return command.alert
        }
    }

    @Test("given up after a late failure, what was entered is named to whoever reverses it")
    func givenUp() async throws {
        try await ReturnsBench.run { bench in
            let id = try await failLate(bench)
            try await bench.decide(id, .reject)
            let alerts = try await alerts(of: id, bench)
            #expect(alerts.map(\.fields["netsuite_credit"]) == ["77"])
            #expect(try await bench.record(id).timeline?.contains { $0.type == "return.books_to_correct" } == true)
        }
    }

    @Test("given up, taken up again and paid, what is paid is entered by hand: the books were to be corrected")
    func paidAfterAll() async throws {
        try await ReturnsBench.run { bench in
            let id = try await failLate(bench)
            try await bench.decide(id, .reject)
            try await bench.close(id)
            try await bench.endSaga(of: id)
            try await bench.reopen(id)
            let decided = try await bench.decide(id, .approve)
            let order: SendRefund = try #require(decided.first { $0.attributes.type == SendRefund.name }).data()
            let sent = try await bench.settle(order.refundID, as: .succeeded)
            let alert: SendSlackAlert = try #require(sent.first { $0.attributes.type == SendSlackAlert.name }).data()
            #expect(alert.alert.key == "return_credit_by_hand/\(order.refundID)")
            #expect(alert.alert.title.contains("books") && !sent.types.contains(RecordRefundInBooks.name))
        }
    }

    @Test("paid again, the books stand and nobody is asked for anything")
    func paidAgain() async throws {
        try await ReturnsBench.run { bench in
            let id = try await failLate(bench)
            try await bench.decide(id, .approve)
            let refund = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(refund, as: .succeeded)
            #expect(try await alerts(of: id, bench).isEmpty)
        }
    }
}
