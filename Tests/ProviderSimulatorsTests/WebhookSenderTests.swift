import Foundation
import Logging
import Testing

@testable import ProviderSimulators

@Suite("Webhook order")
struct WebhookSenderTests {
    @Test("a reordered webhook waits until another one has been delivered")
    func reordering() async throws {
        let background = BackgroundWork()
        let transport = RecordingTransport()
        let faults = FaultPlan()
        // Nobody's patience ends on this clock: only the other delivery can set the held one free.
        let time = SimulatorTime(clock: StoppedClock())
        let sender = WebhookSender(
            transport: transport, faults: faults, background: background, time: time, logger: Logger(label: "test"))
        _ = try await faults.add(["provider": "shopify", "mode": "reorder_webhooks", "path": "orders/create"])
        await withDiscardingTaskGroup { group in
            group.addTask { await background.run() }
            sender.send(webhook("orders/create"))
            while await sender.list().first?.fault == nil { await Task.yield() }
            sender.send(webhook("orders/paid"))
            var topics: [String] = []
            for await delivery in transport.deliveries {
                topics.append(delivery.topic)
                if topics.count == 2 { break }
            }
            #expect(topics == ["orders/paid", "orders/create"])
            group.cancelAll()
        }
    }

    private func webhook(_ topic: String) -> OutgoingWebhook {
        OutgoingWebhook(
            provider: "shopify", topic: topic, deliveryID: topic, url: "http://gateway.test", headers: [], body: [],
            retries: .shopify)
    }
}

/// A clock that stands still: a wait ends by cancellation only.
struct StoppedClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let (never, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in never {}
        continuation.finish()
        throw CancellationError()
    }
}
