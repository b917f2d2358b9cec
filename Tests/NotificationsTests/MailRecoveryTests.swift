import Commerce
import Contracts
import Foundation
import HTTPTransport
import Postgres
import ServiceKit
import Testing

@testable import Messaging
@testable import Notifications

extension DeliveryTests {
    @Suite("Mails that something came between")
    struct MailRecoveryTests {
        private static let unreachable = HTTPTransportError(code: .connect, message: "refused", wasSent: false)

        @Test("what broke before the server was called is sent once the dead one's lease is over")
        func beforeCall() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.deaths.bring()
                await #expect(throws: TestDeaths.Death.self) { try await bench.send(bench.command(), id: "a") }
                // While that lease runs, nobody knows that it is dead.
                let deferred = try await bench.send(bench.command(), id: "a")
                #expect(deferred.reply == nil)
                try await bench.bench.expireLeases()
                let reply = try await bench.send(bench.command(), id: "a").decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .sent && bench.server.received.count == 1)
            }
        }

        @Test("what a process was sending when it died is unknown")
        func inCall() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.deaths.bring()
                await #expect(throws: TestDeaths.Death.self) { try await bench.send(bench.command(), id: "a") }
                let id = try await bench.soleEmail()
                let begun = try await bench.calls.begin(id, generation: 1, after: 0, in: bench.bench.workspaceID)
                #expect(begun == 1)
                try await bench.bench.expireLeases()
                let reply = try await bench.send(bench.command(), id: "a").decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .unknown && bench.server.received.isEmpty)
            }
        }

        @Test("a call that the server certainly did not take leaves nothing unknown when the next one breaks")
        func afterCall() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.answer(451, "451 4.7.1 Greylisted"))
                let deferred = try await bench.send(bench.command(), id: "a")
                #expect(deferred.reply == nil)
                bench.deaths.bring()
                await #expect(throws: TestDeaths.Death.self) { try await bench.send(bench.command(), id: "a") }
                try await bench.bench.expireLeases()
                let reply = try await bench.send(bench.command(), id: "a").decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .sent && bench.server.received.count == 2)
            }
        }

        @Test("of two processes that take one call for theirs only the first makes it")
        func fence() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.deaths.bring()
                await #expect(throws: TestDeaths.Death.self) { try await bench.send(bench.command(), id: "a") }
                let id = try await bench.soleEmail()
                let numbers = try await withThrowingTaskGroup(of: Int?.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            try await bench.calls.begin(id, generation: 1, after: 0, in: bench.bench.workspaceID)
                        }
                    }
                    return try await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
                }
                #expect(numbers == [1])
                #expect(
                    try await bench.calls.begin(id, generation: 2, after: 1, in: bench.bench.workspaceID) == nil)
            }
        }

        @Test("a workspace that wants fewer tries has its mail failed by the last of them")
        func fewTries() async throws {
            try await MailBench.run { whole in
                var limited = whole
                limited.attemptsMax = 2
                let bench = limited
                try await bench.insertOrder()
                bench.server.next(.fail(Self.unreachable), .fail(Self.unreachable))
                let deferred = try await bench.send(bench.command(), id: "a")
                #expect(deferred.reply == nil)
                let last = try await bench.send(bench.command(), id: "a")
                let reply = try last.decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .failed && last.sent.count == 1)
                #expect(try await bench.status(of: reply.emailID) == "failed")
                let again = try await bench.resend(reply.emailID).decoded(SendEmail.Reply.self)
                #expect(again.outcome == .sent)
            }
        }

        @Test("tries are at most the platform's own")
        func triesMax() {
            #expect([nil, 1, 3, 10, 50].map(MailSchedule.triesMax) == [10, 1, 3, 10, 10])
            #expect(MailSchedule.delay(after: 1, of: 1) == nil && MailSchedule.delay(after: 1, of: 2) == .minutes(1))
        }

        @Test("a mail that could not be worded is told of, and worded when it is sent again")
        func unworded() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder(email: nil)
                let delivered = try await bench.send(bench.command())
                let reply = try delivered.decoded(SendEmail.Reply.self)
                #expect(reply.outcome == .failed)
                let alert = try #require(delivered.sent.first).data(SendSlackAlert.self).alert
                #expect(alert.key == "email_failed/no_recipient" && alert.fields["subject"] == "ret_1")
                #expect(alert.next?.last == "stateset emails resend \(reply.emailID) --reason '…'")

                let again = try await bench.resend(reply.emailID)
                #expect(try again.decoded(SendEmail.Reply.self) == reply && again.sent.count == 1)
                #expect(try await bench.error(of: reply.emailID)?.code == "no_recipient")

                try await bench.setAddress("ana@example.com")
                let sent = try await bench.resend(reply.emailID, id: "r").decoded(SendEmail.Reply.self)
                #expect(sent == SendEmail.Reply(emailID: reply.emailID, outcome: .sent))
                let mail = try #require(bench.server.received.first)
                #expect(mail.recipient == "ana@example.com")
                let key = MessageKey.of("return.label_sent", "ret_1", "1")
                #expect(String(decoding: mail.message, as: UTF8.self).contains("Message-ID: <\(key)@mienne.com>\r\n"))
            }
        }

        @Test("all mails that failed in a time are sent again with one verb, and no others")
        func failedOnes() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.answer(554, "554 5.7.1 No"), .answer(250, "250 OK"))
                let early = try await bench.send(bench.command()).decoded(SendEmail.Reply.self)
                _ = try await bench.send(bench.command(version: "2"))
                bench.bench.clock.advance(by: .hours(1))
                let since = bench.bench.clock.now
                bench.server.next(.answer(554, "554 5.7.1 No"), .answer(554, "554 5.7.1 No"))
                let late = try await bench.send(bench.command(version: "3")).decoded(SendEmail.Reply.self)
                _ = try await bench.send(bench.command(.returnReceived)).decoded(SendEmail.Reply.self)

                let command = ResendEmails(since: since, until: nil, template: .returnLabel, reason: "new password")
                let (reply, sent) = try await bench.bench.handle {
                    try await ResendEmailsHandler().handle(command, in: $0)
                }
                #expect(reply == ResendEmails.Reply(resent: 1, more: false))
                #expect(try sent.map { try $0.data(ResendEmail.self).emailID } == [late.emailID])
                let again = try await bench.resend(late.emailID).decoded(SendEmail.Reply.self)
                #expect(again.outcome == .sent && early.outcome == .failed)

                let all = ResendEmails(since: .distantPast, until: since, template: nil, reason: "new password")
                let others = try await bench.bench.handle { try await ResendEmailsHandler().handle(all, in: $0) }.sent
                #expect(try others.map { try $0.data(ResendEmail.self).emailID } == [early.emailID])
            }
        }

        @Test("an address that is none is the recipient's, who may be no customer")
        func operatorsAddress() async throws {
            try await MailBench.run { bench in
                let command = SendEmail(
                    template: .webhookDisabled, orderID: nil, recipient: .init(email: "nobody", name: nil),
                    subject: "whe_1", values: MailValues([:]))
                let reply = try await bench.send(command).decoded(SendEmail.Reply.self)
                let error = try await bench.error(of: reply.emailID)
                #expect(error?.code == "bad_recipient")
                #expect(error?.message == "The recipient's e-mail address is malformed.")
            }
        }

        @Test("what was asked for is forgotten after 90 days, and a resend says so")
        func forgotten() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder(email: nil)
                let reply = try await bench.send(bench.command()).decoded(SendEmail.Reply.self)
                bench.bench.clock.advance(by: .days(91))
                try await bench.bench.keepHouse()
                guard case .refused(let refusal)? = try await bench.resend(reply.emailID).reply else {
                    Issue.record("a mail without words was sent")
                    return
                }
                #expect(refusal.code == "not_allowed" && refusal.message.contains("90 days"))
            }
        }

        @Test("after 90 days no row of a mail holds its words or the customer's address; that it was told stays known")
        func words() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(
                    .answer(550, "550 5.1.1 No such user ana@example.com"),
                    .answer(250, "250 2.0.0 OK for ana@example.com"))
                let failed = try await bench.send(bench.command()).decoded(SendEmail.Reply.self)
                let sent = try await bench.send(bench.command(version: "2")).decoded(SendEmail.Reply.self)
                #expect(failed.outcome == .failed && sent.outcome == .sent)
                let before = try await bench.rows()
                #expect(before.count == 4 && before.allSatisfy { $0.contains("ana@example.com") }, "\(before)")

                bench.bench.clock.advance(by: .days(91))
                try await bench.ageEffects()
                try await bench.bench.keepHouse()
                let after = try await bench.rows()
                #expect(after.count == 4, "\(after)")
                #expect(after.allSatisfy { !$0.contains("ana@example.com") && !$0.contains("#1001") }, "\(after)")
                #expect(try await bench.error(of: failed.emailID)?.code == "bad_recipient")
                #expect(try await bench.send(bench.command()).decoded(SendEmail.Reply.self) == failed)
                #expect(try await bench.send(bench.command(version: "2")).decoded(SendEmail.Reply.self) == sent)
                #expect(bench.server.received.count == 2)
            }
        }

        @Test("the words of a sending that was put off, and overtaken by that of a held mail, go as well")
        func overtaken() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                let command = bench.command(version: "1")
                for _ in 0..<MailSlots.callsOfOneMax { #expect(bench.slots.enter(bench.bench.workspaceID) == nil) }
                #expect(try await bench.send(command, id: "put-off").reply == nil)
                for _ in 0..<MailSlots.callsOfOneMax { bench.slots.leave(bench.bench.workspaceID, after: .zero) }
                bench.server.next(.answer(535, "535 5.7.8 Wrong"))
                _ = try await bench.send(bench.command(version: "2"))
                #expect(try await bench.send(command, id: "put-off").decoded(SendEmail.Reply.self).outcome == .queued)
                bench.bench.clock.advance(by: .minutes(1))
                let trial = try #require(try await bench.turn().first)
                #expect(try await bench.send(trial).decoded(SendEmail.Reply.self).outcome == .sent)
                for held in try await bench.turn() { _ = try await bench.send(held) }
                #expect(bench.server.received.count == 3)

                bench.bench.clock.advance(by: .days(91))
                try await bench.ageEffects()
                try await bench.bench.keepHouse()
                let rows = try await bench.rows()
                #expect(rows.count == 6 && rows.allSatisfy { !$0.contains("ana@example.com") }, "\(rows)")
            }
        }

        @Test("a mail that still waits, and one that is younger, keep their words")
        func kept() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.answer(451, "451 4.7.1 Greylisted"))
                let deferred = try await bench.send(bench.command())
                #expect(deferred.reply == nil)
                bench.bench.clock.advance(by: .days(91))
                try await bench.ageEffects()
                _ = try await bench.send(bench.command(version: "2"))
                try await bench.bench.keepHouse()
                let rows = try await bench.rows()
                #expect(rows.count == 4 && rows.allSatisfy { $0.contains("ana@example.com") }, "\(rows)")
            }
        }
    }
}

extension MailBench {
    /// All that is stored of the workspace's mails and their sendings.
    fileprivate func rows() async throws -> [String] {
        try await bench.handle { transaction in
            let workspace = transaction.workspaceID.uuid
            return try await transaction.database.query(
                """
                SELECT to_jsonb(e)::text AS stored FROM emails e WHERE workspace_id = \(workspace)
                UNION ALL SELECT to_jsonb(f)::text FROM effects f WHERE workspace_id = \(workspace)
                """
            ).map { try $0("stored") }
        }.result
    }

    /// As if what was sent until now had been long ago: the database's clock is not the test's.
    fileprivate func ageEffects() async throws {
        try await bench.handle { transaction in
            _ = try await transaction.database.execute(
                """
                UPDATE effects SET updated_at = updated_at - interval '91 days'
                WHERE workspace_id = \(transaction.workspaceID.uuid)
                """)
        }
    }

    fileprivate func setAddress(_ email: String) async throws {
        try await bench.asOwner(
            """
            UPDATE order_ingest.orders SET email = \(email),
                document = jsonb_set(document, '{customer,email}', to_jsonb(\(email)))
            WHERE id = \(orderID.uuid)
            """)
    }
}
