import Commerce
import Contracts
import Foundation
import HTTPTransport
import Postgres
import ServiceKit
import Testing

@testable import AMQP
@testable import Messaging
@testable import Notifications

extension DeliveryTests {
    @Suite("Alerts")
    struct AlertTests {
        @Test("a storm of one trouble is one message; the next one tells how many there were")
        func storm() async throws {
            try await MailBench.run { bench in
                let handler = SendSlackAlertHandler(accounts: bench.accounts, logger: .quiet)
                let alert = SendSlackAlert(
                    .init(key: "saga_stuck/return", title: "A saga is stuck", text: "<!channel>"))
                var outcomes: [SendSlackAlert.Reply.Outcome] = []
                for _ in 0..<20 {
                    outcomes.append(try await bench.deliver(handler, alert).decoded(SendSlackAlert.Reply.self).outcome)
                }
                #expect(outcomes == [.posted] + Array(repeating: .grouped, count: 19))
                let other = SendSlackAlert(.init(key: "other", title: "Another", text: ""))
                #expect(try await bench.deliver(handler, other).decoded(SendSlackAlert.Reply.self).outcome == .posted)
                bench.bench.clock.advance(by: .minutes(16))
                #expect(try await bench.deliver(handler, alert).decoded(SendSlackAlert.Reply.self).outcome == .posted)
                let bodies = bench.slack.requests(to: "hooks.example.com").map {
                    String(decoding: $0.body ?? [], as: UTF8.self)
                }
                #expect(bodies.count == 3)
                #expect(bodies.last?.contains("19 more") == true && bodies.first?.contains("<!channel>") == false)
            }
        }

        @Test("a command that comes again posts nothing again; what may have been posted is not posted twice")
        func repeated() async throws {
            try await MailBench.run { bench in
                let handler = SendSlackAlertHandler(accounts: bench.accounts, logger: .quiet)
                let alert = SendSlackAlert(.init(key: "k", title: "T", text: ""))
                bench.slack.set("hooks.example.com", .fail(.init(code: .timeout, message: "late", wasSent: true)))
                for _ in 0..<3 {
                    let reply = try await bench.deliver(handler, alert, id: "a").decoded(SendSlackAlert.Reply.self)
                    #expect(reply.outcome == .unknown)
                }
                #expect(bench.slack.requests(to: "hooks.example.com").count == 1)
            }
        }

        @Test("a busy Slack is asked again; one that has no such channel is not")
        func failures() async throws {
            try await MailBench.run { bench in
                let handler = SendSlackAlertHandler(accounts: bench.accounts, logger: .quiet)
                let alert = SendSlackAlert(.init(key: "k", title: "T", text: ""))
                bench.slack.set("hooks.example.com", .answer(429, headers: [("retry-after", "30")]))
                let deferred4 = try await bench.deliver(handler, alert, id: "a")
                #expect(deferred4.reply == nil)
                bench.slack.set("hooks.example.com", .answer(200, body: "ok"))
                #expect(
                    try await bench.deliver(handler, alert, id: "a").decoded(SendSlackAlert.Reply.self).outcome
                        == .posted)
                bench.slack.set("hooks.example.com", .answer(403, body: "invalid_token"))
                let locked = SendSlackAlert(.init(key: "k3", title: "T", text: ""))
                #expect(try await bench.deliver(handler, locked).decoded(SendSlackAlert.Reply.self).outcome == .failed)
                bench.slack.set("hooks.example.com", .answer(410, body: "channel_is_archived"))
                let gone = SendSlackAlert(.init(key: "k2", title: "T", text: ""))
                #expect(try await bench.deliver(handler, gone).decoded(SendSlackAlert.Reply.self).outcome == .failed)
            }
        }

        @Test("alerts that Slack refuses are told by mail, too, where the workspace names an address: once a day")
        func refused() async throws {
            try await MailBench.run { bench in
                let handler = SendSlackAlertHandler(accounts: bench.accounts, logger: .quiet)
                @Sendable func mails(_ key: String) async throws -> [SendEmail] {
                    let alert = SendSlackAlert(.init(key: key, title: "T", text: ""))
                    return try await bench.deliver(handler, alert).sent
                        .filter { $0.attributes.type == SendEmail.name }.map { try $0.data() }
                }
                bench.slack.set("hooks.example.com", .answer(410, body: "channel_is_archived"))
                #expect(try await mails("a").isEmpty)
                try await bench.setSMTP(operators: "ops@mienne.com")
                let today = try await mails("b") + mails("c")
                #expect(today.map(\.recipient?.email) == ["ops@mienne.com", "ops@mienne.com"])
                for mail in today { _ = try await bench.send(mail) }
                let received = bench.server.received
                #expect(received.map(\.recipient) == ["ops@mienne.com"])
                #expect(today[0].values.texts["reason"]?.contains("channel_is_archived") == true)
                bench.bench.clock.advance(by: .days(1))
                for mail in try await mails("d") { _ = try await bench.send(mail) }
                #expect(bench.server.received.count == 2)
                bench.slack.set("hooks.example.com", .answer(200, body: "ok"))
                #expect(try await mails("e").isEmpty)
            }
        }

        @Test("a dead letter is an alert, one of an alert is none")
        func deadLetter() throws {
            func letter(_ type: String) -> DeadLetter {
                let attributes = Envelope.Attributes(id: "1", type: type, source: "test", workspaceid: WorkspaceID())
                let message = Envelope(attributes, data: .emptyObject)
                let delivery = AMQPDelivery(
                    body: message.body, isOversized: false, headers: [:], exchange: "", routingKey: "",
                    redelivered: false, deliveryCount: 0, tag: 1, epoch: 1)
                return DeadLetter(delivery, queue: "tracking.commands")
            }
            #expect(DeadLetterAlert(letter("SendSlackAlert")) == nil)
            let alert = try RawJSON(encoding: DeadLetterAlert(letter("PollWarehouse"))).decode(SendSlackAlert.self)
                .alert
            #expect(
                alert.key == "dead_letter/tracking.commands/delivery_limit"
                    && alert.fields["type"] == "PollWarehouse")
            let id = try #require(alert.fields["dead_letter"])
            #expect(alert.next == ["stateset dead-letters show \(id)", "stateset dead-letters requeue \(id)"])
        }

        @Test("a failing endpoint is told by mail, too, where the workspace names an address: once for each warning")
        func operators() async throws {
            try await MailBench.run { bench in
                @Sendable func mails(_ percent: Int, isOff: Bool = false) async throws -> [SendEmail] {
                    let data = """
                        {"url":"https://a.example/hook","percent":\(percent),"disabled":\(isOff),
                         "failing_since":"2026-03-04T10:15:30Z","disables_at":"2026-03-09T10:15:30Z",
                         "reason":"Every call has failed."}
                        """
                    let event = try await bench.bench.happen(.webhookDisabling, subject: "whe_1", data)
                    let sent = try await bench.bench.handle {
                        try await TellOfTrouble().handle(event, in: $0)
                    }.sent
                    return try sent.filter { $0.attributes.type == SendEmail.name }.map { try $0.data() }
                }
                #expect(try await mails(50).isEmpty)
                try await bench.setSMTP(locale: "fr", operators: "ops@mienne.com")
                for mail in try await mails(50) + mails(50) + mails(70) + mails(100, isOff: true) {
                    _ = try await bench.send(mail)
                }
                let received = bench.server.received
                #expect(received.map(\.recipient) == Array(repeating: "ops@mienne.com", count: 3))
                let texts = received.map { String(decoding: $0.message, as: UTF8.self) }
                #expect(texts.allSatisfy { $0.contains("Bonjour,") })
                #expect(texts.map { $0.contains("2026-03-09") } == [true, true, false])
            }
        }

        @Test("every refund that failed is told of, with why it failed and not why it was asked for")
        func refunds() async throws {
            try await MailBench.run { bench in
                let handler = SendSlackAlertHandler(accounts: bench.accounts, logger: .quiet)
                func alert(_ subject: String, _ data: String) async throws -> SendSlackAlert {
                    let event = try await bench.bench.happen(.refundFailed, subject: subject, data)
                    let sent = try await bench.bench.handle {
                        try await TellOfTrouble().handle(event, in: $0)
                    }.sent
                    return try #require(sent.first).data()
                }
                let first = try await alert(
                    "ref_1",
                    """
                    {"id":"ref_1","order_id":"ord_1","return_id":"ret_1","status":"failed","amount":"12.42",
                     "currency":"EUR","reason":"Too small.","error":{"code":"refund_failed","message":"Card lost."}}
                    """)
                #expect(first.alert.text == "Card lost." && first.alert.next == ["stateset refunds show ref_1"])
                #expect(
                    first.alert.fields
                        == ["refund": "ref_1", "order": "ord_1", "return": "ret_1", "amount": "12.42 EUR"])
                for told in [first, try await alert("ref_2", #"{"reason":"Too small."}"#)] {
                    let reply = try await bench.deliver(handler, told).decoded(SendSlackAlert.Reply.self)
                    #expect(reply.outcome == .posted)
                }
            }
        }

        @Test("an endpoint that keeps failing is an alert that says how far it is, one that is off another")
        func trouble() async throws {
            try await NotificationsBench.run { bench in
                func alert(_ data: String) async throws -> SendSlackAlert.Alert {
                    let event = try await bench.happen(.webhookDisabling, subject: "whe_1", data)
                    let sent = try await bench.handle {
                        try await TellOfTrouble().handle(event, in: $0)
                    }.sent
                    return try #require(sent.first).data(SendSlackAlert.self).alert
                }
                let warning = try await alert(
                    """
                    {"url":"https://a.example/hook","percent":70,"disabled":false,"reason":"Every call has failed so far.",
                     "disables_at":"2026-03-09T10:15:30Z"}
                    """)
                #expect(warning.title == "A webhook endpoint keeps failing")
                #expect(
                    warning.text
                        == "Every call has failed so far. 70 % of the time until it is switched off has passed.")
                #expect(
                    warning.fields == [
                        "webhook": "whe_1", "url": "https://a.example/hook", "disables_at": "2026-03-09T10:15:30.000Z",
                    ])
                #expect(warning.next == ["stateset webhooks show whe_1"])
                let end = try await alert(
                    """
                    {"url":"https://a.example/hook","percent":100,"disabled":true,"reason":"It answered 410 Gone.",
                     "failing_since":"2026-03-04T10:15:30Z"}
                    """)
                let resend = "stateset webhooks resend whe_1 --since 2026-03-02T10:15:30.000Z --status"
                #expect(
                    end.next == [
                        "\(resend) failed", "\(resend) skipped", "stateset webhooks resume whe_1", "\(resend) skipped",
                    ])
                #expect(end.title == "A webhook endpoint was switched off" && end.key != warning.key)
                #expect(end.text.hasPrefix("It answered 410 Gone. ") && end.text.contains("resume"))
                #expect(try await alert("{}").title == "A webhook endpoint keeps failing")
            }
        }
    }
}
