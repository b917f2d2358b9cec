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
    @Suite("An endpoint that fails")
    struct RetryTests {
        private static let refused = HTTPTransportError(code: .connect, message: "refused", wasSent: false)

        @Test("a delivery is tried eight times under one webhook-id, then it has failed, and can be sent again")
        func schedule() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(500, body: "out\u{7} of order"))
                try await bench.happen()
                for delay in RetrySchedule.delays {
                    #expect(try await bench.deliverDue() == 1)
                    let row = try #require(try await bench.deliveries(to: webhook).first)
                    #expect(row.status == "pending" && row.lastError == "answered 500")
                    #expect(abs(row.nextAttemptAt.timeIntervalSince(bench.clock.now) - delay.timeInterval) < 0.01)
                    bench.clock.advance(by: delay - .milliseconds(10))
                    #expect(try await bench.deliverDue() == 0)
                    bench.clock.advance(by: .milliseconds(20))
                }
                #expect(try await bench.deliverDue() == 1)
                let failed = try #require(try await bench.deliveries(to: webhook).first)
                #expect(failed.status == "failed" && failed.attempts == 8)
                #expect(Set(bench.endpoints.requests(to: "a.example").map { $0.header("webhook-id") }).count == 1)

                bench.endpoints.set("a.example", .answer(204))
                try await bench.handle { _ = try await ResendDeliveriesHandler().handle(.init(failed.id), in: $0) }
                #expect(try await bench.deliverDue() == 1)
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["succeeded"])
                let log = try await bench.attempts(of: failed.id)
                #expect(log.map(\.status) == Array(repeating: 500, count: 8) + [204])
                #expect(log.first?.answer == "out of order")
            }
        }

        @Test(
            "only 2xx is success; a redirect is none",
            arguments: [(200, true), (204, true), (299, true), (301, false), (302, false), (400, false), (503, false)])
        func verdicts(status: Int, isSuccess: Bool) async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(status, headers: [("location", "https://b.example/")]))
                try await bench.happen()
                try await bench.deliverDue()
                #expect(try await bench.deliveries(to: webhook).map(\.status) == [isSuccess ? "succeeded" : "pending"])
                #expect(bench.endpoints.requests(to: "b.example").isEmpty)
            }
        }

        @Test("an overloaded endpoint as a whole is left alone for as long as it asks")
        func throttled() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(429, headers: [("retry-after", "120")]))
                try await bench.happen()
                try await bench.deliverDue()
                bench.endpoints.set("a.example", .answer(200))
                try await bench.happen()
                bench.clock.advance(by: .seconds(119))
                #expect(try await bench.deliverDue() == 0)
                bench.clock.advance(by: .seconds(2))
                #expect(try await bench.deliverDue() == 2)
            }
        }

        @Test("once it is back it gets everything at once, in order for one ticket")
        func downForADay() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("a.example", ordered: true)
                bench.endpoints.set("a.example", .fail(Self.refused))
                for hour in 0..<24 {
                    try await bench.happen(subject: "tkt_\(hour % 2)", #"{"n":\#(hour)}"#)
                    bench.clock.advance(by: .hours(1))
                    try await bench.deliverDue()
                }
                bench.endpoints.set("a.example", .answer(200))
                let before = bench.endpoints.requests(to: "a.example").count
                bench.clock.advance(by: .hours(10))
                try await bench.deliverDue()
                let bodies = bench.endpoints.requests(to: "a.example").dropFirst(before).map(\.number)
                #expect(Set(bodies) == Set(0..<24) && bodies.count == 24)
                for ticket in 0...1 {
                    let ofTicket = bodies.filter { $0 % 2 == ticket }
                    #expect(ofTicket == ofTicket.sorted(), "\(bodies)")
                }
            }
        }

        @Test("warnings at 50, 70 and 90 percent, off after five days, told to the others and not to itself")
        func disabling() async throws {
            try await NotificationsBench.run { bench in
                let failing = try await bench.webhook("a.example", [.ticketUpdated, .webhookDisabling])
                try await bench.webhook("watcher.example", [.webhookDisabling])
                bench.endpoints.set("a.example", .fail(Self.refused))
                try await bench.happen()
                try await bench.deliverDue()
                let start = bench.clock.now
                let reviews = try await bench.reviews()
                #expect(reviews.map { $0.dueAt.timeIntervalSince(start) / 3600 } == [60, 84, 108, 120])
                for review in reviews {
                    #expect(try await bench.status(of: failing) == "active")
                    bench.clock.advance(by: .milliseconds(Int(review.dueAt.timeIntervalSince(bench.clock.now) * 1000)))
                    let sent = try await bench.handle {
                        try await ReviewWebhookHandler().handle(review.command, in: $0)
                    }.sent
                    #expect(sent.map(\.attributes.type) == ["webhook.disabling"])
                    for event in sent { try await bench.take(event) }
                }
                #expect(try await bench.status(of: failing) == "disabled")
                try await bench.deliverDue()
                let told = bench.endpoints.requests(to: "watcher.example").map(\.percent)
                #expect(told == [50, 70, 90, 100])
                #expect(try await bench.deliveries(to: failing).count == 1)
            }
        }

        @Test("one success ends the row of failures: the reviews of the old one do nothing")
        func recovered() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen()
                try await bench.deliverDue()
                let reviews = try await bench.reviews()
                bench.endpoints.set("a.example", .answer(200))
                bench.clock.advance(by: .seconds(6))
                try await bench.deliverDue()
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen()
                try await bench.deliverDue()
                for review in reviews {
                    let sent = try await bench.handle {
                        try await ReviewWebhookHandler().handle(review.command, in: $0)
                    }.sent
                    #expect(sent.isEmpty)
                }
                #expect(try await bench.status(of: webhook) == "active")
                #expect(try await bench.reviews().count == 8)
            }
        }

        @Test("people who were warned of an endpoint are told once when it has recovered; others are not")
        func recoveryTold() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen()
                try await bench.deliverDue()
                bench.endpoints.set("a.example", .answer(200))
                bench.clock.advance(by: .seconds(6))
                #expect(try await bench.deliverDue() == 1)
                #expect(try await bench.alerts().isEmpty)

                let old = Set(try await bench.reviews().map { $0.command.streak })
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen()
                try await bench.deliverDue()
                let warning = try #require(try await bench.reviews().first { !old.contains($0.command.streak) })
                bench.clock.advance(by: .hours(60))
                try await bench.handle { _ = try await ReviewWebhookHandler().handle(warning.command, in: $0) }
                bench.endpoints.set("a.example", .answer(200))
                for _ in 1...3 { try await bench.happen() }
                try await bench.deliverDue()
                let alerts = try await bench.alerts()
                #expect(alerts.map(\.title) == ["A webhook endpoint has recovered"])
                #expect(alerts.first?.fields["webhook"] == webhook.description)
                #expect(alerts.first?.fields["url"] == "https://a.example/hook")
            }
        }

        @Test("one that was failing or off and works again is told by mail and by an alert, once for each time")
        func recoveryMailed() async throws {
            try await MailBench.run { bench in
                try await bench.setSMTP(operators: "ops@mienne.com")
                let webhooks = bench.bench
                let webhook = try await webhooks.webhook("a.example")
                for _ in 1...2 {
                    webhooks.endpoints.set("a.example", .answer(410))
                    try await webhooks.happen()
                    try await webhooks.deliverDue()
                    #expect(try await webhooks.status(of: webhook) == "disabled")
                    try await webhooks.operate(.resume, webhook)
                    webhooks.endpoints.set("a.example", .answer(200))
                    for _ in 1...2 { try await webhooks.happen() }
                    #expect(try await webhooks.deliverDue() >= 2)
                    webhooks.clock.advance(by: .hours(1))
                }
                let recovery = "A webhook endpoint has recovered"
                #expect(try await webhooks.alerts().map(\.title) == [recovery, recovery])
                let mails = try await webhooks.owed(SendEmail.self)
                #expect(mails.map(\.template) == [.webhookRecovered, .webhookRecovered])
                for mail in mails + mails { _ = try await bench.send(mail) }
                let received = bench.server.received
                #expect(received.map(\.recipient) == ["ops@mienne.com", "ops@mienne.com"])
                #expect(received.allSatisfy { String(decoding: $0.message, as: UTF8.self).contains(recovery) })
            }
        }

        @Test("a test is sent once and says nothing of how the endpoint fares")
        func ping() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", [.orderCreated])
                bench.endpoints.set("a.example", .answer(500))
                let command = TestWebhook(webhookID: webhook, reason: "is it there?")
                try await bench.handle { _ = try await TestWebhookHandler().handle(command, in: $0) }
                #expect(try await bench.auditReasons(of: "webhook.test") == ["is it there?"])
                #expect(try await bench.deliverDue() == 1)
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["failed"])
                #expect(try await bench.reviews().isEmpty)
            }
        }
    }
}

extension HTTPRequest {
    private func member(_ name: String) -> Int {
        let json = (try? JSONSerialization.jsonObject(with: Data(body ?? []))) as? [String: Any]
        return (json?["data"] as? [String: Any])?[name] as? Int ?? -1
    }

    fileprivate var number: Int { member("n") }
    fileprivate var percent: Int { member("percent") }
}

extension NotificationsBench {
    /// Why it was done, each time.
    func auditReasons(of action: String) async throws -> [String?] {
        try await handle { [workspaceID] in
            try await $0.database.query(
                """
                SELECT reason FROM platform.audit_log
                WHERE workspace_id = \(workspaceID.uuid) AND action = \(action) ORDER BY at
                """
            ).map { try $0("reason", as: String?.self) }
        }.result
    }

    func attempts(of id: DeliveryID) async throws -> [(status: Int?, answer: String?)] {
        try await handle {
            try await $0.database.query(
                "SELECT status, answer FROM delivery_attempts WHERE delivery_id = \(id.uuid) ORDER BY attempt"
            ).map { (status: try $0("status", as: Int?.self), answer: try $0("answer", as: String?.self)) }
        }.result
    }
}
