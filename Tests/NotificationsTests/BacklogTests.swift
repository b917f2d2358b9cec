import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Postgres
import Testing

@testable import Notifications

extension DeliveryTests {
    @Suite("What waits behind earlier events of a ticket")
    struct BacklogTests {
        @Test("a claim reads none of what waits behind the first of a ticket, however many those are")
        func cost() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.failingTicket()
                try await bench.pile(5_000, on: webhook)
                #expect(try await bench.claims.claim(endpointsMax: 50).isEmpty)
                let read = try await bench.rowsRead(webhook)
                #expect(read < 50, "\(read)")
                #expect(try await bench.waiting(webhook) == 5_000)
            }
        }

        @Test("what is due behind more than one look holds is found with the same claim")
        func behind() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.failingTicket()
                try await bench.pile(2 * DeliveryOrder.candidatesMax + 50, on: webhook)
                try await bench.happen(subject: "tkt_2")
                bench.clock.advance(by: DeliveryStore.holdBack)
                let claimed = try await bench.claims.claim(endpointsMax: 50)
                #expect(claimed.count == 1 && claimed.allSatisfy { !$0.eventID.hasPrefix("pile") })
            }
        }

        @Test("all of a ticket is called in its order, one after the other")
        func inOrder() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                try await bench.pile(DeliveryOrder.candidatesMax + 20, on: webhook)
                #expect(try await bench.deliverDue() == DeliveryOrder.candidatesMax + 20)
                let ids = bench.endpoints.requests(to: "a.example").compactMap { $0.header("webhook-id") }
                #expect(ids == (1...DeliveryOrder.candidatesMax + 20).map { "pile_\($0)" })
                #expect(try await bench.waiting(webhook) == 0)
            }
        }

        @Test("what comes while the one before it ends is not left waiting")
        func together() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("a.example", ordered: true)
                try await bench.happen(subject: "tkt_1")
                bench.clock.advance(by: DeliveryStore.holdBack)
                let first = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                try await bench.handle { transaction in
                    let taken = AttemptResult(status: 200, latency: .zero)
                    #expect(
                        try await DeliveryStore(transaction).finish(
                            first, taken, at: transaction.now, nextAttemptAt: nil))
                    // Others see the end of the first only when it is committed.
                    try await bench.happen(subject: "tkt_1")
                    bench.clock.advance(by: DeliveryStore.holdBack)
                    #expect(try await bench.claims.claim(endpointsMax: 50).isEmpty)
                }
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 1)
            }
        }

        @Test("what waits behind two that are under way is let go by each of them, and comes after both")
        func behindTwo() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                let earlier = bench.clock.now - 1
                try await bench.happen(subject: "tkt_1")
                bench.clock.advance(by: DeliveryStore.holdBack)
                let second = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                try await bench.happen(subject: "tkt_1", at: earlier)
                try await bench.happen(subject: "tkt_1")
                bench.clock.advance(by: DeliveryStore.holdBack)
                let first = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                #expect(try await bench.waiting(webhook) == 1)
                // So each of them sees the other when both end at once.
                await bench.loop.deliver(second)
                #expect(try await bench.waiting(webhook) == 0)
                #expect(try await bench.claims.claim(endpointsMax: 50).isEmpty)
                #expect(try await bench.waiting(webhook) == 1)
                await bench.loop.deliver(first)
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 1)
            }
        }

        @Test("nothing waits for what was kept too long and is deleted, or ended by a version without marks")
        func gone() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                try await bench.happen(subject: "tkt_1")
                bench.clock.advance(by: .days(20))
                try await bench.happen(subject: "tkt_1")
                bench.clock.advance(by: DeliveryStore.holdBack)
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 1)
                #expect(try await bench.waiting(webhook) == 1)
                try await bench.expireLeases()
                bench.clock.advance(by: .days(11))
                try await bench.keepHouse()
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 1)
                try await bench.expireLeases()

                try await bench.asOwner(
                    "UPDATE notifications.deliveries SET waits = true WHERE webhook_id = \(webhook.uuid)")
                #expect(try await bench.claims.claim(endpointsMax: 50).isEmpty)
                try await bench.keepHouse()
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 1)
            }
        }

        @Test("what an ordered endpoint is sent again is read in the order in which it goes, and not sorted")
        func resentBySubject() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                let plan = try await bench.outbox.pool.transaction { database in
                    try await database.execute("SET LOCAL enable_seqscan = off")
                    try await database.execute("SET LOCAL enable_sort = off")
                    return try await database.query(
                        """
                        EXPLAIN SELECT d.id FROM deliveries d WHERE d.webhook_id = \(webhook.uuid) AND NOT d.is_test
                        ORDER BY d.subject FETCH FIRST (10) ROWS WITH TIES FOR NO KEY UPDATE
                        """
                    ).map { try $0("QUERY PLAN", as: String.self) }
                }
                #expect(plan.contains { $0.contains("deliveries_resent_idx") }, "\(plan)")
                #expect(!plan.contains { $0.contains("Sort") }, "\(plan)")
            }
        }

        @Test("an endpoint that is ordered no more gets all that waited")
        func unordered() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                try await bench.pile(3, on: webhook)
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 1)
                #expect(try await bench.waiting(webhook) == 2)
                let command = ChangeWebhook(
                    webhookID: webhook, url: nil, events: nil, ordered: false, description: nil)
                try await bench.handle { _ = try await ChangeWebhookHandler().handle(command, in: $0) }
                #expect(try await bench.claims.claim(endpointsMax: 50).count == 2)
                #expect(try await bench.waiting(webhook) == 0)
            }
        }
    }
}

extension NotificationsBench {
    /// An ordered endpoint whose first event of a ticket has failed and waits for its next try.
    fileprivate func failingTicket() async throws -> WebhookID {
        let id = try await webhook("a.example", ordered: true)
        endpoints.set("a.example", .answer(500))
        try await happen(subject: "tkt_1")
        clock.advance(by: DeliveryStore.holdBack)
        #expect(try await deliverDue() == 1)
        // From now on it waits for minutes.
        clock.advance(by: RetrySchedule.delays[0])
        #expect(try await deliverDue() == 1)
        return id
    }

    /// So many later events of the ticket, due now.
    fileprivate func pile(_ count: Int, on webhook: WebhookID) async throws {
        let now = clock.now
        try await asOwner(
            """
            WITH events AS (
                INSERT INTO notifications.webhook_events (workspace_id, id, type, subject, occurred_at, body, created_at)
                SELECT \(workspaceID.uuid)::uuid, 'pile_' || i, 'ticket.updated', 'tkt_1',
                    \(now)::timestamptz + i * interval '1 ms', '{}', \(now)::timestamptz
                FROM generate_series(1, \(count)::integer) AS i
                RETURNING workspace_id, id, type, subject, occurred_at, created_at
            )
            INSERT INTO notifications.deliveries (id, workspace_id, webhook_id, event_id, type, subject, occurred_at,
                status, next_attempt_at, created_at)
            SELECT gen_random_uuid(), workspace_id, \(webhook.uuid)::uuid, id, type, subject, occurred_at, 'pending',
                created_at, created_at
            FROM events
            """)
    }

    fileprivate func waiting(_ webhook: WebhookID) async throws -> Int {
        try await handle {
            try await $0.database.query(
                "SELECT count(*) AS count FROM deliveries WHERE webhook_id = \(webhook.uuid) AND waits")[0]("count")
        }.result
    }

    /// How many rows the next claim reads to find what is due, by the database's own account.
    fileprivate func rowsRead(_ webhook: WebhookID) async throws -> Int {
        let now = clock.now
        let lines = try await outbox.pool.transaction { database in
            try await database.execute("SET LOCAL enable_seqscan = off")
            var lines: [String] = []
            for statement in [DeliveryClaims.due(now, 50), DeliveryClaims.take([webhook.uuid], now)] {
                lines += try await database.query("EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) \(statement)")
                    .map { try $0("QUERY PLAN", as: String.self) }
            }
            return lines
        }
        return lines.reduce(0) { sum, line in
            let removed = line.firstMatch(of: /Rows Removed by [A-Za-z ]+: (\d+)/).flatMap { Int($0.1) } ?? 0
            guard let read = line.firstMatch(of: /actual rows=(\d+)[.\d]* loops=(\d+)/) else { return sum + removed }
            return sum + removed + (Int(read.1) ?? 0) * (Int(read.2) ?? 0)
        }
    }
}
