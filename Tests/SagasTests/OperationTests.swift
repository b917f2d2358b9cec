import Commerce
import Foundation
import Messaging
import Sagas
import Testing

@Suite("Operations and verbs of a saga")
struct OperationTests {
    private func booked(_ id: String) -> String { #"{"id":"\#(id)"}"# }

    // MARK: Children

    @Test("a child's output is the step's reply, and its undo is evaluated from it")
    func child() throws {
        var saga = try SagaScenario(ParentSaga.self, input: "trip-1")
        #expect(saga.startedChildren.map(\.key) == ["trip-1"])
        try saga.accept("0", #""f1 h1 c1""#)
        #expect(saga.undoList == ["Unbook"])
        try saga.refuse("1")
        try saga.expectCompensation("Unbook")
        #expect(saga.status == .compensated)
    }

    @Test("cancelling the parent cancels the child and awaits its end")
    func cancelledParent() throws {
        var saga = try SagaScenario(ParentSaga.self, input: "trip-1")
        try saga.apply(.cancel)
        #expect(saga.cancelledChildren.map(\.key) == ["trip-1"])
        #expect(saga.status == .compensating)
        try saga.refuse("0", "child_cancelled")
        #expect(saga.status == .cancelled)
    }

    @Test("a child past its pivot completes all the same, and is then undone")
    func completedChildOfCancelled() throws {
        var saga = try SagaScenario(ParentSaga.self, input: "trip-1")
        try saga.apply(.cancel)
        try saga.accept("0", #""f1""#)
        try saga.expectCompensation("Unbook")
        #expect(saga.status == .cancelled)
    }

    @Test("a diverged child keeps its parent's cancel, and is undone when it leaves that state")
    func cancelOfDivergedChild() throws {
        var history = try SagaScenario(TripSaga.self, input: "rome").recorded
        history.saga.status = "diverged"
        var child = try history.machine(
            id: SagaID(), workspaceID: WorkspaceID(), actor: "test", definition: SagaDefinition(TripSaga.self),
            now: SagaScenario.epoch)
        child.cancelWithParent()
        #expect(child.saga.status == .diverged && child.actions.isEmpty && child.armedTimers.isEmpty)
        try child.apply(.retry)
        #expect(child.saga.status == .compensating)
        let address = SagaAddress(sagaID: child.saga.id, run: 1, path: "0", attempt: 1)
        child.receive(.accepted(RawJSON(text: booked("f"))), from: address)
        child.receive(
            .accepted(.emptyObject), from: .init(sagaID: child.saga.id, run: 1, path: "0/undo", attempt: 1))
        #expect(child.saga.status == .cancelled)
    }

    @Test("a diverged child past its pivot goes on as it will")
    func cancelOfDivergedPivoted() throws {
        var history = try SagaScenario(ForwardSaga.self, input: "x").recorded
        history.saga.status = "diverged"
        var child = try history.machine(
            id: SagaID(), workspaceID: WorkspaceID(), actor: "test", definition: SagaDefinition(ForwardSaga.self),
            now: SagaScenario.epoch)
        child.cancelWithParent()
        #expect(child.saga.compensation == nil)
    }

    // MARK: Facts and runs

    @Test("uuid and now are the same in every replay, publish happens once, attributes are kept")
    func facts() throws {
        var saga = try SagaScenario(FactsSaga.self, input: .init(round: 3, ids: []))
        let asked = try saga.expect(Book.self).what
        try saga.apply(.pause)
        try saga.apply(.resume)
        #expect(try saga.expect(Book.self).what == asked)
        try saga.accept("2", booked("b"))
        #expect(try saga.published(Confirmed.self).map(\.seats) == [3])
        #expect(saga.attributes == ["round": "3"])
        try saga.advance(by: .hours(1))
        let ids: [UUID] = try saga.output()
        #expect(asked.hasPrefix("\(ids[0])"))
        #expect(saga.published.count == 1)
    }

    @Test("continueAsNew begins the next run with an empty history and carries what can be undone")
    func continueAsNew() throws {
        var saga = try SagaScenario(FactsSaga.self, input: .init(round: 1, ids: []))
        for _ in 1...2 {
            try saga.accept("2", booked("b\(saga.run)"))
            try saga.advance(by: .hours(1))
        }
        #expect(saga.run == 3)
        #expect(saga.undoList == ["Unbook", "Unbook"])
        #expect(saga.steps.filter { $0.kind != "carried" }.map(\.path) == ["0", "1", "2"])
        try saga.refuse("2")
        #expect(saga.log.last == #"undo {"id":"b2"}(1)"#)
        try saga.expectCompensation("Unbook", "Unbook")
        #expect(saga.log.last == #"undo {"id":"b1"}(1)"#)
        #expect(saga.status == .compensated)
    }

    @Test("a patch is for sagas that had not passed its place")
    func patched() throws {
        let old = try SagaScenario(OldSaga.self, input: "x")
        try old.recorded.replay(by: SagaDefinition(NewSaga.self))
        var fresh = try SagaScenario(NewSaga.self, input: "x")
        #expect(try fresh.expect(Unbook.self).id == "check")
        try fresh.accept("0")
        #expect(try fresh.expect(Book.self).what == "first")
        try fresh.recorded.replay(by: SagaDefinition(NewSaga.self))
        #expect(throws: Refusal.self) { try fresh.recorded.replay(by: SagaDefinition(OldSaga.self)) }
    }

    @Test("a patch is not for sagas that passed its place without leaving a record there")
    func patchedBeforeNothing() throws {
        let old = try SagaScenario(OldErrandsSaga.self, input: [])
        #expect(try old.expect(Book.self).what == "last")
        try old.recorded.replay(by: SagaDefinition(NewErrandsSaga.self))
        var fresh = try SagaScenario(NewErrandsSaga.self, input: [])
        #expect(try fresh.expect(Unbook.self).id == "check")
        try fresh.accept("0")
        #expect(try fresh.expect(Book.self).what == "last")
    }

    @Test("a command too large for a history makes the saga stuck, and nothing is sent")
    func tooLarge() throws {
        let saga = try SagaScenario(EachSaga.self, input: [String(repeating: "x", count: 300_000)])
        #expect(saga.stuckReason == "payload_too_large")
        #expect(saga.sent.isEmpty)
    }

    @Test("a reply too large for a history is trouble that shows; a skip gives the step what the saga needs of it")
    func replyTooLarge() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        let large = String(repeating: "x", count: SagaBounds.payloadMax)
        try saga.accept("0", booked(large))
        #expect(saga.stuckReason == "payload_too_large")
        #expect(saga.error?.message.contains("the reply has \(booked(large).utf8.count) bytes") == true)
        #expect(try saga.machine.steps["0"]?.result == nil)
        var again = saga
        try again.apply(.retry)
        #expect(again.log == ["Book(1)", "Book(2)"])
        try saga.apply(.skip(path: "0", result: RawJSON(text: booked("f")), keepUndo: true))
        #expect(saga.undoList == ["Unbook"] && saga.outstanding.map(\.path) == ["1"])
    }

    @Test("an event, an output and an input too large for a history are not taken into one")
    func otherwiseTooLarge() throws {
        let large = String(repeating: "x", count: SagaBounds.payloadMax)
        var trip = try SagaScenario(TripSaga.self, input: "rome")
        for path in ["0", "1", "2"] { try trip.accept(path, booked("b")) }
        try trip.deliver("trip.confirmed", #"{"trip":"\#(large)","seats":1}"#)
        #expect(trip.stuckReason == "payload_too_large")
        #expect(try trip.machine.mailbox.allSatisfy { $0.consumedRun == nil })
        try trip.apply(.skip(path: "3/0/0", result: RawJSON(text: #"{"trip":"rome","seats":1}"#), keepUndo: false))
        #expect(trip.status == .waiting)

        var long = try SagaScenario(TripSaga.self, input: "rome")
        for path in ["0", "1", "2"] { try long.accept(path, booked(String(large.prefix(100_000)))) }
        try long.deliver("trip.confirmed", #"{"trip":"rome","seats":1}"#)
        try long.advance(by: .days(1))
        try long.accept("6", booked("t"))
        #expect(long.stuckReason == "payload_too_large" && long.error?.message.hasPrefix("the output") == true)

        let definition = SagaDefinition(TripSaga.self)
        #expect(refusal { try definition.validate(input: RawJSON(text: "\"\(large)\"")) } == "payload_too_large")
        let signal = RawJSON(text: #"{"trip":"\#(large)","seats":1}"#)
        #expect(refusal { try definition.validate(signal: "trip.confirmed", data: signal) } == "payload_too_large")
    }

    @Test("a run of more than 1,000 operations is stuck until its code continues as new")
    func tooMany() throws {
        let saga = try SagaScenario(EachSaga.self, input: (0...1000).map { "\($0)" })
        #expect(saga.stuckReason == "too_many_operations")
    }

    // MARK: Verbs

    @Test("a pause freezes due times and deadlines, but not a moment")
    func pause() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.accept("0", booked("f"))
        try saga.accept("1", booked("h"))
        try saga.apply(.pause)
        #expect(try saga.timers.isEmpty)
        try saga.advance(by: .days(30))
        #expect(saga.status == .paused)
        try saga.apply(.resume)
        #expect(saga.status == .waiting)
        try saga.advance(by: .minutes(4))
        #expect(try saga.machine.steps["2"]?.status == .issued)
        try saga.advance(by: .minutes(2))
        #expect(try saga.machine.steps["2"]?.status == .timedOut)

        var facts = try SagaScenario(FactsSaga.self, input: .init(round: 3, ids: []))
        try facts.accept("2", booked("b"))
        try facts.apply(.pause)
        try facts.advance(by: .hours(2))
        #expect(facts.status == .paused)
        try facts.apply(.resume)
        #expect(facts.status == .completed)
    }

    @Test("skip gives a stuck step its result; a command under way and a misfit are refused")
    func skip() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        let skip = { (result: String, keep: Bool) in
            SagaOrder.skip(path: "0", result: RawJSON(text: result), keepUndo: keep)
        }
        #expect(refusal { try saga.apply(skip(#"{"id":"x"}"#, false)) } == "in_flight")
        try saga.deadLetter("0")
        #expect(saga.stuckReason == "dead_letter")
        #expect(refusal { try saga.apply(skip(#"{"name":1}"#, false)) } == "bad_result")
        var keeping = saga
        try saga.apply(skip(#"{"id":"x"}"#, false))
        #expect(saga.undoList.isEmpty)
        #expect(saga.outstanding.map(\.path) == ["1"])
        try keeping.apply(skip(#"{"id":"x"}"#, true))
        #expect(keeping.undoList == ["Unbook"])
        try saga.accept("0", booked("late"), attempt: 1)
        #expect(saga.ignoredReplies == 1)
    }

    @Test("skip and fire-timer end waits; a refused undo can be skipped")
    func skipWaits() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.accept("0", booked("f"))
        try saga.accept("1", booked("h"))
        try saga.apply(.fireTimer(path: "2"))
        #expect(try saga.machine.steps["2"]?.status == .timedOut)
        try saga.apply(.fireTimer(path: "3/2/0"))
        try saga.refuse("1/undo")
        #expect(saga.stuckReason == "undo_refused")
        try saga.apply(.skip(path: "1/undo", result: .emptyObject, keepUndo: false))
        try saga.expectCompensation("Unbook")
        #expect(saga.status == .compensated)
        #expect(try saga.machine.steps["1"]?.undo?.status == .skipped)
    }

    @Test("a cancel of a paused compensation still says what began it")
    func cancelOfPausedCompensation() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.accept("0", booked("f"))
        try saga.refuse("1", "full")
        try saga.apply(.pause)
        try saga.apply(.cancel)
        #expect(saga.status == .compensating && saga.error?.code == "full")
        try saga.accept("0/undo")
        #expect(saga.status == .compensated)
    }

    @Test("terminate ends it where it stands; restart waits for what is outstanding")
    func terminate() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.accept("0", booked("f"))
        try saga.apply(.terminate)
        #expect(saga.status == .terminated)
        #expect(refusal { try saga.apply(.restart) } == "outstanding")
        try saga.accept("1", booked("h"))
        #expect(saga.status == .terminated)
        #expect(saga.sent.count == 2)
        try saga.apply(.restart)
        #expect(saga.run == 2)
        #expect(saga.outstanding.map(\.path) == ["0"])
    }

    @Test("silence past its limit does not keep a terminated saga from a restart")
    func restartAfterSilence() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.apply(.terminate)
        try saga.advance(by: .minutes(59))
        #expect(refusal { try saga.apply(.restart) } == "outstanding")
        try saga.advance(by: .minutes(2))
        try saga.apply(.restart)
        #expect(saga.run == 2)

        var late = try SagaScenario(TripSaga.self, input: "rome")
        try late.accept("0", booked("f"))
        try late.accept("1", booked("h"))
        try late.advance(by: .minutes(6))
        #expect(late.steps.first { $0.path == "2" }?.status == "timed_out")
        try late.apply(.terminate)
        #expect(refusal { try late.apply(.restart) } == "outstanding")
        try late.advance(by: .hours(2))
        try late.apply(.restart)
        #expect(late.run == 2)
    }

    @Test("an undo that is stuck does not keep a terminated saga from a restart; one under way does")
    func restartAfterStuckUndo() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.accept("0", booked("f"))
        try saga.refuse("1")
        var silent = saga
        try saga.deadLetter("0/undo")
        #expect(saga.stuckReason == "dead_letter")
        try saga.apply(.terminate)
        try saga.apply(.restart)
        #expect(saga.run == 2)
        try silent.apply(.terminate)
        #expect(refusal { try silent.apply(.restart) } == "outstanding")
        try silent.advance(by: .hours(2))
        try silent.apply(.restart)
        #expect(silent.run == 2)
    }

    @Test("what is undone does not go on: a refused step is not skipped then")
    func skipWhileCompensating() throws {
        var saga = try SagaScenario(TripSaga.self, input: "rome")
        try saga.accept("0", booked("f"))
        try saga.refuse("1")
        let skip = SagaOrder.skip(path: "1", result: RawJSON(text: booked("h")), keepUndo: true)
        #expect(refusal { try saga.apply(skip) } == "not_allowed")
        try saga.refuse("0/undo")
        #expect(refusal { try saga.apply(skip) } == "not_allowed")
        #expect(saga.sent.filter(\.isUndo).map(\.path) == ["0"])
    }

    @Test("one open step in trouble shows as stuck while the others go on")
    func troubleInOneBranch() throws {
        var saga = try SagaScenario(BothSaga.self, input: "x")
        try saga.deadLetter("0/0/0")
        #expect(saga.stuckReason == "dead_letter")
        try saga.accept("0/1/0", booked("h"))
        #expect(saga.outstanding.contains { $0.path == "0/1/1" })
        #expect(saga.stuckReason == "dead_letter")
        try saga.accept("0/0/0", booked("f"))
        #expect(saga.status == .waiting)
    }

    private func refusal(_ work: () throws -> Void) -> String? {
        do {
            try work()
            return nil
        } catch {
            return (error as? Refusal)?.code ?? "\(error)"
        }
    }
}
