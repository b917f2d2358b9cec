import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing
import Views

@testable import Returns

@Suite("Parcels that the carrier has brought", .enabled(if: ReturnsBench.isThere))
struct ParcelDeliveryTests {
    /// - Parameter seen: what the carriers' broker says when it is asked; nil where it does not know.
    private func scan(
        _ bench: ReturnsBench, _ code: String, seen: ShipmentStatus? = nil
    ) async throws -> [Envelope] {
        let envelope = try Envelope(
            .init(
                id: UUIDv7.make().uuidString, type: "webhook.shipstation.track", source: "test",
                workspaceid: bench.workspaceID),
            data: RawJSON(
                text: """
                    {"provider":"shipstation","payload":{"resource_type":"API_TRACK",
                     "data":{"tracking_number":"1ZBACK","status_code":"\(code)","events":[]}}}
                    """))
        let hint = try await bench.handleAndSend { try await ReceiveParcelScan().handle(envelope, in: $0) }.sent
        guard let read = hint.first else { return [] }
        #expect(hint.types == [ReadReturnParcel.name])
        let command: ReadReturnParcel = try read.data()
        let handler = ReadReturnParcelHandler(accounts: .onlyShopify(StubHTTP([:])))
        guard case .read(let request) = try await bench.handle({ try await handler.plan(command, in: $0) }) else {
            throw Refusal(code: "no_look", message: "\(command)")
        }
        #expect(request.labelID == "se-1")
        return try await bench.handleAndSend {
            _ = try await handler.settle(.init(parcel: seen), of: request, for: command, in: $0)
        }.sent
    }

    private func checkArrival(_ bench: ReturnsBench, _ id: ReturnID, generation: Int = 1) async throws -> [Envelope] {
        let command = CheckReturnArrival(returnID: id, generation: generation)
        return try await bench.handleAndSend {
            _ = try await CheckReturnArrivalHandler().handle(command, in: $0)
        }.sent
    }

    private func events(_ bench: ReturnsBench, _ id: ReturnID, _ type: String) async throws -> Int {
        try await bench.record(id).timeline?.count { $0.type == type } ?? 0
    }

    /// In how many days the arrival of each return is looked at.
    private func waits(_ bench: ReturnsBench) async throws -> [Int] {
        try await bench.handle { transaction in
            try await transaction.database.query(
                "SELECT due_at FROM timers WHERE workspace_id = \(transaction.workspaceID.uuid) ORDER BY due_at"
            ).map { row in
                let due: Date = try row("due_at")
                return Int((due.timeIntervalSince(transaction.now) / 86_400).rounded())
            }
        }
    }

    private func onItsWay(_ bench: ReturnsBench) async throws -> ReturnID {
        try await bench.deliverOrder()
        let id = try await bench.sendLabel()
        try await bench.announce(id, as: "RMA1")
        return id
    }

    @Test("an arrival is told once, and the warehouse asked once")
    func arrived() async throws {
        try await ReturnsBench.run { bench in
            let id = try await onItsWay(bench)
            #expect(try await scan(bench, "IT").types.isEmpty)
            #expect(try await events(bench, id, "return.delivered") == 0)
            let sent = try await scan(bench, "DE")
            #expect(sent.types == [ReadWarehouseReturn.name])
            let command: ReadWarehouseReturn = try #require(sent.first).data()
            #expect(command.returnID == id && command.number == "RMA1")
            #expect(try await scan(bench, "DE").isEmpty)
            #expect(try await scan(bench, "IT").isEmpty)
            #expect(try await events(bench, id, "return.delivered") == 1)
            #expect(try await events(bench, id, "return.in_transit") == 1)
            #expect(try await bench.record(id).status == .inTransit)
            #expect(try await waits(bench) == [5])
        }
    }

    @Test("what the carriers' broker says when it is asked counts, and not the scan")
    func readAgain() async throws {
        try await ReturnsBench.run { bench in
            let id = try await onItsWay(bench)
            #expect(try await scan(bench, "DE", seen: .labelCreated).types.isEmpty)
            #expect(try await bench.record(id).status == .labelSent)
            #expect(try await scan(bench, "DE", seen: .inTransit).types.isEmpty)
            #expect(try await bench.record(id).status == .inTransit)
            #expect(try await events(bench, id, "return.delivered") == 0)
            #expect(try await scan(bench, "DE", seen: .delivered).types == [ReadWarehouseReturn.name])
            #expect(try await events(bench, id, "return.delivered") == 1)
        }
    }

    @Test("the first scan of a parcel may be its last")
    func onlyScan() async throws {
        try await ReturnsBench.run { bench in
            let id = try await onItsWay(bench)
            #expect(try await scan(bench, "DE").types == [ReadWarehouseReturn.name])
            #expect(try await bench.record(id).status == .inTransit)
        }
    }

    @Test("the policy says how long the warehouse may take")
    func policy() async throws {
        try await ReturnsBench.run { bench in
            let policy = #"{"zones":[{"countries":["*"],"window":{"days":30,"fallback_days":5}}],"arrival_wait":"P2D"}"#
            try await bench.handle {
                _ = try await SetReturnPolicyHandler().handle(SetReturnPolicy(policy: policy), in: $0)
            }
            _ = try await onItsWay(bench)
            _ = try await scan(bench, "DE")
            #expect(try await waits(bench) == [2])
        }
    }

    @Test("goods that nobody has received by then alert somebody, once, also in review", arguments: [false, true])
    func notReceived(isInReview: Bool) async throws {
        try await ReturnsBench.run { bench in
            let id = try await onItsWay(bench)
            if isInReview {
                let review = ReviewReturn(returnID: id, reason: Refusal(code: "not_found", message: "No subscription."))
                try await bench.handle { _ = try await ReviewReturnHandler().handle(review, in: $0) }
            }
            _ = try await scan(bench, "DE")
            #expect(try await waits(bench) == [5])
            #expect(try await checkArrival(bench, id, generation: 2).isEmpty)
            let sent = try await checkArrival(bench, id)
            #expect(sent.types == [SendSlackAlert.name])
            let alert: SendSlackAlert = try #require(sent.first).data()
            #expect(alert.alert.fields["number"] == "RMA1" && alert.alert.fields["tracking_number"] == "1ZBACK")
            #expect(try await checkArrival(bench, id).isEmpty)
            #expect(try await events(bench, id, "return.not_received") == 1)
        }
    }

    @Test("goods that are here are looked for no more, and a late scan of theirs is only told")
    func received() async throws {
        try await ReturnsBench.run { bench in
            let id = try await onItsWay(bench)
            try await bench.receive(id)
            #expect(try await scan(bench, "DE").types == [ReadWarehouseReturn.name])
            #expect(try await events(bench, id, "return.delivered") == 1)
            #expect(try await waits(bench).isEmpty)
            #expect(try await checkArrival(bench, id).isEmpty)
            #expect(try await bench.record(id).status == .received)
        }
    }
}
