import Commerce
import Foundation
import Messaging
import Testing

@testable import Sagas

@Suite("A history that another build wrote")
struct BuildTests {
    /// Begun by the new code, carried on by the old.
    private func activation(
        author: String?, age: Duration, by definition: SagaDefinition = SagaDefinition(OldSaga.self)
    ) throws -> (before: SagaMachine, after: SagaMachine) {
        var saga = try SagaScenario(NewSaga.self, input: "x")
        let written = try saga.machine.stamped(at: saga.now, by: author)
        try saga.advance(by: age)
        let before = SagaMachine(
            written.saga, steps: Array(written.steps.values), mailbox: [], definition: definition, now: saga.now)
        var after = before
        after.receive(.accepted(.emptyObject), from: try saga.address("0"))
        return (before, after)
    }

    @Test("is left to it for a while, and to nobody afterwards")
    func grace() throws {
        let grace = SagaMachine.otherBuildGrace
        let cases: [(Duration, Bool)] = [
            (.zero, true), (grace - .seconds(1), true), (grace, false), (.days(1), false),
        ]
        for (age, isLeft) in cases {
            let (before, after) = try activation(author: "new", age: age)
            #expect(after.saga.status == .diverged)
            #expect(after.isLeftBehind(by: "old", since: before) == isLeft)
        }
    }

    @Test("is not left by the build that wrote it, nor where nobody knows who did")
    func author() throws {
        for author in ["old", nil] {
            let (before, after) = try activation(author: author, age: .zero)
            #expect(!after.isLeftBehind(by: "old", since: before))
        }
    }

    @Test("is not left by a build that goes on from it")
    func followed() throws {
        let (before, after) = try activation(author: "new", age: .zero, by: SagaDefinition(NewSaga.self))
        #expect(after.saga.status == .waiting)
        #expect(!after.isLeftBehind(by: "newest", since: before))
    }

    @Test("of a saga that has diverged before, what comes is noted and not put off")
    func divergedBefore() throws {
        let (_, diverged) = try activation(author: "new", age: .zero)
        let before = diverged.stamped(at: diverged.now, by: "new").reopened(at: diverged.now)
        var after = before
        let address = SagaAddress(sagaID: before.saga.id, run: 1, path: "0", attempt: 1)
        after.receive(.accepted(.emptyObject), from: address)
        #expect(!after.isLeftBehind(by: "old", since: before))
    }
}
