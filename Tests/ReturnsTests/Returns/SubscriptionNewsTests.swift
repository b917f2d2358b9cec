import Commerce
import Contracts
import Foundation
import Messaging
import Testing
import Views

@testable import Returns

@Suite("What Recharge tells of a subscription", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct SubscriptionNewsTests {
    private func tell(_ bench: ReturnsBench, _ subscription: String) async throws {
        let envelope = try Envelope(
            .init(
                id: UUIDv7.make().uuidString, type: "webhook.recharge.subscription.cancelled", source: "test",
                workspaceid: bench.workspaceID),
            data: RawJSON(text: #"{"provider":"recharge","payload":{"subscription":\#(subscription)}}"#))
        try await bench.handle { try await ReceiveSubscriptionNews().handle(envelope, in: $0) }
    }

    private func notes(_ bench: ReturnsBench, _ id: ReturnID) async throws -> Int {
        try await bench.record(id).timeline?.count { $0.type == "return.subscription_ended" } ?? 0
    }

    @Test("one that was cancelled there is noted once on a return that keeps it; one that cancels it tells itself")
    func cancelled() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let keeping = try await bench.ask { $0.subscription = .init(provider: "recharge", id: "482011") }
            let cancelling = try await bench.ask {
                $0.subscription = .init(provider: "recharge", id: "482011")
                $0.subscriptionAction = .cancel
            }
            try await tell(bench, #"{"id":482011,"status":"active"}"#)
            try await tell(bench, #"{"id":482012,"status":"cancelled"}"#)
            #expect(try await notes(bench, keeping) == 0)
            for _ in 1...2 {
                try await tell(
                    bench, #"{"id":482011,"status":"cancelled","cancelled_at":"2026-03-04T05:15:30-05:00"}"#)
            }
            #expect(try await notes(bench, keeping) == 1)
            #expect(try await notes(bench, cancelling) == 0)
            let timeline = try await bench.record(keeping).timeline
            #expect(timeline?.last?.externalRef == "recharge:482011")
        }
    }

    @Test("a return that has ended is left as it is, and what is no notification is a dead letter")
    func ended() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask { $0.subscription = .init(provider: "recharge", id: "482011") }
            try await bench.label(id)
            try await bench.withdraw(id)
            try await tell(bench, #"{"id":482011,"status":"cancelled"}"#)
            #expect(try await notes(bench, id) == 0)
            await #expect(throws: MalformedMessage.self) { try await tell(bench, "7") }
        }
    }
}
