import Commerce
import Contracts
import Foundation
import Postgres
import Testing

@testable import Messaging
@testable import SagaCoordinator

/// Firing goes through all workspaces: long before the time of the other tests only these are due.
@Suite(
    "Schedules in the database", .tags(.postgres), .enabled(if: CoordinatorBench.isThere), .serialized)
struct ScheduleStoreTests {
    private static func run(_ test: @Sendable (CoordinatorBench) async throws -> Void) async throws {
        try await CoordinatorBench.run { bench in
            bench.clock.advance(by: .days(-4400))
            try await test(bench)
        }
    }

    @Test("a schedule that is late fires once and goes on from now; one in time keeps its beat")
    func lateInterval() async throws {
        try await Self.run { bench in
            let due = bench.clock.now
            let id = try await bench.schedule(every: .minutes(1), overlap: "allow")
            bench.clock.advance(by: .seconds(10))
            #expect(try await bench.fire().count == 1)
            #expect(try await bench.schedule(id).nextRunAt == due + 60)
            bench.clock.advance(by: .hours(5))
            #expect(try await bench.fire().count == 1)
            bench.clock.advance(by: .milliseconds(500))
            #expect(try await bench.fire().isEmpty)
            #expect(try await bench.schedule(id).nextRunAt == due + 10 + 5 * 3600 + 60)
        }
    }

    @Test("of two replicas one fires")
    func replicas() async throws {
        try await Self.run { bench in
            let id = try await bench.schedule(every: .minutes(1), overlap: "allow")
            let others = Firings()
            let own = try await bench.handle { transaction in
                _ = try await Scheduler.fireDue(in: transaction)
                others.set(try await bench.fire())
            }
            #expect(own.named("Poll").count == 1 && others.all.isEmpty)
            #expect(try await bench.fire().isEmpty)
            #expect(try await bench.schedule(id).firings == 1)
        }
    }

    @Test("a timetable fires at its times across a change of the clock, and makes up for three days")
    func timetable() async throws {
        try await Self.run { bench in
            // 30 March 2014, 02:00 in Berlin becomes 03:00, at 01:00 UTC.
            try await bench.set(clock: "2014-03-28T12:00:00Z")
            let id = try await bench.schedule(
                cron: "30 2 * * *", zone: "Europe/Berlin", next: "2014-03-29T01:30:00Z", catchUp: "all")
            #expect(try await bench.fire().isEmpty)
            try await bench.set(clock: "2014-03-29T01:30:00Z")
            #expect(try await bench.fire().count == 1)
            #expect(try await bench.schedule(id).nextRunAt == WireJSON.date("2014-03-30T01:00:00Z"))
            bench.clock.advance(by: .days(3))
            #expect(try await bench.fire().count == 3)
            #expect(try await bench.schedule(id).nextRunAt == WireJSON.date("2014-04-02T00:30:00Z"))
            #expect(try await bench.fire().isEmpty)
        }
    }

    @Test("a firing runs until its owner answers, and shows what was answered")
    func answered() async throws {
        try await Self.run { bench in
            let id = try await bench.schedule(every: .minutes(1), overlap: "skip")
            let first = try #require(try await bench.fire().first)
            #expect(first.attributes.actor == "schedule:poll" && first.attributes.sagaattempt == 1)
            #expect(try await bench.schedule(id).outcome == "running")
            bench.clock.advance(by: .minutes(1))
            #expect(try await bench.fire().isEmpty)
            try await bench.deliver([try bench.replyEnvelope(to: first)])
            #expect(try await bench.schedule(id).outcome == "done")
            bench.clock.advance(by: .minutes(1))
            let second = try #require(try await bench.fire().first)
            try await bench.deliver([try bench.replyEnvelope(to: first)])
            #expect(try await bench.schedule(id).outcome == "running", "the answer to another firing")
            try await bench.process([
                .firing(
                    ScheduleNews(
                        try #require(second.scheduleAddress),
                        .refused(Refusal(code: "dcl_1001", message: "no such\u{0} item"))))
            ])
            let refused = try await bench.schedule(id)
            #expect(refused.outcome == "refused" && refused.error == "dcl_1001: no such item" && refused.skipped == 1)
        }
    }

    @Test("news of tries and of the dead letter come to the schedule, and a repeat of them changes nothing")
    func news() async throws {
        try await Self.run { bench in
            let id = try await bench.schedule(every: .minutes(1), overlap: "skip")
            let command = try #require(try await bench.fire().first)
            let error = Refusal(code: "dcl_503", message: "busy")
            let retrying = CommandRetrying(attempt: 1, error: error, nextAttemptAt: bench.clock.now)
            try await bench.tell(CommandRetrying.type, retrying, of: command)
            #expect(try await bench.schedule(id).outcome == "retrying")
            try await bench.tell(CommandDeadLettered.type, CommandDeadLettered(error: error), of: command)
            #expect(try await bench.schedule(id).outcome == "dead_lettered")
            let repeated = try bench.replyEnvelope(to: command)
            try await bench.deliver([repeated], repeated: true)
            #expect(try await bench.schedule(id).outcome == "dead_lettered")
            bench.clock.advance(by: .minutes(1))
            #expect(try await bench.fire().count == 1)
        }
    }

    @Test("the firing that waits goes out with the commit of the answer it waits for")
    func waiting() async throws {
        try await Self.run { bench in
            let id = try await bench.schedule(every: .minutes(1), overlap: "buffer_one")
            let first = try #require(try await bench.fire().first)
            bench.clock.advance(by: .minutes(1))
            #expect(try await bench.fire().isEmpty)
            let released = try await bench.deliver([try bench.replyEnvelope(to: first)])
            #expect(released.named("Poll").map(\.attributes.sagarun) == [2])
            #expect(try await bench.schedule(id).firings == 2)
        }
    }

    @Test("silence is noticed long before the next time, also while paused")
    func silence() async throws {
        try await Self.run { bench in
            let id = try await bench.schedule(every: .hours(5), overlap: "buffer_one")
            #expect(try await bench.fire().count == 1)
            try await bench.operate(id, .pause)
            #expect(try await bench.operate(id, .run).named("Poll").isEmpty)
            bench.clock.advance(by: .hours(1))
            #expect(try await bench.fire().map(\.attributes.sagarun) == [2])
            bench.clock.advance(by: .hours(1))
            #expect(try await bench.fire().isEmpty)
            #expect(try await bench.schedule(id).outcome == "no_reply")
        }
    }

    @Test("paused for long and resumed it goes on with the next time, each verb in the audit log")
    func verbs() async throws {
        try await Self.run { bench in
            let id = try await bench.schedule(every: .hours(1), overlap: "allow", catchUp: "all")
            let due = bench.clock.now
            try await bench.operate(id, .pause)
            bench.clock.advance(by: .days(40))
            #expect(try await bench.fire().isEmpty)
            let fired = try await bench.operate(id, .run).named("Poll")
            #expect(fired.map(\.attributes.actor) == ["ops@example.com"])
            await #expect(throws: Refusal(code: "not_allowed", message: "poll is paused already")) {
                try await bench.operate(id, .pause)
            }
            bench.clock.advance(by: .minutes(10))
            try await bench.operate(id, .resume)
            #expect(try await bench.fire().isEmpty)
            #expect(try await bench.schedule(id).nextRunAt == due + 40 * 86_400 + 3600)
            let audit = try await bench.audit(id)
            #expect(audit.map(\.action) == ["schedule.pause", "schedule.run", "schedule.resume"])
            #expect(audit.allSatisfy { $0.actor == "ops@example.com" && $0.reason == "test" })
            #expect(audit[0].before.contains(#""paused": false"#) && audit[0].after.contains(#""paused": true"#))
            #expect(audit[1].before.contains(#""firings": 0"#) && audit[1].after.contains(#""firings": 1"#))
        }
    }

    @Test("a schedule of another workspace is not found")
    func foreign() async throws {
        try await Self.run { bench in
            let id = try await bench.schedule(every: .hours(1), workspace: WorkspaceID())
            await #expect(throws: Refusal(code: "not_found", message: "there is no schedule \(id)")) {
                try await bench.operate(id, .run)
            }
        }
    }

    @Test("a schedule may get other times; what is wrong is refused with its field")
    func change() async throws {
        try await Self.run { bench in
            let id = try await bench.schedule(every: .hours(1), overlap: "skip")
            try await bench.set(clock: "2014-03-28T12:00:00Z")
            try await bench.change(
                id, .init(cron: "0 9 * * mon-fri", timeZone: "America/New_York", jitter: "PT10M", overlap: "allow"))
            let next = try #require(try await bench.schedule(id).nextRunAt)
            let monday = try #require(WireJSON.date("2014-03-28T13:00:00Z"))
            #expect(next >= monday && next < monday + 600)
            try await bench.change(id, .init(timeZone: "UTC", jitter: "PT0S"))
            #expect(try await bench.schedule(id).nextRunAt == WireJSON.date("2014-03-31T09:00:00Z"))
            let wrong: [(ChangeSchedule.Change, String)] = [
                (.init(cron: "0 0 30 2 *"), "cron"), (.init(timeZone: "Berlin"), "time_zone"),
                (.init(interval: "PT1H", cron: "* * * * *"), "interval"), (.init(interval: "PT0.1S"), "interval"),
                (.init(jitter: "P2D"), "jitter"), (.init(catchUp: "some"), "catch_up"),
                (.init(catchUpWithin: "PT1S"), "catch_up_within"), (.init(overlap: "queue"), "overlap"),
            ]
            for (change, field) in wrong {
                await #expect {
                    try await bench.change(id, change)
                } throws: {
                    ($0 as? Refusal)?.code == "invalid" && ($0 as? Refusal)?.field == field
                }
            }
            #expect(try await bench.audit(id).map(\.action) == ["schedule.change", "schedule.change"])
        }
    }

    @Test("a row that cannot be read is paused with the reason and holds up no other")
    func unreadable() async throws {
        try await Self.run { bench in
            let broken = try await bench.schedule(
                cron: "0 25 * * *", zone: "UTC", next: "2014-02-14T00:00:00Z", name: "broken")
            try await bench.schedule(every: .hours(1))
            #expect(try await bench.fire().count == 1)
            let row = try await bench.schedule(broken)
            let error = "hour: '25' is not a number from 0 to 23"
            #expect(row.isPaused && row.error == error)
            let refusal = Refusal(code: "invalid", message: "schedule \(broken) cannot be read: \(error)")
            await #expect(throws: refusal) { try await bench.operate(broken, .resume) }
            await #expect(throws: refusal) { try await bench.change(broken, .init(interval: "PT1H")) }
        }
    }

    @Test("a tenant gets the default schedules once, the platform's own workspace none")
    func defaults() async throws {
        try await Self.run { bench in
            try await bench.change(
                """
                INSERT INTO platform.workspaces (id, name)
                VALUES (\(bench.workspaceID.uuid), \(bench.workspaceID.description))
                """)
            let names = Names()
            // WHY: rolled back, since all workspaces of the database get them.
            await #expect(throws: RolledBack.self) {
                try await bench.handle { transaction in
                    for _ in 0..<2 {
                        try await ScheduleStore.addMissing(
                            DefaultSchedule.all, at: transaction.now, in: transaction.database)
                    }
                    let owners = [bench.workspaceID.uuid, WorkspaceID.platform.uuid]
                    let rows = try await transaction.database.query(
                        "SELECT name FROM schedules WHERE workspace_id = ANY(\(owners)) ORDER BY name")
                    names.set(try rows.map { try $0("name") })
                    throw RolledBack()
                }
            }
            #expect(names.all == ["find-unowned-sales-orders", "poll-warehouse", "poll-warehouse-returns"])
        }
    }
}

private struct RolledBack: Error {}
