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
    @Suite("Mails that are held until their server lets somebody in")
    struct MailHoldTests {
        private static let wrongLogin = TestMailServer.Behaviour.answer(535, "535 5.7.8 No")
        private static let notFound = TestMailServer.Behaviour.fail(
            HTTPTransportError(code: .resolve, message: "no such name", wasSent: false))
        private static let wrongHost = TestMailServer.Behaviour.fail(
            HTTPTransportError(code: .invalidURL, message: "the mail server's name is malformed", wasSent: false))
        private static let wrongAddress = TestMailServer.Behaviour.fail(
            HTTPTransportError(code: .invalidRequest, message: "an address is malformed", wasSent: false))

        @Test(
            "what is wrong with the settings holds the mails, tells people once, and asks the server once",
            arguments: [
                (.answer(535, "535 5.7.8 No ops@example.com"), "unauthorized"),
                (.answer(530, "530 5.7.0 Authentication required"), "unauthorized"),
                (.answer(534, "534 5.7.9 Too weak"), "unauthorized"),
                (notFound, "resolve"), (wrongHost, "invalid_url"),
                (.fail(HTTPTransportError(code: .tls, message: "another name", wasSent: false)), "tls"),
                (.fail(HTTPTransportError(code: .noService, message: "554 No SMTP", wasSent: false)), "no_service"),
            ] as [(TestMailServer.Behaviour, String)])
        func held(behaviour: TestMailServer.Behaviour, code: String) async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(behaviour)
                let first = try await bench.send(bench.command(), id: "a")
                let alert = try #require(first.sent.first).data(SendSlackAlert.self).alert
                #expect(first.sent.count == 1 && alert.key == "emails_held/\(code)")
                #expect(!alert.text.contains("ops@example.com"))
                let second = try await bench.send(bench.command(version: "2"))
                #expect(second.sent.isEmpty && bench.server.received.count == 1)
                for delivered in [first, try await bench.send(bench.command(), id: "b"), second] {
                    let reply = try delivered.decoded(SendEmail.Reply.self)
                    #expect(reply.outcome == .queued)
                    #expect(try await bench.status(of: reply.emailID) == "queued")
                    #expect(try await bench.error(of: reply.emailID)?.code == code)
                }
                #expect(bench.server.received.count == 1)
            }
        }

        @Test("settings that cannot be read hold the mails too; that there are none fails them")
        func unreadable() async throws {
            let cases = [("provider_settings_malformed", EmailOutcome.queued), ("provider_not_configured", .failed)]
            for (code, outcome) in cases {
                try await MailBench.run { whole in
                    var unset = whole
                    unset.smtpTrouble = .refused(code: code, message: "host is missing")
                    let bench = unset
                    try await bench.insertOrder()
                    #expect(try await bench.send(bench.command()).decoded(SendEmail.Reply.self).outcome == outcome)
                }
            }
        }

        @Test("one mail at a time tries again, with growing pauses; once one is taken all go, each once")
        func trials() async throws {
            try await MailBench.run { bench in
                try await bench.hold(3)
                #expect(try await bench.turn().isEmpty)
                bench.bench.clock.advance(by: .minutes(1))
                let first = try await bench.turn()
                #expect(first.count == 1)
                #expect(try await bench.turn().isEmpty)
                bench.server.next(Self.wrongLogin)
                let refused = try await bench.send(first[0])
                #expect(try refused.decoded(SendEmail.Reply.self).outcome == .queued && refused.sent.isEmpty)
                bench.bench.clock.advance(by: .minutes(4))
                #expect(try await bench.turn().isEmpty)
                bench.bench.clock.advance(by: .minutes(1))
                let second = try await bench.turn()
                #expect(second.count == 1 && bench.server.received.count == 2)
                #expect(try await bench.send(second[0]).decoded(SendEmail.Reply.self).outcome == .sent)
                try await bench.letGo(2)
                #expect(bench.server.received.count == 5 && Set(bench.server.received.map(\.message)).count == 3)
                #expect(try await bench.send(second[0]).decoded(SendEmail.Reply.self).outcome == .sent)
                let next = try await bench.send(bench.command(version: "next")).decoded(SendEmail.Reply.self)
                #expect(next.outcome == .sent && bench.server.received.count == 6)
            }
        }

        @Test("changed settings are tried within seconds, also with a mail that is refused for itself")
        func changedSettings() async throws {
            try await MailBench.run { bench in
                try await bench.setSMTP()
                try await bench.hold(2)
                bench.bench.clock.advance(by: .minutes(1))
                bench.server.next(Self.wrongLogin)
                _ = try await bench.send(try #require(try await bench.turn().first))
                try await bench.setSMTP()
                #expect(try await bench.turn().isEmpty)
                bench.bench.clock.advance(by: .seconds(3))
                let trial = try #require(try await bench.turn().first)
                bench.server.next(.answer(550, "550 5.1.1 No such user"))
                #expect(try await bench.send(trial).decoded(SendEmail.Reply.self).outcome == .failed)
                try await bench.letGo(1)
            }
        }

        @Test("a held mail that somebody has sent again goes at once, lets the others go, and is not sent by its turn")
        func byHand() async throws {
            try await MailBench.run { bench in
                let ids = try await bench.hold(2)
                bench.bench.clock.advance(by: .minutes(1))
                let trial = try #require(try await bench.turn().first)
                guard case .refused? = try await bench.resend(trial.emailID).reply else {
                    Issue.record("a mail was sent again that is under way")
                    return
                }
                let other = try #require(ids.first { $0 != trial.emailID })
                #expect(try await bench.resend(other).decoded(SendEmail.Reply.self).outcome == .sent)
                let late = SendHeldEmail(emailID: other, generation: 1)
                #expect(try await bench.send(late).decoded(SendEmail.Reply.self).outcome == .sent)
                #expect(bench.server.received.count == 2)
                #expect(try await bench.send(trial).decoded(SendEmail.Reply.self).outcome == .sent)
                try await bench.letGo(0)
                #expect(bench.server.received.count == 3)
            }
        }

        @Test("a trial that came to no server lets nothing go: neither of a wrong host nor of a wrong address")
        func notAsked() async throws {
            try await MailBench.run { bench in
                try await bench.hold(2)
                bench.bench.clock.advance(by: .minutes(1))
                bench.server.next(Self.wrongAddress, Self.wrongHost)
                let first = try #require(try await bench.turn().first)
                #expect(try await bench.send(first).decoded(SendEmail.Reply.self).outcome == .failed)
                let second = try #require(try await bench.turn().first)
                #expect(try await bench.send(second).decoded(SendEmail.Reply.self).outcome == .queued)
                #expect(try await bench.turn().isEmpty)
                #expect(try await bench.error(of: second.emailID)?.code == "invalid_url")
            }
        }

        @Test("a mail that is let go and the fact that is told again meanwhile are one sending")
        func toldAgain() async throws {
            try await MailBench.run { bench in
                let ids = try await bench.hold(2)
                bench.bench.clock.advance(by: .minutes(1))
                let trial = try #require(try await bench.turn().first)
                let version = try #require(ids.firstIndex(of: trial.emailID)) + 1
                bench.deaths.bring()
                await #expect(throws: TestDeaths.Death.self) {
                    try await bench.send(bench.command(version: "\(version)"), id: "again")
                }
                let call = try await bench.calls.begin(
                    trial.emailID, generation: trial.generation, after: 0, in: bench.bench.workspaceID)
                let busy = try await bench.send(trial)
                #expect(call == 1 && busy.reply == nil && bench.server.received.count == 1)
            }
        }

        @Test("a server that is not found is tried every five minutes, whatever pause was due before")
        func notFoundForLong() async throws {
            try await MailBench.run { bench in
                try await bench.hold(1)
                let pauses = [1, 5, 5, 5, 5]
                for (pause, answer) in zip(pauses, [Self.wrongLogin] + Array(repeating: Self.notFound, count: 4)) {
                    bench.bench.clock.advance(by: .minutes(pause))
                    bench.server.next(answer)
                    let trial = try #require(try await bench.turn().first)
                    #expect(try await bench.send(trial).decoded(SendEmail.Reply.self).outcome == .queued)
                }
                #expect(MailSchedule.pause(afterTrials: 9, atMost: MailSchedule.pauseMax(for: "tls")) == .minutes(5))
                #expect(
                    MailSchedule.pause(afterTrials: 9, atMost: MailSchedule.pauseMax(for: "unauthorized")) == .hours(4))
            }
        }

        @Test("when a lift proves wrong, the server is asked once, not by each mail that was let go")
        func wrongLift() async throws {
            try await MailBench.run { bench in
                try await bench.hold(3)
                bench.bench.clock.advance(by: .minutes(1))
                _ = try await bench.send(try #require(try await bench.turn().first))
                let released = try await bench.turn()
                #expect(released.count == 2)
                bench.server.next(Self.wrongLogin)
                for held in released {
                    #expect(try await bench.send(held).decoded(SendEmail.Reply.self).outcome == .queued)
                }
                #expect(bench.server.received.count == 3)
                bench.bench.clock.advance(by: .minutes(1))
                let trial = try #require(try await bench.turn().first)
                #expect(try await bench.send(trial).decoded(SendEmail.Reply.self).outcome == .sent)
                try await bench.letGo(1)
            }
        }

        @Test("mails that failed and are resent join those that are held, and knock at no door")
        func resentMeanwhile() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.answer(550, "550 5.1.1 No such user"), Self.wrongLogin)
                let failed = try await bench.send(bench.command(version: "1")).decoded(SendEmail.Reply.self)
                #expect(failed.outcome == .failed)
                let held = try await bench.send(bench.command(version: "2")).decoded(SendEmail.Reply.self)
                #expect(held.outcome == .queued)
                #expect(try await bench.resend(failed.emailID).decoded(SendEmail.Reply.self).outcome == .queued)
                #expect(bench.server.received.count == 2)
                bench.bench.clock.advance(by: .minutes(1))
                let trial = try #require(try await bench.turn().first)
                #expect(try await bench.send(trial).decoded(SendEmail.Reply.self).outcome == .sent)
                try await bench.letGo(1)
            }
        }

        @Test("mails that were put off before their first call join those that are held, and knock at no door")
        func putOffMeanwhile() async throws {
            try await MailBench.run { bench in
                try await bench.insertOrder()
                bench.server.next(.answer(550, "550 5.1.1 No such user"), Self.wrongLogin)
                let failed = try await bench.send(bench.command(version: "1")).decoded(SendEmail.Reply.self)
                let command = bench.command(version: "2")
                try await bench.putOff { try await bench.send(command, id: "new") }
                try await bench.putOff { try await bench.resend(failed.emailID, id: "resent") }
                let held = try await bench.send(bench.command(version: "3")).decoded(SendEmail.Reply.self)
                #expect(held.outcome == .queued && bench.server.received.count == 2)
                let again = [
                    try await bench.send(command, id: "new"), try await bench.resend(failed.emailID, id: "resent"),
                ]
                for delivered in again {
                    let reply = try delivered.decoded(SendEmail.Reply.self)
                    #expect(reply.outcome == .queued && delivered.sent.isEmpty)
                    #expect(try await bench.error(of: reply.emailID)?.code == "unauthorized")
                }
                #expect(bench.server.received.count == 2)
                bench.bench.clock.advance(by: .minutes(1))
                let trial = try #require(try await bench.turn().first)
                #expect(try await bench.send(trial).decoded(SendEmail.Reply.self).outcome == .sent)
                try await bench.letGo(2)
            }
        }

        @Test("what a wrong lift has let go and was put off is held also once a trial is under way, which goes")
        func putOffAfterLift() async throws {
            try await MailBench.run { bench in
                try await bench.hold(3)
                bench.bench.clock.advance(by: .minutes(1))
                _ = try await bench.send(try #require(try await bench.turn().first))
                let released = try await bench.turn()
                try #require(released.count == 2)
                try await bench.putOff { try await bench.send(released[0]) }
                bench.server.next(Self.wrongLogin)
                #expect(try await bench.send(released[1]).decoded(SendEmail.Reply.self).outcome == .queued)
                bench.bench.clock.advance(by: .minutes(1))
                let trial = try #require(try await bench.turn().first)
                #expect(trial.emailID == released[1].emailID)
                #expect(try await bench.send(released[0]).decoded(SendEmail.Reply.self).outcome == .queued)
                #expect(bench.server.received.count == 3)
                try await bench.putOff { try await bench.send(trial) }
                #expect(try await bench.send(trial).decoded(SendEmail.Reply.self).outcome == .sent)
                try await bench.letGo(1)
            }
        }

        @Test("a held mail that somebody has sent again goes also after it was put off")
        func byHandPutOff() async throws {
            try await MailBench.run { bench in
                let id = try #require(try await bench.hold(1).first)
                try await bench.putOff { try await bench.resend(id, id: "by-hand") }
                #expect(try await bench.resend(id, id: "by-hand").decoded(SendEmail.Reply.self).outcome == .sent)
                #expect(bench.server.received.count == 2)
            }
        }

        @Test("a call that ends late leaves the next sending's open")
        func lateEnd() async throws {
            try await MailBench.run { bench in
                let id = try #require(try await bench.hold(1).first)
                bench.bench.clock.advance(by: .minutes(1))
                let trial = try #require(try await bench.turn().first)
                let workspace = bench.bench.workspaceID
                let call = try await bench.calls.begin(id, generation: trial.generation, after: 0, in: workspace)
                try await bench.calls.end(id, generation: trial.generation - 1, call: 1, in: workspace)
                #expect(try await bench.calls.isOpen(id, in: workspace))
                try await bench.calls.end(id, generation: trial.generation, call: try #require(call), in: workspace)
                #expect(try await !bench.calls.isOpen(id, in: workspace))
            }
        }

        @Test("a server that lets nobody in again is told of again")
        func again() async throws {
            try await MailBench.run { bench in
                try await bench.hold(1)
                bench.bench.clock.advance(by: .minutes(1))
                _ = try await bench.send(try #require(try await bench.turn().first))
                bench.server.next(Self.wrongLogin)
                let delivered = try await bench.send(bench.command(version: "again"))
                #expect(try delivered.decoded(SendEmail.Reply.self).outcome == .queued && delivered.sent.count == 1)
            }
        }
    }
}

extension MailBench {
    /// So many mails, held by a wrong login that was tried once.
    @discardableResult
    fileprivate func hold(_ count: Int) async throws -> [EmailID] {
        try await insertOrder()
        server.next(.answer(535, "535 5.7.8 Wrong"))
        var ids: [EmailID] = []
        for number in 1...count {
            let reply = try await send(command(version: "\(number)")).decoded(SendEmail.Reply.self)
            #expect(reply.outcome == .queued)
            ids.append(reply.emailID)
        }
        #expect(server.received.count == 1)
        return ids
    }

    /// Delivers while the workspace's mail server has its hands full.
    fileprivate func putOff(_ deliver: () async throws -> Delivered) async throws {
        for _ in 0..<MailSlots.callsOfOneMax { #expect(slots.enter(bench.workspaceID) == nil) }
        let delivered = try await deliver()
        for _ in 0..<MailSlots.callsOfOneMax { slots.leave(bench.workspaceID, after: .zero) }
        #expect(delivered.reply == nil)
    }

    /// Sends what is let go, and nothing is held any more.
    fileprivate func letGo(_ count: Int) async throws {
        let released = try await turn()
        #expect(released.count == count)
        for held in released {
            #expect(try await send(held).decoded(SendEmail.Reply.self).outcome == .sent)
        }
        #expect(try await turn().isEmpty)
        let holds = try await bench.handle { [bench] in
            try await $0.database.query(
                "SELECT FROM mail_holds WHERE workspace_id = \(bench.workspaceID.uuid)"
            ).count
        }.result
        #expect(holds == 0)
    }
}
