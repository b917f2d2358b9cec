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
    @Suite("Mails to customers")
    struct MailTests {
        private static let unreachable = HTTPTransportError(code: .connect, message: "refused", wasSent: false)
        private static let lost = HTTPTransportError(code: .connectionLost, message: "the end", wasSent: true)

        @Test(
            "mails are in the workspace's language, unless the command names another", arguments: [nil, "fr-CA", "xx"])
        func language(locale: String?) async throws {
            try await MailBench.run { bench in
                try await bench.setSMTP(locale: locale)
                try await bench.insertOrder()
                _ = try await bench.send(bench.command())
                var english = bench.command(version: "2")
                english.locale = "en"
                _ = try await bench.send(english)
                let texts = bench.server.received.map { String(decoding: $0.message, as: UTF8.self) }
                let isFrench = texts.map { $0.contains("Bonjour") }
                #expect(isFrench == [locale == "fr-CA", false])
            }
        }

        @Test("a mail is in the language of whoever ordered, unless the command names another")
        func customersLanguage() async throws {
            try await MailBench.run { bench in
                try await bench.setSMTP(locale: "en")
                try await bench.insertOrder(locale: "fr-CA")
                _ = try await bench.send(bench.command())
                var english = bench.command(version: "2")
                english.locale = "en"
                _ = try await bench.send(english)
                var unknown = bench.command(version: "3")
                unknown.locale = "de\r\nBcc: x"
                _ = try await bench.send(unknown)
                let texts = bench.server.received.map { String(decoding: $0.message, as: UTF8.self) }
                #expect(texts.map { $0.contains("Bonjour") } == [true, false, true])
            }
        }

        @Test("a workspace may write in a language that the platform has no words in, with subject and text of its own")
        func ownLanguage() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder(locale: "de-AT")
                let words = SetEmailTemplate(
                    template: .returnLabel, locale: "DE", enabled: true, subject: "Retoure", text: nil, html: nil)
                await #expect(throws: Refusal.self) {
                    try await bench.bench.handle { _ = try await SetEmailTemplateHandler().handle(words, in: $0) }
                }
                var whole = words
                whole.text = "Guten Tag"
                let command = whole
                try await bench.bench.handle { _ = try await SetEmailTemplateHandler().handle(command, in: $0) }
                _ = try await bench.send(bench.command())
                let text = String(decoding: try #require(bench.server.received.first).message, as: UTF8.self)
                #expect(text.contains("Subject: Retoure\r\n") && text.contains("Guten Tag"))
            }
        }

        @Test("one fact is one mail, however often and under whatever id it is asked for")
        func onceAFact() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                let first = try await bench.send(bench.command(), id: "a").decoded(SendEmail.Reply.self)
                for id in ["a", "b", "c"] {
                    #expect(try await bench.send(bench.command(), id: id).decoded(SendEmail.Reply.self) == first)
                }
                #expect(first.outcome == .sent && bench.server.received.count == 1)
                let other = try await bench.send(bench.command(version: "2")).decoded(SendEmail.Reply.self)
                #expect(other.emailID != first.emailID && bench.server.received.count == 2)
            }
        }

        @Test("two who tell of one fact at once send one mail")
        func together() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 { group.addTask { _ = try await bench.send(bench.command()) } }
                    try await group.waitForAll()
                }
                #expect(bench.server.received.count == 1)
            }
        }

        @Test("the mail names its fact in its Message-ID, greets the customer and carries the label")
        func content() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                _ = try await bench.send(bench.command(documents: [DocumentID()]))
                let mail = try #require(bench.server.received.first)
                let text = String(decoding: mail.message, as: UTF8.self)
                #expect(mail.recipient == "ana@example.com" && mail.sender == "returns@mienne.com")
                #expect(text.contains("To: \"Ana Ruiz\" <ana@example.com>\r\n"))
                #expect(text.contains("Subject: Your return label for order #1001\r\n"))
                let key = MessageKey.of("return.label_sent", "ret_1", "1")
                #expect(text.contains("Message-ID: <\(key)@mienne.com>\r\n"))
                #expect(text.contains("Hello Ana Ruiz,") && text.contains("The label is attached."))
                #expect(text.contains(Data(bench.bench.pdf).base64EncodedString()))
                #expect(MessageKey.of("return-label", "ret_01HV7Z", "v1") == "e0a7b6cf912dde0c3aa72cd74e38ccbd")
            }
        }

        @Test("a lost final answer is unknown and not sent twice, until somebody says so: then the same mail again")
        func lostAnswer() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.fail(Self.lost))
                let delivered = try await bench.send(bench.command())
                let reply = try delivered.decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .unknown)
                #expect(delivered.sent.map(\.attributes.type) == ["SendSlackAlert"])
                #expect(try await bench.send(bench.command()).decoded(SendEmail.Reply.self) == reply)
                #expect(bench.server.received.count == 1)
                #expect(try await bench.status(of: reply.emailID) == "unknown")

                bench.bench.clock.advance(by: .hours(3))
                let again = try await bench.resend(reply.emailID, id: "r").decoded(SendEmail.Reply.self)
                #expect(again.outcome == .sent && bench.server.received.count == 2)
                #expect(bench.server.received[0].message == bench.server.received[1].message)
                #expect(try await bench.resend(reply.emailID, id: "r").decoded(SendEmail.Reply.self) == again)
                guard case .refused(let refusal)? = try await bench.resend(reply.emailID).reply else {
                    Issue.record("a sent mail was sent again")
                    return
                }
                #expect(refusal.code == "not_allowed" && bench.server.received.count == 2)
            }
        }

        @Test("of twenty facts whose mails' last answers are lost, each is one mail, however often it is asked for")
        func twentyLost() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                for number in 1...20 {
                    bench.server.next(.fail(Self.lost))
                    for _ in 0..<3 {
                        let delivered = try await bench.send(bench.command(version: "\(number)"))
                        #expect(try delivered.decoded(SendEmail.Reply.self).outcome == .unknown)
                    }
                }
                #expect(bench.server.received.count == 20)
            }
        }

        @Test("a mail whose answer is lost again when it is resent is told of again")
        func lostAgain() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.fail(Self.lost), .fail(Self.lost))
                let reply = try await bench.send(bench.command()).decoded(SendEmail.Reply.self)
                let again = try await bench.resend(reply.emailID, id: "r")
                #expect(try again.decoded(SendEmail.Reply.self).outcome == .unknown)
                #expect(again.sent.map(\.attributes.type) == ["SendSlackAlert"])
            }
        }

        @Test("what certainly was not sent is tried again, with the same bytes")
        func triedAgain() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.fail(Self.unreachable), .answer(451, "451 4.7.1 Greylisted"))
                let deferred2 = try await bench.send(bench.command(), id: "a")
                #expect(deferred2.reply == nil)
                bench.bench.clock.advance(by: .minutes(2))
                let deferred3 = try await bench.send(bench.command(), id: "a")
                #expect(deferred3.reply == nil)
                bench.bench.clock.advance(by: .minutes(6))
                let reply = try await bench.send(bench.command(), id: "a").decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .sent)
                #expect(Set(bench.server.received.map(\.message)).count == 1 && bench.server.received.count == 3)
            }
        }

        @Test("a server has half a minute until it has let us in")
        func patience() { #expect(HTTPLimits.mail.connectTimeout == .seconds(30)) }

        @Test("tries are minutes apart at first and end after a day")
        func schedule() {
            let delays = (1..<MailSchedule.triesMax).compactMap { MailSchedule.delay(after: $0) }
            #expect(delays.prefix(4) == [.minutes(1), .minutes(5), .minutes(15), .hours(1)])
            #expect((20...26).contains(delays.reduce(.zero, +).timeInterval / 3600))
            #expect(MailSchedule.delay(after: MailSchedule.triesMax) == nil)
        }

        @Test(
            "a mail that nobody can take has failed, with the reason, and nothing waits for it",
            arguments: [
                ("550 5.1.1 No such user", "bad_recipient"), ("552 5.3.4 too big", "too_big"),
                ("554 5.7.1 spam", "policy"),
            ])
        func refused(answer: String, code: String) async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.answer(Int(answer.prefix(3)) ?? 0, answer))
                let delivered = try await bench.send(bench.command())
                let reply = try delivered.decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .failed)
                #expect(try await bench.status(of: reply.emailID) == "failed")
                #expect(delivered.sent.count == 1)
                let alert = try #require(delivered.sent.first).data(SendSlackAlert.self).alert
                #expect(alert.key == "email_failed/\(code)" && !alert.text.contains("ana@example.com"))
            }
        }

        @Test(
            "an order without a usable address gets no mail; a name that would begin a header is left out",
            arguments: [
                (nil, "Ana", EmailOutcome.failed), ("nobody", "Ana", .failed),
                ("a@b.example\r\nRCPT TO:<x@y.example>", "Ana", .failed),
                ("ana@example.com", "Ana\r\nBcc: all@example.com", .sent),
            ] as [(String?, String, EmailOutcome)])
        func addresses(email: String?, name: String, outcome: EmailOutcome) async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder(email: email, name: name)
                #expect(try await bench.send(bench.command()).decoded(SendEmail.Reply.self).outcome == outcome)
                let mails = bench.server.received.map { String(decoding: $0.message, as: UTF8.self) }
                #expect(mails.count == (outcome == .sent ? 1 : 0))
                #expect(mails.allSatisfy { !$0.contains("\nBcc:") })
            }
        }

        @Test("a workspace's own words count, and its no")
        func templates() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                let own = SetEmailTemplate(
                    template: .returnLabel, locale: "en", enabled: true, subject: "For {{order_number}}", text: nil,
                    html: nil)
                try await bench.bench.handle { _ = try await SetEmailTemplateHandler().handle(own, in: $0) }
                _ = try await bench.send(bench.command())
                let text = String(decoding: try #require(bench.server.received.first).message, as: UTF8.self)
                #expect(text.contains("Subject: For #1001\r\n"))

                var off = own
                off.enabled = false
                let command = off
                try await bench.bench.handle { _ = try await SetEmailTemplateHandler().handle(command, in: $0) }
                let reply = try await bench.send(bench.command(version: "2")).decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .off && bench.server.received.count == 1)

                var wrong = own
                wrong.text = "{{{customer_name}}}"
                let refused = wrong
                await #expect(throws: Refusal.self) {
                    try await bench.bench.handle { _ = try await SetEmailTemplateHandler().handle(refused, in: $0) }
                }
            }
        }
    }

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

        @Test("one that was failing or off and works again is told by mail and by an alert, once for each time")
        func recovered() async throws {
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
