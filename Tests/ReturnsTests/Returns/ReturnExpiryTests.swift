import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing
import Views

@testable import Returns

@Suite("Before a return expires")
struct ReturnExpiryTests {
    private func perform(_ answers: [String: StubHTTP.Answer]) async throws -> ExpireReturnHandler.Sight {
        let handler = ExpireReturnHandler(accounts: .shipping(StubHTTP(answers)))
        return try await handler.perform(
            .init(number: try #require(DCLOrderNumber("RMA1")), labelID: "se-1"),
            for: EffectCall(workspaceID: WorkspaceID(), key: "k", now: SystemClock().now))
    }

    private func rmas(_ receipts: String) -> StubHTTP.Answer {
        .init(
            body: """
                {"error_code":0,"rmas":[{"rma_number":"RMA1","rma_stage":10,
                 "lines":[{"item_number":"ROBE","quantity":1,"receipts":\(receipts)}]}]}
                """)
    }

    private func tracking(_ status: String, _ detail: String? = nil, events: String = "[]") -> StubHTTP.Answer {
        let detail = detail.map { #""\#($0)""# } ?? "null"
        return .init(
            body: """
                {"tracking_number":"1ZBACK","status_code":"\(status)","status_detail_code":\(detail),"events":\(events)}
                """)
    }

    @Test("the warehouse is asked for the goods, then the carrier for the parcel")
    func asked() async throws {
        let here = try await perform(["GET /rmas": rmas(#"[{"quantity":1,"condition":"B"}]"#)])
        #expect(here.receipts.map(\.condition) == ["B"] && here.parcel == nil)
        let away = try await perform(["GET /rmas": rmas("null"), "GET /labels/se-1/track": tracking("IT")])
        #expect(away.receipts.isEmpty && away.parcel == .inTransit)
        let nowhere = try await perform(["GET /rmas": rmas("null"), "GET /labels/se-1/track": tracking("NY")])
        #expect(nowhere.parcel.map { !ParcelNews.moving.contains($0) } == true)
    }

    @Test("a parcel in trouble is on its way once the carrier took it, and not when it goes back to the customer")
    func trouble() async throws {
        let taken = #"[{"status_code":"IT"}]"#
        let held = tracking("EX", "HELD_BY_CARRIER", events: taken)
        #expect(
            try await perform(["GET /rmas": rmas("null"), "GET /labels/se-1/track": held]).parcel == .inTransit)
        let never = tracking("EX", "PICKUP_FAILED")
        #expect(
            try await perform(["GET /rmas": rmas("null"), "GET /labels/se-1/track": never]).parcel == .exception)
        let back = tracking("EX", "RETURN_TO_SENDER", events: taken)
        #expect(
            try await perform(["GET /rmas": rmas("null"), "GET /labels/se-1/track": back]).parcel
                == .returnedToSender)
    }

    @Test("a label that nobody knows any more says nothing; a question that the warehouse refuses is asked again")
    func unanswered() async throws {
        #expect(try await perform(["GET /rmas": rmas("null")]).parcel == nil)
        let failure = await #expect(throws: ProviderFailure.self) {
            try await perform(["GET /rmas": .init(status: 403, body: "{}")])
        }
        guard case .transient = failure else {
            Issue.record("expected another try, got \(String(describing: failure))")
            return
        }
    }
}

@Suite("What keeps a return from expiring", .enabled(if: ReturnsBench.isThere))
struct ReturnNotExpiredTests {
    private let robe = WarehouseReceipt(sku: "ROBE", quantity: 1, condition: "A", isAnnounced: true)

    private func expire(
        _ bench: ReturnsBench, _ id: ReturnID, _ sight: ExpireReturnHandler.Sight
    ) async throws -> (expired: Bool, types: [String]) {
        let (expired, sent) = try await bench.handleAndSend { try await ReturnsBench.expire(id, sight, in: $0) }
        return (expired, sent.types)
    }

    @Test("goods that are there are received instead, and their news goes to the saga")
    func goods() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.announce(id, as: "RMA1")
            let (expired, types) = try await expire(bench, id, .init(receipts: [robe]))
            #expect(!expired && types.contains(ReturnReceived.type) && types.contains(ReturnInspected.type))
            let record = try await bench.record(id)
            #expect(record.status == .inspected && record.lines[0].received == 1)
            #expect(try await !expire(bench, id, .init()).expired)
        }
    }

    @Test("a parcel that is on its way is waited for", arguments: [ShipmentStatus.inTransit, .delivered])
    func parcel(status: ShipmentStatus) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.announce(id, as: "RMA1")
            #expect(try await !expire(bench, id, .init(parcel: status)).expired)
            let record = try await bench.record(id)
            #expect(record.status == .inTransit && record.timeline?.contains { $0.type == "return.in_transit" } == true)
        }
    }

    @Test("what nobody has seen expires, once", arguments: [nil, ShipmentStatus.labelCreated, .returnedToSender])
    func unseen(status: ShipmentStatus?) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.announce(id, as: "RMA1")
            #expect(try await expire(bench, id, .init(parcel: status)).expired)
            #expect(try await bench.record(id).status == .expired)
            #expect(try await expire(bench, id, .init(receipts: [robe])).expired)
        }
    }

    @Test("an announcement that stays because the goods are there alerts somebody")
    func announcement() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            let handler = CancelReturnAnnouncementHandler(accounts: .onlyShopify(StubHTTP([:])))
            for (outcome, expected) in [
                (CancelReturnAnnouncementHandler.Outcome.received, [SendSlackAlert.name]), (.cancelled, []),
                (.notThere, []),
            ] {
                let sent = try await bench.handleAndSend {
                    _ = try await handler.settle(
                        outcome, of: .init(number: "RMA1"),
                        for: CancelReturnAnnouncement(returnID: id, number: "RMA1"), in: $0)
                }.sent
                #expect(sent.types == expected)
            }
        }
    }
}
