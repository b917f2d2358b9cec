import Commerce
import Foundation
import Testing

@testable import Messaging
@testable import SagaCoordinator

@Suite("A schedule and its firings")
struct ScheduleTests {
    private static let start = Date(timeIntervalSince1970: 1_772_619_330)

    private func schedule(_ timing: ScheduleTiming, _ policy: SchedulePolicy = .init()) -> Schedule {
        Schedule(
            id: ScheduleID(), workspaceID: WorkspaceID(), name: "poll", command: "Poll",
            owner: ServiceName(rawValue: "x"), data: .emptyObject, timing: timing, policy: policy,
            nominalAt: Self.start)
    }

    private func daily(_ policy: SchedulePolicy = .init()) throws -> Schedule {
        let timetable = try CronTimetable(CronExpression("0 3 * * *"), zone: "UTC")
        var schedule = schedule(.cron(timetable), policy)
        schedule.nominalAt = timetable.next(after: Self.start)
        return schedule
    }

    /// One whose next firing is put off by a second at least.
    private func jittered(_ policy: SchedulePolicy) -> Schedule {
        var poll = schedule(.interval(.minutes(1)), policy)
        while !poll.isPutOff { poll.nominalAt += 60 }
        return poll
    }

    private func done(_ at: Date) -> Schedule.Outcome { .init(status: .done, at: at) }

    @Test("an interval in time keeps its beat; late, it fires once and goes on from now")
    func interval() {
        var poll = schedule(.interval(.minutes(1)), .init(overlap: .allow))
        #expect(poll.fire(at: Self.start - 1).isEmpty)
        #expect(poll.fire(at: Self.start + 10).count == 1 && poll.nominalAt == Self.start + 60)
        #expect(poll.fire(at: Self.start + 18_010).count == 1 && poll.nominalAt == Self.start + 18_070)
        #expect(poll.fire(at: Self.start + 18_010).isEmpty && poll.firings == 2)
    }

    @Test("after days without a coordinator one firing stands for all, or each is made up for, within the window")
    func catchUp() throws {
        let policies: [(SchedulePolicy, Int, Int)] = [
            (.init(catchUp: .one, overlap: .allow), 1, 0), (.init(catchUp: .all, overlap: .allow), 4, 0),
            (.init(catchUp: .all, catchUpWithin: .days(2), overlap: .allow), 2, 2),
            (.init(catchUp: .one, catchUpWithin: .hours(1), overlap: .allow), 0, 4),
        ]
        for (policy, expected, skipped) in policies {
            var schedule = try daily(policy)
            let first = schedule.nominalAt
            let now = first + 3 * 86_400 + 2 * 3600
            #expect(schedule.fire(at: now).count == expected, "\(policy)")
            #expect(schedule.nominalAt == first + 4 * 86_400)
            #expect(schedule.fire(at: now).isEmpty)
            #expect(schedule.skipped == skipped, "\(policy)")
        }
    }

    @Test("what is too late to be made up for is counted, also times of an interval")
    func tooLate() {
        var poll = schedule(
            .interval(.seconds(1)), .init(catchUp: .all, catchUpWithin: .seconds(10), overlap: .allow))
        #expect(poll.fire(at: Self.start + 3600).count == 10)
        #expect(poll.skipped == 3591)
    }

    @Test("a time that has passed but is put off beyond now is kept, after a pause and when others are left out")
    func putOff() throws {
        var paused = jittered(.init(jitter: .hours(1)))
        let due = paused.dueAt
        try paused.pause()
        try paused.resume(at: due - 0.5)
        #expect(paused.dueAt == due)
        try paused.pause()
        try paused.resume(at: due)
        #expect(paused.nominalAt > due)

        for (late, skipped) in [(-0.5, 0), (3599.5, 1)] {
            var poll = jittered(.init(jitter: .hours(1), catchUpWithin: .hours(1), overlap: .allow))
            let (nominal, due) = (poll.nominalAt, poll.dueAt)
            poll.nominalAt -= 60
            #expect(poll.fire(at: due + late).count == 1)
            #expect(poll.skipped == skipped)
            if late < 0 { #expect(poll.nominalAt == nominal && poll.fire(at: due).count == 1) }
        }
    }

    @Test("of several missed times one that is put off beyond now is still ahead, after a pause as after an absence")
    func missedWithJitter() throws {
        var schedule = try daily(.init(jitter: .hours(20), overlap: .allow))
        let missed = schedule.nominalAt
        repeat { schedule.nominalAt += 86_400 } while schedule.dueAt < missed + 2 * 86_400 || !schedule.isPutOff
        let (today, due) = (schedule.nominalAt, schedule.dueAt)
        schedule.nominalAt = missed

        var paused = schedule
        try paused.pause()
        try paused.resume(at: due - 0.5)
        #expect(paused.nominalAt == today && paused.dueAt == due)

        #expect(schedule.fire(at: due - 0.5).count == 1)
        #expect(schedule.nominalAt == today && schedule.fire(at: due).count == 1)
    }

    @Test("what is made up for comes in portions")
    func portions() {
        var poll = schedule(.interval(.seconds(1)), .init(catchUp: .all, overlap: .allow))
        #expect(poll.fire(at: Self.start + 149).map(\.number) == Array(1...100))
        #expect(poll.fire(at: Self.start + 149).map(\.number) == Array(101...150))
        #expect(poll.fire(at: Self.start + 149).isEmpty)
    }

    @Test("what comes while the firing before is running is left out, waits, or is sent, by the policy")
    func overlap() {
        for overlap in SchedulePolicy.Overlap.allCases {
            var poll = schedule(.interval(.minutes(1)), .init(overlap: overlap))
            _ = poll.fire(at: Self.start)
            for minute in 1...3 { _ = poll.fire(at: Self.start + Double(minute) * 60) }
            let released = poll.note(done(Self.start + 200), of: poll.firings)
            switch overlap {
            case .skip: #expect(poll.firings == 1 && poll.skipped == 3 && released.isEmpty && !poll.isRunning)
            case .bufferOne: #expect(poll.skipped == 2 && released == [.init(number: 2)] && poll.isRunning)
            case .allow: #expect(poll.firings == 4 && poll.skipped == 0 && released.isEmpty)
            }
        }
    }

    @Test("silence ends a firing in time, and what waits for it goes out with the next look")
    func silence() throws {
        var poll = schedule(.interval(.minutes(1)), .init(overlap: .bufferOne, replyWithin: .seconds(90)))
        _ = poll.fire(at: Self.start)
        #expect(poll.fire(at: Self.start + 60).isEmpty && poll.isOneWaiting)
        #expect(poll.fire(at: Self.start + 120) == [.init(number: 2)])
        #expect(poll.isOneWaiting, "the firing of this minute waits in its turn")
        #expect(poll.note(done(Self.start + 130), of: 1).isEmpty && poll.outcome?.status == .running)
        var late = schedule(.interval(.minutes(10)), .init(replyWithin: .minutes(1)))
        _ = late.fire(at: Self.start)
        late.isPaused = true
        try late.resume(at: Self.start + 700)
        _ = late.fire(at: Self.start + 1200)
        #expect(late.firings == 2)
    }

    @Test("silence ends a firing also while paused, and the one that run has let wait goes out")
    func silenceWhilePaused() throws {
        var poll = schedule(.interval(.minutes(10)), .init(overlap: .bufferOne, replyWithin: .minutes(1)))
        _ = poll.fire(at: Self.start)
        try poll.pause()
        #expect(try poll.run(at: Self.start + 1).isEmpty && poll.isOneWaiting)
        #expect(poll.endSilence(at: Self.start + 59).isEmpty && poll.isOneWaiting)
        #expect(poll.endSilence(at: Self.start + 60) == [.init(number: 2)])
        #expect(!poll.isOneWaiting && poll.isRunning && poll.isPaused)
        #expect(poll.endSilence(at: Self.start + 120).isEmpty && !poll.isRunning)
        #expect(poll.outcome?.status == .noReply)
    }

    @Test("the firing that waits is lost neither to run nor to another overlap policy")
    func waitingIsKept() throws {
        var poll = schedule(.interval(.minutes(10)), .init(overlap: .bufferOne, replyWithin: .minutes(1)))
        _ = try poll.run(at: Self.start)
        _ = try poll.run(at: Self.start + 1)
        #expect(try poll.run(at: Self.start + 60) == [.init(number: 2)])
        #expect(poll.isOneWaiting, "what was asked for last waits in its turn")
        poll.policy.overlap = .allow
        #expect(try poll.run(at: Self.start + 61) == [.init(number: 3), .init(number: 4)])
        #expect(!poll.isOneWaiting)
    }

    @Test("the log has the id of a saga, not of a schedule")
    func logContext() {
        var attributes = Envelope.Attributes(id: "m1", type: "Poll", source: "x", workspaceid: WorkspaceID())
        let step = SagaAddress(sagaID: SagaID(), run: 1, path: "1", attempt: 1)
        step.write(to: &attributes)
        let ofSaga = LogContext(handling: Envelope(attributes, data: .emptyObject))
        #expect(ofSaga.sagaID == step.sagaID.description)
        ScheduleAddress(schedule(.interval(.minutes(1))), .init(number: 1)).wire.write(to: &attributes)
        let ofSchedule = LogContext(handling: Envelope(attributes, data: .emptyObject))
        #expect(ofSchedule.sagaID == nil)
    }

    @Test("a refusal or a dead letter ends a firing with the words; news of a try before changes nothing after it")
    func outcomes() {
        var poll = schedule(.interval(.minutes(1)))
        _ = poll.fire(at: Self.start)
        let retrying = Schedule.Outcome(status: .retrying, error: "dcl_503: busy", at: Self.start + 5)
        #expect(poll.note(retrying, of: 1).isEmpty && poll.isRunning && poll.outcome == retrying)
        let given = Schedule.Outcome(status: .deadLettered, error: "exhausted", at: Self.start + 9)
        #expect(poll.note(given, of: 1).isEmpty && !poll.isRunning)
        #expect(poll.note(retrying, of: 1).isEmpty && poll.outcome == given)
        #expect(poll.note(done(Self.start + 20), of: 1).isEmpty && poll.outcome?.status == .done)
    }

    @Test("what falls into a pause is not made up for, whatever the policy; run goes on working")
    func pause() throws {
        var schedule = try daily(.init(catchUp: .all, overlap: .allow))
        let first = schedule.nominalAt
        try schedule.pause()
        #expect(throws: Refusal(code: "not_allowed", message: "poll is paused already")) { try schedule.pause() }
        #expect(try schedule.run(at: first + 86_400) == [.init(number: 1)])
        try schedule.resume(at: first + 10 * 86_400 + 60)
        #expect(schedule.fire(at: first + 10 * 86_400 + 60).isEmpty)
        #expect(schedule.nominalAt == first + 11 * 86_400)
        #expect(throws: Refusal(code: "not_allowed", message: "poll is not paused")) { try schedule.resume(at: first) }
    }

    @Test("a pause leaves out the firing that waits")
    func pauseDropsWaiting() throws {
        var poll = schedule(.interval(.minutes(1)), .init(overlap: .bufferOne))
        _ = poll.fire(at: Self.start)
        _ = poll.fire(at: Self.start + 60)
        try poll.pause()
        #expect(!poll.isOneWaiting && poll.skipped == 1)
        #expect(poll.note(done(Self.start + 70), of: 1).isEmpty)
    }

    @Test("run heeds the overlap policy")
    func run() throws {
        for (overlap, possible) in [(SchedulePolicy.Overlap.skip, false), (.bufferOne, false), (.allow, true)] {
            var poll = schedule(.interval(.minutes(1)), .init(overlap: overlap))
            _ = try poll.run(at: Self.start)
            if overlap == .bufferOne { #expect(try poll.run(at: Self.start).isEmpty && poll.isOneWaiting) }
            let again = try? poll.run(at: Self.start + 1)
            #expect((again != nil) == possible)
        }
    }

    @Test("jitter is the same everywhere, spread over its span, and never reaches the time after")
    func jitter() {
        let id = ScheduleID()
        let delays = (0..<1000).map { number in
            ScheduleJitter.delay(id, at: Self.start + Double(number) * 60, upTo: .minutes(10))
        }
        #expect(delays.allSatisfy { $0 >= .zero && $0 < .minutes(10) })
        for tenth in 0..<10 {
            let count = delays.count { $0 >= .minutes(tenth) && $0 < .minutes(tenth + 1) }
            #expect((50...150).contains(count))
        }
        #expect(ScheduleJitter.delay(id, at: Self.start, upTo: .minutes(10)) == delays[0])
        var poll = schedule(.interval(.minutes(1)), .init(jitter: .hours(1), overlap: .allow))
        var last = Self.start - 1
        for _ in 0..<200 {
            let due = poll.dueAt
            #expect(due > last && due >= poll.nominalAt && due < poll.nominalAt + 60)
            #expect(poll.fire(at: due - 0.001).isEmpty && poll.fire(at: due).count == 1)
            last = due
        }
        #expect(poll.nominalAt == Self.start + 200 * 60)
    }

    @Test("other times hold from now; the same times leave the next where it is")
    func change() throws {
        var schedule = try daily()
        let next = schedule.nominalAt
        schedule.change(schedule.timing, .init(jitter: .minutes(5)), at: Self.start + 60)
        #expect(schedule.nominalAt == next && schedule.policy.jitter == .minutes(5))
        schedule.change(.interval(.minutes(10)), schedule.policy, at: Self.start + 60)
        #expect(schedule.nominalAt == Self.start + 660)
    }
}

extension Schedule {
    fileprivate var isPutOff: Bool { dueAt >= nominalAt + 1 }
}
