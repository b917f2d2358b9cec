import Commerce
import Foundation
import Messaging
import Sagas

/// A saga that does what its program says.
struct ProgramSaga: Saga {
    static let name = "program"
    static let events = [SagaEvent(Nudge.self, key: \.key), SagaEvent(Approval.self, key: \.key)]

    func run(_ saga: SagaContext, _ input: ProgramInput) throws -> ProgramOutput {
        try Interpreter.run(Program(input).operations, saga, input)
        return ProgramOutput(seed: input.seed)
    }
}

/// The same saga after a careless deploy: those that are under way find another operation than they recorded.
struct CarelessProgramSaga: Saga {
    static let name = ProgramSaga.name
    static let events = ProgramSaga.events

    func run(_ saga: SagaContext, _ input: ProgramInput) throws -> ProgramOutput {
        guard try saga.patched("careless") else {
            return try saga.child(ProgramSaga.self, key: "divergent", input: input)
        }
        return try ProgramSaga().run(saga, input)
    }
}

/// The same saga after a careful deploy: those that had begun before go on as they were.
struct CarefulProgramSaga: Saga {
    static let name = ProgramSaga.name
    static let events = ProgramSaga.events

    func run(_ saga: SagaContext, _ input: ProgramInput) throws -> ProgramOutput {
        if try saga.patched("careful") { _ = try saga.uuid() }
        return try ProgramSaga().run(saga, input)
    }
}
