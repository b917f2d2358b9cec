import Commerce
import Contracts
import Foundation
import Postgres
import Sagas
import Synchronization
import Testing

@testable import Messaging
@testable import SagaCoordinator

@Suite("What the coordinator looks after by the clock", .tags(.postgres), .enabled(if: CoordinatorBench.isThere))
struct SweepingTests {
    @Test("an answered step leaves the time of the next look where it was, and the look then moves it on")
    func looksEarlyRatherThanMoving() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            let first = try #require(try await bench.nextCheck("errand", "k"))
            try await bench.process([try bench.reply(to: fetch)])
            #expect(try await bench.nextCheck("errand", "k") == first)
            let before = try await bench.saga("errand", "k")

            bench.clock.advance(by: .hours(2))
            try await bench.process([.deadlines(before.id)])
            #expect(try await bench.nextCheck("errand", "k") == nil)
            let after = try await bench.saga("errand", "k")
            #expect(after.status == "waiting" && after.version == before.version)
        }
    }

    @Test("a saga that has ended is not looked at any more")
    func ended() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("errand", "k")]).first(Fetch.name)
            try await bench.process([try bench.reply(to: fetch)])
            try await bench.process([try bench.mail("errand", "k", Rang(who: "k"))])
            #expect(try await bench.saga("errand", "k").status == "completed")
            #expect(try await bench.nextCheck("errand", "k") == nil)
        }
    }

    @Test("a pause leaves no deadline; resumed, the saga is looked at in time")
    func paused() async throws {
        try await CoordinatorBench.run { bench in
            try await bench.process([bench.start("errand", "k")])
            let id = try await bench.saga("errand", "k").id
            try await bench.process([.verb(OperateSaga(sagaID: id, verb: .pause, reason: "test"))])
            bench.clock.advance(by: .hours(5))
            try await bench.process([.deadlines(id)])
            #expect(try await bench.nextCheck("errand", "k") == nil)
            #expect(try await bench.saga("errand", "k").status == "paused")
            try await bench.process([.verb(OperateSaga(sagaID: id, verb: .resume, reason: "test"))])
            let next = try #require(try await bench.nextCheck("errand", "k"))
            #expect(next > bench.clock.now)
        }
    }

    @Test("an undo that nobody answers after the end is found, too")
    func afterTheEnd() async throws {
        try await CoordinatorBench.run { bench in
            let fetch = try await bench.process([bench.start("hasty", "k")]).first(Fetch.name)
            bench.clock.advance(by: .minutes(2))
            try await bench.process(try await bench.dueTimers())
            let ended = try await bench.saga("hasty", "k")
            #expect(try await bench.nextCheck("hasty", "k") == nil)
            #expect(ended.status == "completed")
            _ = try await bench.process([try bench.reply(to: fetch)]).first(BringBack.name)
            let next = try #require(try await bench.nextCheck("hasty", "k"))
            bench.clock.advance(by: .hours(2))
            #expect(next < bench.clock.now)
            try await bench.process([.deadlines(ended.id)])
            #expect(try await bench.saga("hasty", "k").stuckReason == "no_reply")
        }
    }

    /// Sweeping goes through all workspaces: long before the time of the other tests only this one's are overdue.
    @Test("replicas share what is overdue, batch by batch; what a build does not know takes no place in it")
    func replicasShare() async throws {
        try await CoordinatorBench.run { bench in
            bench.clock.advance(by: .days(-4000))
            for key in ["a", "b", "c"] {
                try await bench.process([bench.start("errand", key)])
                bench.clock.advance(by: .minutes(1))
            }
            try await bench.process([bench.start("outer", "o", "\"x\"")])
            bench.clock.advance(by: .hours(2))
            let first = try await bench.saga("errand", "a").id
            #expect(try await bench.sweep(limit: 1, replica: CoordinatorBench.older) == 0)
            try await bench.pool.transaction { database in
                _ = try await database.query(
                    "SELECT 1 FROM saga_coordinator.sagas WHERE id = \(first.uuid) FOR UPDATE")
                #expect(try await bench.sweep(limit: 1) == 1)
                #expect(try await bench.sweep() == 1)
                #expect(try await bench.sweep() == 0)
            }
            #expect(try await bench.saga("errand", "a").stuckReason == nil)
            #expect(try await bench.saga("errand", "b").stuckReason == "no_reply")
            #expect(try await bench.saga("errand", "c").stuckReason == "no_reply")
            #expect(try await bench.sweep() == 1)
            #expect(try await bench.saga("errand", "a").stuckReason == "no_reply")
        }
    }

    @Test("events that nobody came for go after thirty days; those of a saga stay")
    func unclaimedMail() async throws {
        try await CoordinatorBench.run { bench in
            bench.clock.advance(by: .days(-31))
            try await bench.process([bench.start("errand", "known")])
            try await bench.process([try bench.mail("errand", "known", Rang(who: "known"))])
            try await bench.process([try bench.mail("errand", "nobody", Rang(who: "nobody"))])
            bench.clock.advance(by: .days(2))
            try await bench.process([try bench.mail("errand", "late", Rang(who: "late"))])
            bench.clock.advance(by: .days(29))
            try await bench.clearMail()
            #expect(try await bench.mailKeys() == ["known", "late"])
        }
    }
}

extension CoordinatorBench {
    fileprivate func nextCheck(_ name: String, _ key: String) async throws -> Date? {
        try await pool.query(
            """
            SELECT check_at FROM saga_coordinator.sagas
            WHERE workspace_id = \(workspaceID.uuid) AND name = \(name) AND key = \(key)
            """
        ).first?("check_at")
    }

    fileprivate func clearMail() async throws {
        try await handle { try await DeadlineSweeper.clearMail(in: $0) }
    }

    fileprivate func mailKeys() async throws -> [String] {
        try await pool.query(
            "SELECT saga_key FROM saga_coordinator.mailbox WHERE workspace_id = \(workspaceID.uuid) ORDER BY saga_key"
        ).map { try $0("saga_key") }
    }

    fileprivate func sweep(limit: Int = 200, replica: Int = 0) async throws -> Int {
        let count = Mutex(0)
        try await handle { [replicas] transaction in
            let swept = try await DeadlineSweeper.sweep(replicas[replica], limit: limit, in: transaction)
            count.withLock { $0 = swept }
        }
        return count.withLock { $0 }
    }
}
