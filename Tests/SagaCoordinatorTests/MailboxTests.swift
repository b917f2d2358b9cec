import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Sagas
import Testing

@testable import SagaCoordinator

@Suite("Mail that piles up", .tags(.postgres), .enabled(if: CoordinatorBench.isThere))
struct MailboxTests {
    @Test("is read a page at a time, and of each type in the order in which it came")
    func pages() async throws {
        try await CoordinatorBench.run { bench in
            try await bench.knock(1...450)
            try await bench.process([try bench.mail("door", "k", Rang(who: "k"))])
            let key = try await bench.process([bench.start("door", "k")]).first(Fetch.name)
            let door = try await bench.process([try bench.reply(to: key)]).first(Fetch.name)
            #expect(try await bench.takenMail() == [1, 300])
            try await bench.process([try bench.reply(to: door)])
            #expect(try await bench.saga("door", "k").output == "\"300 1\"")
        }
    }

    @Test("what is read on and does not match changes nothing of the saga; what then comes is found all the same")
    func unmatched() async throws {
        try await CoordinatorBench.run { bench in
            try await bench.knock(1...250)
            let key = try await bench.process([bench.start("door", "k")]).first(Fetch.name)
            try await bench.process([try bench.reply(to: key), try bench.mail("door", "k", Rang(who: "k"))])
            let waiting = try await bench.saga("door", "k")
            try await bench.process([.deadlines(waiting.id)], replica: 1)
            #expect(try await bench.saga("door", "k").version == waiting.version)
            let signal = OperateSaga.Signal(name: Knocked.type, data: #"{"who":"k","times":301}"#)
            try await bench.process(
                [.verb(OperateSaga(sagaID: waiting.id, verb: .signal, reason: "test", signal: signal))], replica: 1)
            #expect(try await bench.takenMail() == [1, 301])
        }
    }

    @Test("is all there for a restart, which reads again what the run before has taken, in the same order")
    func restart() async throws {
        try await CoordinatorBench.run { bench in
            try await bench.knock(1...450)
            try await bench.process([try bench.mail("door", "k", Rang(who: "k"))])
            let key = try await bench.process([bench.start("door", "k")]).first(Fetch.name)
            let door = try await bench.process([try bench.reply(to: key)]).first(Fetch.name)
            try await bench.process([try bench.refuse(door)])
            let failed = try await bench.saga("door", "k")
            #expect(failed.status == "failed")
            let again = try await bench.process(
                [.verb(OperateSaga(sagaID: failed.id, verb: .restart, reason: "test"))]
            ).first(Fetch.name)
            let second = try await bench.process([try bench.reply(to: again)]).first(Fetch.name)
            try await bench.process([try bench.reply(to: second)])
            let saga = try await bench.saga("door", "k")
            #expect(saga.run == 2 && saga.output == "\"300 1\"")
        }
    }

    @Test("is told of at every thousand, and of a saga at its end not at all")
    func alert() async throws {
        try await CoordinatorBench.run { bench in
            let key = try await bench.process([bench.start("door", "k")]).first(Fetch.name)
            #expect(try await bench.knock(1...999).named(SendSlackAlert.name).isEmpty)
            let alerts = try await bench.knock(1000...1001).named(SendSlackAlert.name)
            let alert = try #require(alerts.first).data(SendSlackAlert.self).alert
            #expect(alerts.count == 1 && alert.key == "saga_mailbox/door" && alert.fields["unread_events"] == "1001")
            #expect(try await bench.knock(1002...1500).named(SendSlackAlert.name).isEmpty)
            try await bench.process([try bench.refuse(key)])
            let ended = try await bench.saga("door", "k")
            #expect(ended.status == "failed")
            #expect(try await bench.knock(1501...2100).named(SendSlackAlert.name).isEmpty)
            #expect(try await bench.saga("door", "k").version == ended.version)
        }
    }

    @Test("the alert's line to type takes a key for one word, whatever is in it")
    func quoted() async throws {
        try await CoordinatorBench.run { bench in
            let key = "k'; reboot"
            try await bench.process([bench.start("door", key)])
            let alert = try #require(try await bench.knock(1...1000, at: key).named(SendSlackAlert.name).first)
            let line = #"stateset sagas mail --saga door --key 'k'\''; reboot'"#
            #expect(try alert.data(SendSlackAlert.self).alert.next?.first == line)
        }
    }

    @Test("goes thirty days after the end of its saga, taken or not; that of a saga under way stays")
    func retention() async throws {
        try await CoordinatorBench.run { bench in
            bench.clock.advance(by: .days(-40))
            for key in ["ended", "ended-late", "waiting"] {
                let fetch = try await bench.process([bench.start("errand", key)]).first(Fetch.name)
                try await bench.process([try bench.mail("errand", key, Rang(who: key))])
                if key == "ended-late" { bench.clock.advance(by: .days(20)) }
                if key != "waiting" { try await bench.process([try bench.reply(to: fetch)]) }
                if key == "ended-late" { bench.clock.advance(by: .days(-20)) }
            }
            try await bench.process([try bench.mail("errand", "ended", Rang(who: "ended"))])
            #expect(try await bench.saga("errand", "ended").status == "completed")
            bench.clock.advance(by: .days(29))
            #expect(try await bench.deleteMail() == 0)
            bench.clock.advance(by: .days(2))
            #expect(try await bench.deleteMail() == 2)
            #expect(try await bench.mailCounts() == ["ended-late": 1, "waiting": 1])
        }
    }
}

extension CoordinatorBench {
    @discardableResult
    fileprivate func knock(_ times: ClosedRange<Int>, at key: String = "k") async throws -> [Envelope] {
        try await process(try times.map { try mail("door", key, Knocked(who: "k", times: $0)) })
    }

    /// Which knocks were taken.
    fileprivate func takenMail() async throws -> [Int] {
        try await pool.query(
            """
            SELECT (data ->> 'times')::bigint AS times FROM saga_coordinator.mailbox
            WHERE workspace_id = \(workspaceID.uuid) AND type = 'door.knocked' AND consumed_run IS NOT NULL ORDER BY 1
            """
        ).map { try $0("times") }
    }

    fileprivate func deleteMail() async throws -> Int {
        let before = try await mailCounts().values.reduce(0, +)
        try await handle { [clock] in
            _ = try await MailRetention.deleteEnded(clock.now, limit: 1000, in: $0.database)
        }
        let after = try await mailCounts().values.reduce(0, +)
        return before - after
    }

    fileprivate func mailCounts() async throws -> [String: Int] {
        try await pool.query(
            """
            SELECT saga_key, count(*) AS count FROM saga_coordinator.mailbox
            WHERE workspace_id = \(workspaceID.uuid) GROUP BY saga_key
            """
        ).reduce(into: [:]) { counts, row in counts[try row("saga_key", as: String.self)] = try row("count") }
    }
}
