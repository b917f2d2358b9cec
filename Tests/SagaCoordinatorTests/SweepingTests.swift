import Commerce
import Contracts
import Foundation
import Postgres
import Sagas
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
}
