import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Postgres
import Testing

@testable import Notifications

extension DeliveryTests {
    @Suite("What waits when an endpoint is well again")
    struct OutageTests {
        @Test("what an endpoint never takes has all its tries in their time, however much else it takes")
        func poison() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen(subject: "poison")
                try await bench.deliverDue()
                for delay in RetrySchedule.delays.dropLast() {
                    bench.endpoints.set("a.example", .answer(200))
                    try await bench.happen()
                    #expect(try await bench.deliverAndGoOn() == 1)
                    bench.clock.advance(by: delay)
                    bench.endpoints.set("a.example", .answer(500))
                    #expect(try await bench.deliverAndGoOn() == 1)
                }
                let row = try #require(try await bench.poison(webhook))
                #expect(row.status == "pending" && row.attempts == RetrySchedule.triesMax - 1)
                #expect(row.nextAttemptAt == bench.clock.now + Duration.hours(10).timeInterval)
            }
        }

        @Test(
            "after an outage each of what failed in it or shortly before is tried at once, in parts; older failures wait"
        )
        func outage() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen(subject: "poison")
                try await bench.deliverDue()
                bench.clock.advance(by: .seconds(1))
                bench.endpoints.set("a.example", .answer(200))
                try await bench.happen()
                #expect(try await bench.deliverDue() == 1)

                bench.clock.advance(by: EndpointHealth.outageMin)
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen(subject: "blip")
                #expect(try await bench.deliverDue() == 2)
                bench.clock.advance(by: .seconds(1))
                bench.endpoints.set("a.example", .answer(200))
                try await bench.happen()
                try await bench.deliverDue()

                bench.clock.advance(by: .seconds(5))
                bench.endpoints.set("a.example", .answer(500))
                for _ in 0..<4 { try await bench.happen(subject: "tkt_2") }
                #expect(try await bench.deliverDue() == 5)
                for delay in RetrySchedule.delays[1...3] {
                    bench.clock.advance(by: delay)
                    #expect(try await bench.deliverDue() > 0)
                }
                let waiting = try await bench.deliveries(to: webhook).filter { $0.status == "pending" }
                #expect(waiting.count == 6 && waiting.allSatisfy { $0.nextAttemptAt > bench.clock.now })

                bench.clock.advance(by: .minutes(10))
                bench.endpoints.set("a.example", .answer(200))
                try await bench.happen()
                #expect(try await bench.deliverDue() == 1)
                var parts = try await bench.hurries()
                #expect(parts.count == 1)
                bench.clock.advance(by: .seconds(1))
                bench.endpoints.set("a.example", .answer(500))
                var calls: [Int] = []
                while let part = parts.popLast() {
                    let sent = try await bench.handle {
                        try await HurryDeliveriesHandler(batchMax: 2).handle(part, in: $0)
                    }.sent
                    parts = try sent.map { try $0.data(HurryDeliveries.self) }
                    calls.append(try await bench.deliverDue())
                }
                #expect(calls == [2, 2, 1])
                let poison = try #require(try await bench.poison(webhook))
                #expect(poison.nextAttemptAt > bench.clock.now)
            }
        }

        @Test("an endpoint that asked for patience gets it, also when it takes a call that was under way")
        func patience() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("a.example")
                for _ in 0..<2 { try await bench.happen() }
                let claimed = try await bench.claims.claim(endpointsMax: 50)
                #expect(claimed.count == 2)
                bench.endpoints.set("a.example", .answer(429, headers: [("retry-after", "120")]))
                await bench.loop.deliver(claimed[0])
                bench.endpoints.set("a.example", .answer(200))
                await bench.loop.deliver(claimed[1])
                try await bench.happen()
                #expect(try await bench.deliverAndGoOn() == 0)
                bench.clock.advance(by: .seconds(121))
                #expect(try await bench.deliverAndGoOn() == 2)
            }
        }

        @Test("what an ordered endpoint holds back is neither brought forward by a success nor by a resume")
        func heldBack() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen(subject: "tkt_1")
                bench.clock.advance(by: DeliveryStore.holdBack)
                #expect(try await bench.deliverDue() == 1)
                bench.clock.advance(by: .hours(2))
                try await bench.happen(subject: "tkt_2")
                bench.endpoints.set("a.example", .answer(200))
                #expect(try await bench.deliverAndGoOn() == 1)
                try await bench.operate(.pause, webhook)
                try await bench.operate(.resume, webhook)
                #expect(try await bench.deliverDue() == 0)
                bench.clock.advance(by: DeliveryStore.holdBack)
                #expect(try await bench.deliverDue() == 1)
            }
        }

        @Test("a resume begins anew what has failed before, part by part, and each of it once")
        func resumed() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(500))
                for _ in 0..<3 { try await bench.happen() }
                #expect(try await bench.deliverDue() == 3)
                bench.clock.advance(by: .seconds(6))
                #expect(try await bench.deliverDue() == 3)
                bench.clock.advance(by: .seconds(1))
                let command = HurryDeliveries(webhookID: webhook, since: bench.clock.now)
                let sent = try await bench.handle {
                    try await HurryDeliveriesHandler(batchMax: 2).handle(command, in: $0)
                }.sent
                #expect(try sent.map { try $0.data(HurryDeliveries.self).webhookID } == [webhook])
                #expect(try await bench.deliverDue() == 2)
                let last = try await bench.handle {
                    try await HurryDeliveriesHandler(batchMax: 2).handle(command, in: $0)
                }.sent
                #expect(last.isEmpty)
                #expect(try await bench.deliverDue() == 1)
                // The first try of a new schedule.
                let delays = try await bench.deliveries(to: webhook).map {
                    $0.nextAttemptAt.timeIntervalSince(bench.clock.now)
                }
                #expect(delays == [5, 5, 5])
            }
        }

        @Test("an ordered endpoint's subjects are sent again whole, each part in one, and the request is audited once")
        func resentInOrder() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                let start = bench.clock.now
                // Heard of in another order than they happened in.
                for number in [2, 1, 3] {
                    try await bench.happen(subject: "tkt_1", #"{"n":\#(number)}"#, at: start + Double(number))
                    try await bench.happen(subject: "tkt_2", #"{"n":\#(number)}"#, at: start + Double(number))
                }
                bench.clock.advance(by: DeliveryStore.holdBack)
                #expect(try await bench.deliverDue() == 6)
                var next: ResendDeliveries? = ResendDeliveries(
                    of: webhook, .init(since: start, until: nil, status: nil, type: nil, subject: nil))
                var counts: [Int] = []
                while let command = next {
                    let (reply, sent) = try await bench.handle {
                        try await ResendDeliveriesHandler(batchMax: 2).handle(command, in: $0)
                    }
                    counts.append(reply.resent)
                    next = try sent.first.map { try $0.data(ResendDeliveries.self) }
                    if reply.resent > 0 { #expect(try await bench.deliverDue() == 3) }
                }
                #expect(counts == [3, 3, 0])
                let again = bench.endpoints.requests(to: "a.example").dropFirst(6).map { request in
                    [1, 2, 3].first { String(decoding: request.body ?? [], as: UTF8.self).contains("\"n\":\($0)") }
                }
                #expect(again == [1, 2, 3, 1, 2, 3])
                #expect(try await bench.auditCount("webhook.resent", webhook) == 1)
            }
        }

        @Test("what fits a filter is sent again part by part, each once, and nothing that happened since")
        func resent() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                let start = bench.clock.now
                for _ in 0..<5 { try await bench.happen() }
                #expect(try await bench.deliverDue() == 5)
                bench.clock.advance(by: .seconds(1))
                var next: ResendDeliveries? = ResendDeliveries(
                    of: webhook, .init(since: start, until: nil, status: nil, type: nil, subject: nil))
                var replies: [ResendDeliveries.Reply] = []
                while let command = next {
                    let (reply, sent) = try await bench.handle {
                        try await ResendDeliveriesHandler(batchMax: 2).handle(command, in: $0)
                    }
                    replies.append(reply)
                    next = try sent.first.map { try $0.data(ResendDeliveries.self) }
                    bench.clock.advance(by: .seconds(1))
                    try await bench.happen()
                }
                #expect(
                    replies == [
                        .init(resent: 2, more: true), .init(resent: 2, more: true), .init(resent: 1, more: false),
                    ])
                #expect(try await bench.deliverDue() == 5 + 3)
                #expect(try await bench.deliveries(to: webhook).map(\.attempts) == [2, 2, 2, 2, 2, 1, 1, 1])
            }
        }
    }
}

extension NotificationsBench {
    /// The parts of what is to be tried soon that the service sent itself.
    fileprivate func hurries() async throws -> [HurryDeliveries] {
        try await handle { [workspaceID] in
            try await $0.database.query(
                "SELECT body FROM outbox WHERE workspace_id = \(workspaceID.uuid) ORDER BY created_at"
            ).map { try Envelope(body: Array(try $0("body", as: String.self).utf8)) }
        }.result.filter { $0.attributes.type == HurryDeliveries.name }.map { try $0.data(HurryDeliveries.self) }
    }

    /// Calls what is due, and what the service says of it is due as well.
    fileprivate func deliverAndGoOn() async throws -> Int {
        let before = try await hurries().count
        let calls = try await deliverDue()
        for part in try await hurries().dropFirst(before) {
            try await handle { _ = try await HurryDeliveriesHandler().handle(part, in: $0) }
        }
        return try await calls + deliverDue()
    }

    fileprivate func auditCount(_ action: String, _ webhook: WebhookID) async throws -> Int {
        try await handle {
            try await $0.database.query(
                """
                SELECT count(*) AS count FROM platform.audit_log
                WHERE action = \(action) AND subject = \(webhook.description)
                """)[0]("count")
        }.result
    }

    fileprivate func poison(_ webhook: WebhookID) async throws -> Row? {
        try await deliveries(to: webhook).first { $0.subject == "poison" }
    }
}
