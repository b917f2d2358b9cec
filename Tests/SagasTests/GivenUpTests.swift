import Commerce
import Foundation
import Messaging
import Testing

@testable import Sagas

@Suite("What a saga has gone on without")
struct GivenUpTests {
    private func booked(_ id: String) -> String { #"{"id":"\#(id)"}"# }

    private func refusal(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Refusal)?.code
        }
    }

    // MARK: An attempt whose time ran out

    /// Up to the attempt, which may take five minutes.
    private func attempting() throws -> SagaScenario {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.accept("0", booked("f"))
        try saga.accept("1", booked("h"))
        return saga
    }

    private func finish(_ saga: inout SagaScenario) throws {
        try saga.deliver(Confirmed(trip: "key", seats: 1))
        try saga.advance(by: .days(1))
        try saga.accept("6", booked("t"))
    }

    @Test(
        "an attempt without an undo is over with its time, whatever becomes of its command", arguments: [true, false])
    func over(isDeadBefore: Bool) throws {
        var saga = try SagaScenario(TellingSaga.self, input: "x")
        if isDeadBefore {
            try saga.deadLetter("0")
            #expect(saga.stuckReason == "dead_letter")
        }
        try saga.advance(by: .minutes(2))
        #expect(saga.status == .waiting && saga.stuckReason == nil)
        if !isDeadBefore { try saga.deadLetter("0") }
        #expect(saga.status == .waiting && saga.stuckReason == nil)
        try saga.accept("1", booked("b"))
        #expect(saga.status == .completed)
        #expect(try saga.output(String.self) == "b, untold")
        try saga.deadLetter("0")
        try saga.accept("0", booked("late"))
        #expect(saga.status == .completed && saga.ignoredReplies == 1)
    }

    @Test("one with an undo is not: what was given up on may have been done, and is undone once it is answered")
    func undoable() throws {
        var saga = try attempting()
        try saga.advance(by: .minutes(6))
        try saga.deadLetter("2")
        #expect(saga.stuckReason == "dead_letter")
        try finish(&saga)
        #expect(saga.status == .stuck)
        var skipped = saga
        try saga.accept("2", booked("late"))
        #expect(saga.log.last == #"undo {"id":"late"}(1)"#)
        try saga.expectCompensation("Unbook")
        #expect(saga.status == .completed)

        try skipped.apply(.skip(path: "2", result: RawJSON(text: booked("none")), keepUndo: false))
        #expect(skipped.status == .completed)
    }

    @Test("an attempt that is tried again ends when it would have ended, and is not silent before")
    func again() throws {
        var saga = try attempting()
        try saga.deadLetter("2")
        try saga.apply(.retry)
        #expect(try saga.machine.steps["2"]?.attempt == 2)
        #expect(try saga.machine.steps["2"]?.deadlineAt == nil)
        try saga.advance(by: .minutes(6))
        #expect(saga.status == .waiting)
        #expect(try saga.machine.steps["2"]?.status == .timedOut)
    }

    @Test("what was done too late and cannot be kept is trouble; a skip says whether it is undone")
    func tooLarge() throws {
        var saga = try attempting()
        try saga.advance(by: .minutes(6))
        #expect(refusal { try saga.apply(.skip(path: "2", result: .emptyObject, keepUndo: false)) } == "not_allowed")
        try saga.accept("2", booked(String(repeating: "x", count: SagaBounds.payloadMax)))
        #expect(saga.stuckReason == "payload_too_large")
        let skip = SagaOrder.skip(path: "2", result: RawJSON(text: booked("late")), keepUndo: true)
        try saga.apply(skip)
        #expect(saga.log.last == #"undo {"id":"late"}(1)"#)
        #expect(saga.status == .waiting)
    }

    // MARK: A branch that lost

    @Test("a loser that nobody answers, and an undo of one that is refused, can be skipped")
    func losers() throws {
        var saga = try SagaScenario(FirstSaga.self, input: "x")
        try saga.accept("0/1/0", booked("s"))
        try saga.accept("0/0/0", booked("b"))
        try saga.accept("2", booked("t"))
        let skip = SagaOrder.skip(path: "0/1/1", result: RawJSON(text: booked("train")), keepUndo: true)
        #expect(refusal { try saga.apply(skip) } == "in_flight")
        let skipSleep = SagaOrder.skip(path: "0/2/0", result: .emptyObject, keepUndo: false)
        #expect(refusal { try saga.apply(skipSleep) } == "unknown_step")
        try saga.advance(by: .hours(2))
        #expect(saga.stuckReason == "no_reply")
        try saga.apply(skip)
        #expect(try saga.machine.steps["0/1/1"]?.status == .cancelled)
        #expect(saga.log.last == #"undo {"id":"train"}(1)"#)
        try saga.refuse("0/1/1/undo")
        #expect(saga.stuckReason == "undo_refused")
        try saga.apply(.skip(path: "0/1/1/undo", result: .emptyObject, keepUndo: false))
        #expect(saga.log.last == #"undo {"id":"s"}(1)"#)
        try saga.accept("0/1/0/undo")
        #expect(saga.status == .completed)
    }

    @Test(
        "the silence of an attempt that was over when its branch lost is noticed, and can be ended",
        arguments: [true, false])
    func silentLoser(isCancelled: Bool) throws {
        var saga = try SagaScenario(HesitantSaga.self, input: "x")
        try saga.advance(by: .minutes(2))
        try saga.deliver(Cancelled(trip: "key"))
        #expect(saga.status == .waiting, "the bus may still be booked")
        if isCancelled { try saga.apply(.cancel) }
        try saga.advance(by: .hours(2))
        #expect(saga.stuckReason == "no_reply")
        try saga.apply(.skip(path: "0/0/0", result: RawJSON(text: booked("bus")), keepUndo: true))
        try saga.expectCompensation("Unbook")
        #expect(saga.status == (isCancelled ? .cancelled : .completed))
    }

    // MARK: Histories of others

    @Test("a history that holds what none of ours does is refused, whatever it says")
    func impossible() throws {
        let history = try attempting().recorded
        let definition = SagaDefinition(TripSaga.self)
        try history.replay(by: definition)
        let changes: [(inout SagaHistory) -> Void] = [
            { $0.steps.append($0.steps[0]) }, { $0.steps[0].replyWithinMilliseconds = .max },
            { $0.steps[0].attempt = .max }, { $0.steps[0].seq = .min }, { $0.saga.nextSeq = .max },
            { $0.saga.run = -1 }, { $0.steps[0].undo?.replyWithinMilliseconds = .max },
            { $0.steps[0].undo?.attempt = .max },
        ]
        for (index, change) in changes.enumerated() {
            var changed = history
            change(&changed)
            #expect(refusal { try changed.replay(by: definition) } == "bad_history", "change \(index)")
        }
    }
}
