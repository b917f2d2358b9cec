import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Postgres
import ServiceKit
import Testing

@testable import Notifications

extension DeliveryTests {
    @Suite("Who is called when")
    struct ClaimTests {
        @Test("an endpoint that holds its calls delays no other")
        func deadEndpoint() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("dead.example")
                try await bench.webhook("live.example")
                bench.endpoints.set("dead.example", .hold)
                for _ in 0..<20 { try await bench.happen() }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await bench.loop.run() }
                    await bench.endpoints.received(20, at: "live.example")
                    await bench.endpoints.received(DeliveryClaims.callsMax, at: "dead.example")
                    // All of the live one's came while the dead one still held its first.
                    #expect(bench.endpoints.requests(to: "dead.example").count == DeliveryClaims.callsMax)
                    group.cancelAll()
                    bench.endpoints.release("dead.example")
                }
            }
        }

        @Test("over all replicas an endpoint is called by four at a time, one that fails by one, and nothing twice")
        func bounds() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                for _ in 0..<10 { try await bench.happen() }
                let claimed = try await withThrowingTaskGroup(of: [ClaimedDelivery].self) { group in
                    for _ in 0..<8 { group.addTask { try await bench.claims.claim(endpointsMax: 50) } }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(claimed.count == DeliveryClaims.callsMax)
                #expect(Set(claimed.map(\.id)).count == claimed.count)
                #expect(try await bench.claims.claim(endpointsMax: 50).isEmpty)
                bench.endpoints.set("a.example", .answer(500))
                for delivery in claimed { await bench.loop.deliver(delivery) }
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 1)
                #expect(try await bench.deliveries(to: webhook).count == 10)
            }
        }

        @Test("what was called when a process died is called again; what the dead one says afterwards counts no more")
        func lease() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                try await bench.happen()
                let first = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                #expect(try await bench.deliverDue() == 0)
                try await bench.expireLeases()
                let second = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                #expect(second.id == first.id && second.attempt == first.attempt + 1)
                bench.endpoints.set("a.example", .answer(500))
                await bench.loop.deliver(first)
                #expect(try await bench.deliveries(to: webhook).map(\.lastError) == [nil])
                bench.endpoints.set("a.example", .answer(200))
                await bench.loop.deliver(second)
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["succeeded"])
            }
        }

        @Test("an ordered endpoint gets an event of a ticket only when the earlier ones are settled")
        func ordered() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("a.example", ordered: true)
                let later = bench.clock.now + 0.5
                try await bench.happen(subject: "tkt_2")
                try await bench.happen(subject: "tkt_1", #"{"n":1}"#)
                bench.clock.advance(by: .milliseconds(500))
                #expect(bench.clock.now == later)
                try await bench.happen(subject: "tkt_1", #"{"n":2}"#)
                bench.clock.advance(by: DeliveryStore.holdBack)
                let first = try await bench.claims.claim(endpointsMax: 50)
                #expect(
                    first.count == 2 && !first.contains { String(decoding: $0.body, as: UTF8.self).contains(#""n":2"#) }
                )
                #expect(try await bench.claims.claim(endpointsMax: 50).isEmpty)
                for delivery in first { await bench.loop.deliver(delivery) }
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 1)
            }
        }

        @Test("an event that its publisher's death made late still goes before the next one of its ticket")
        func late() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                let earlier = bench.clock.now - 1
                try await bench.happen(subject: "tkt_1", #"{"n":2}"#)
                // The sweep of the outbox takes rows 5 s old and comes once a second.
                for _ in 0..<6 {
                    bench.clock.advance(by: .seconds(1))
                    #expect(try await bench.deliverDue() == 0)
                }
                try await bench.happen(subject: "tkt_1", #"{"n":1}"#, at: earlier)
                bench.clock.advance(by: DeliveryStore.holdBack)
                #expect(try await bench.deliverDue() == 2)
                let bodies = bench.endpoints.requests(to: "a.example").map(\.body)
                let isEarlier = bodies.map { String(decoding: $0 ?? [], as: UTF8.self).contains(#""n":1"#) }
                #expect(isEarlier == [true, false])
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["succeeded", "succeeded"])
            }
        }

        @Test("of several secrets in one day each signs to the end of its own time, up to five")
        func rotations() async throws {
            try await NotificationsBench.run { bench in
                let secrets = (0..<6).map { _ in WebhookSecret() }
                let webhook = try await bench.webhook("a.example", secret: secrets[0])
                func rotate(to secret: WebhookSecret) async throws {
                    let command = RotateWebhookSecret(webhookID: webhook, secret: try bench.sealed(secret))
                    try await bench.handle { _ = try await RotateWebhookSecretHandler().handle(command, in: $0) }
                }
                for secret in secrets[1...4] {
                    try await rotate(to: secret)
                    bench.clock.advance(by: .hours(1))
                }
                try await bench.happen()
                try await bench.deliverDue()
                #expect(try bench.signatures(0) == bench.expected(0, secrets[0...4].reversed()))
                await #expect(throws: Refusal.self) { try await rotate(to: secrets[5]) }
                bench.clock.advance(by: .hours(20))
                try await rotate(to: secrets[5])
                try await bench.happen()
                try await bench.deliverDue()
                #expect(try bench.signatures(1) == bench.expected(1, secrets[1...5].reversed()))
                bench.clock.advance(by: .hours(24))
                try await bench.happen()
                try await bench.deliverDue()
                #expect(try bench.signatures(2) == bench.expected(2, [secrets[5]]))
            }
        }

        @Test("a batch that queues deliveries and is not committed yet keeps nobody from calling its endpoints")
        func queueing() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                let waiting = try await bench.happen()
                var attributes = waiting.attributes
                attributes.id = UUIDv7.make().canonicalText
                attributes.time = bench.clock.now + 1
                let next = Envelope(attributes, data: RawJSON(text: "{}"))
                let claimed = try await bench.handle { transaction in
                    try await QueueDeliveries().handle(next, in: transaction)
                    let claimed = try await bench.claims.claim(endpointsMax: 50)
                    for delivery in claimed { await bench.loop.deliver(delivery) }
                    try await bench.operate(.pause, webhook)
                    return claimed.count
                }.result
                #expect(claimed == 1)
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["succeeded", "pending"])
            }
        }

        @Test("a second secret signs beside the first for a day, the current one first; then the first is deleted")
        func rotation() async throws {
            try await NotificationsBench.run { bench in
                let (old, new) = (WebhookSecret(), WebhookSecret())
                let webhook = try await bench.webhook("a.example", secret: old)
                let command = RotateWebhookSecret(webhookID: webhook, secret: try bench.sealed(new))
                try await bench.handle { _ = try await RotateWebhookSecretHandler().handle(command, in: $0) }
                try await bench.happen()
                try await bench.deliverDue()
                #expect(try bench.signatures(0) == bench.expected(0, [new, old]))
                bench.clock.advance(by: .hours(24))
                try await bench.happen()
                try await bench.deliverDue()
                #expect(try bench.signatures(1) == bench.expected(1, [new]))
                #expect(try await bench.secretCount(webhook) == 2)
                try await bench.keepHouse()
                #expect(try await bench.secretCount(webhook) == 1)
                try await bench.happen()
                try await bench.deliverDue()
                #expect(try bench.signatures(2) == bench.expected(2, [new]))
            }
        }

        @Test("the connection goes to the address that was checked, and another one with the next try")
        func pinned() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("a.example")
                bench.names.set("a.example", ["93.184.216.34", "2606:4700::1111"])
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen()
                try await bench.deliverDue()
                bench.clock.advance(by: .seconds(6))
                try await bench.deliverDue()
                let addresses = bench.endpoints.requests(to: "a.example").map(\.connectAddress)
                #expect(addresses == ["93.184.216.34", "2606:4700::1111"])
            }
        }

        @Test("a name server that turns to a local address later reaches nothing")
        func rebinding() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.names.set("a.example", ["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34", "::ffff:10.0.0.1"])
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen()
                for delay in RetrySchedule.delays.prefix(3) {
                    try await bench.deliverDue()
                    bench.clock.advance(by: delay + .seconds(1))
                }
                let requests = bench.endpoints.requests(to: "a.example")
                #expect(requests.map(\.connectAddress) == ["93.184.216.34"])
                let row = try #require(try await bench.deliveries(to: webhook).first)
                #expect(row.attempts == 3 && row.lastError?.hasPrefix("not called:") == true, "\(row)")
            }
        }
    }
}

extension NotificationsBench {
    fileprivate func secretCount(_ webhook: WebhookID) async throws -> Int {
        try await handle {
            try await $0.database.query(
                "SELECT count(*) AS count FROM webhook_secrets WHERE webhook_id = \(webhook.uuid)")[0]("count")
        }.result
    }

    fileprivate func signatures(_ index: Int) throws -> String {
        try #require(endpoints.requests(to: "a.example")[index].header("webhook-signature"))
    }

    fileprivate func expected(_ index: Int, _ secrets: [WebhookSecret]) throws -> String {
        let request = endpoints.requests(to: "a.example")[index]
        let id = try #require(request.header("webhook-id"))
        let timestamp = try #require(request.header("webhook-timestamp").flatMap { Int($0) })
        return secrets.map { $0.signature(id: id, timestamp: timestamp, body: request.body ?? []) }
            .joined(separator: " ")
    }
}
