import Commerce
import Foundation
import Messaging

/// A command that is sent again and again, and how it stands with it.
///
/// Every firing asks for an answer, as a step of a saga does: a command "runs" until its owner has answered, has given
/// it up, or has kept silent for too long. Only the last firing is followed.
struct Schedule: Sendable {
    let id: ScheduleID
    let workspaceID: WorkspaceID
    let name: String
    let command: String
    let owner: ServiceName
    let data: RawJSON
    var timing: ScheduleTiming
    var policy: SchedulePolicy

    /// The time that comes next, before it is put off by the jitter.
    var nominalAt: Date
    var isPaused = false
    /// How many firings there were: the number of the last one.
    var firings = 0
    /// How many were left out: the one before was still running, or they were too late to be made up for.
    var skipped = 0
    var lastRunAt: Date?
    var outcome: Outcome?
    /// Until when the answer to the last firing is awaited; nil once it is there.
    var replyDueAt: Date?
    /// Whether a firing waits for the last one to end.
    var isOneWaiting = false

    /// What is known of the last firing.
    struct Outcome: Equatable, Sendable {
        var status: Status
        var error: String?
        var at: Date

        enum Status: String, Sendable, CaseIterable {
            case running, retrying, done, refused
            case deadLettered = "dead_lettered"
            case noReply = "no_reply"

            var isRunning: Bool { self == .running || self == .retrying }
        }
    }

    /// One sending of the command.
    struct Firing: Equatable, Sendable {
        var number: Int
    }

    // LIMIT: times made up for in one transaction; the rest follows with the next look.
    static let firingsMax = 100

    /// When the next firing is due.
    var dueAt: Date { due(nominalAt) }

    /// Put off by less than it takes to the time after, so that firings keep their order.
    private func due(_ nominal: Date) -> Date {
        guard policy.jitter > .zero else { return nominal }
        let gap = timing.next(after: nominal, beat: nominal).timeIntervalSince(nominal)
        let jitter = min(policy.jitter.timeInterval, gap)
        return nominal + ScheduleJitter.delay(id, at: nominal, upTo: .seconds(jitter)).timeInterval
    }

    var isRunning: Bool { replyDueAt != nil }
}

extension Schedule {
    /// Fires what is due, and goes on to the time after.
    mutating func fire(at now: Date) -> [Firing] {
        var firings = endSilence(at: now)
        passOver(until: now - policy.catchUpWithin.timeInterval)
        var times = 0
        while dueAt <= now, times < Self.firingsMax {
            times += 1
            firings += overlapping(at: now)
            nominalAt = policy.catchUp == .one ? following(now) : timing.next(after: nominalAt, beat: nominalAt)
        }
        return firings
    }

    /// An interval that is late goes on from now: its work is spread as it was before.
    private func following(_ now: Date) -> Date {
        let next = timing.next(after: nominalAt, beat: nominalAt)
        guard due(next) <= now else { return next }
        guard case .interval(let interval) = timing else { return first(dueAfter: now) }
        return (now + interval.timeInterval).roundedToMilliseconds
    }

    /// The first time after this one that is due after a moment. It may lie before the moment, put off by the jitter.
    private func first(dueAfter moment: Date) -> Date {
        var time = timing.next(after: max(nominalAt, moment - timing.reach(of: policy.jitter)), beat: nominalAt)
        while due(time) <= moment { time = timing.next(after: time, beat: nominalAt) }
        return time
    }

    private mutating func passOver(until limit: Date) {
        guard dueAt < limit else { return }
        let next = first(dueAfter: limit)
        skipped += timing.count(from: nominalAt, before: next)
        nominalAt = next
    }

    private mutating func overlapping(at now: Date) -> [Firing] {
        guard isRunning, policy.overlap != .allow else { return [begin(at: now)] }
        if policy.overlap == .bufferOne, !isOneWaiting { isOneWaiting = true } else { skipped += 1 }
        return []
    }

    private mutating func begin(at now: Date) -> Firing {
        firings += 1
        lastRunAt = now
        outcome = Outcome(status: .running, at: now)
        replyDueAt = now + policy.replyWithin.timeInterval
        return Firing(number: firings)
    }

    /// Sends the firing that waits, once nothing holds it up.
    private mutating func release(at now: Date) -> [Firing] {
        guard isOneWaiting, !isRunning || policy.overlap == .allow else { return [] }
        isOneWaiting = false
        return [begin(at: now)]
    }

    private mutating func stopWaiting(at now: Date) {
        guard let replyDueAt, replyDueAt <= now else { return }
        outcome = Outcome(status: .noReply, error: outcome?.error, at: now)
        self.replyDueAt = nil
    }
}

extension Schedule {
    /// Ends a firing whose answer did not come in time, also while paused.
    /// - Returns: the firing that has waited for it.
    mutating func endSilence(at now: Date) -> [Firing] {
        stopWaiting(at: now)
        return release(at: now)
    }

    /// What its owner says of a firing; of an earlier one than the last it changes nothing.
    /// - Returns: the firing that has waited for it.
    mutating func note(_ outcome: Outcome, of number: Int) -> [Firing] {
        guard number == firings else { return [] }
        // An answer is the last word: what is said of a try before may come after it.
        if outcome.status.isRunning, !isRunning { return [] }
        self.outcome = outcome
        guard !outcome.status.isRunning else { return [] }
        replyDueAt = nil
        return release(at: outcome.at)
    }

    /// Fires once more, whatever the time, also while paused.
    /// - Throws: ``Refusal`` `in_flight` where the overlap policy leaves it out.
    mutating func run(at now: Date) throws -> [Firing] {
        let released = endSilence(at: now)
        guard isRunning, policy.overlap != .allow else { return released + [begin(at: now)] }
        guard policy.overlap == .bufferOne, !isOneWaiting else {
            throw Refusal(code: "in_flight", message: "\(name) is running: \(command) is not answered yet")
        }
        isOneWaiting = true
        return released
    }

    /// What is running goes on; what waits for it is left out.
    /// - Throws: ``Refusal`` `not_allowed` while it is paused.
    mutating func pause() throws {
        guard !isPaused else { throw Refusal(code: "not_allowed", message: "\(name) is paused already") }
        isPaused = true
        if isOneWaiting { skipped += 1 }
        isOneWaiting = false
    }

    /// Goes on with the first time from now: what fell into the pause is not made up for.
    /// - Throws: ``Refusal`` `not_allowed` unless it is paused.
    mutating func resume(at now: Date) throws {
        guard isPaused else { throw Refusal(code: "not_allowed", message: "\(name) is not paused") }
        isPaused = false
        if dueAt <= now { nominalAt = first(dueAfter: now) }
    }

    /// Keeps to other times from now on.
    mutating func change(_ timing: ScheduleTiming, _ policy: SchedulePolicy, at now: Date) {
        self.policy = policy
        guard timing != self.timing else { return }
        self.timing = timing
        nominalAt = timing.next(after: now, beat: now)
    }
}

extension Date {
    /// As it is stored, or a jitter that follows from it would not be the same after it has been read back.
    fileprivate var roundedToMilliseconds: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 * 1000).rounded() / 1000)
    }
}
