import Commerce
import Foundation
import Messaging
import Sagas

/// Carries out a program, branch by branch. What an operation answers decides what later ones ask.
struct Interpreter {
    enum Milepost: String {
        case first, second, third
    }

    private let saga: SagaContext
    private let input: ProgramInput
    private var token: String

    private init(_ saga: SagaContext, _ input: ProgramInput, token: String) {
        self.saga = saga
        self.input = input
        self.token = token
    }

    @discardableResult
    static func run(
        _ operations: [Operation], _ saga: SagaContext, _ input: ProgramInput, token: String = "-"
    ) throws -> String {
        var interpreter = Interpreter(saga, input, token: token)
        for operation in operations { try interpreter.run(operation) }
        return interpreter.token
    }

    private mutating func run(_ operation: Operation) throws {
        switch operation {
        case .perform(let act): token = try perform(act)
        case .attempt(let act, let within): try attempt(act, within)
        case .wait(let event, let minimum, let upTo): try wait(event, minimum, upTo)
        case .sleep(let seconds): try saga.sleep(for: .seconds(seconds))
        case .sleepUntil(let seconds): try saga.sleep(until: saga.now() + Double(seconds))
        case .all(let branches): try all(branches)
        case .race(let branches): try race(branches)
        case .child(let input, let key, let isUndone): try child(input, key, isUndone)
        case .uuid: token = String(try saga.uuid().uuidString.prefix(8))
        case .publish(let value): try saga.publish(Milestone(value: value))
        case .status(let number): try say(number)
        case .pivot: try saga.pivot()
        case .refuse: throw Refusal(code: "unwilling", message: "the program says no")
        case .continueAsNew(let next): try saga.continueAsNew(next)
        }
    }

    private func say(_ number: Int) throws {
        let milepost: Milepost = [.first, .second, .third][number % 3]
        saga.status(milepost)
        saga.attribute("milepost", number == 2 ? nil : "\(number)")
    }

    // MARK: Branches

    private mutating func all(_ branches: [[Operation]]) throws {
        let (input, token) = (input, token)
        if branches.count == 2 {
            let tokens = try saga.all(
                { try Interpreter.run(branches[0], $0, input, token: token) },
                { try Interpreter.run(branches[1], $0, input, token: token) })
            self.token = "\(tokens.0.suffix(8))+\(tokens.1.suffix(8))"
        } else {
            let tokens = try saga.all(branches) { try Interpreter.run($1, $0, input, token: token) }
            self.token = tokens.map { $0.suffix(8) }.joined(separator: "+")
        }
    }

    private mutating func race(_ branches: [[Operation]]) throws {
        let (input, token) = (input, token)
        func branch(_ index: Int) -> (SagaContext) throws -> String {
            { try Interpreter.run(branches[index], $0, input, token: token) }
        }
        self.token =
            branches.count == 2
            ? try saga.race(branch(0), branch(1))
            : try saga.race(branch(0), branch(1), branch(2))
    }

    private func child(_ input: ProgramInput, _ key: String, _ isUndone: Bool) throws {
        guard isUndone else {
            try saga.child(ProgramSaga.self, key: key, input: input)
            return
        }
        try saga.child(ProgramSaga.self, key: key, input: input) { _ in UndoLocally(effect: "child/\(key)") }
    }

    // MARK: Events

    private mutating func wait(_ kind: EventKind, _ minimum: Int, _ upTo: Int?) throws {
        switch kind {
        case .nudge: token = "n\(try wait(Nudge.self, upTo) { $0.value >= minimum }?.value ?? -1)"
        case .approval: token = "a\(try wait(Approval.self, upTo) { $0.value >= minimum }?.value ?? -1)"
        }
    }

    private func wait<E: Event>(_: E.Type, _ upTo: Int?, _ matches: @escaping (E) -> Bool) throws -> E? {
        guard let upTo else { return try saga.wait(for: E.self, where: matches) }
        return try saga.wait(for: E.self, upTo: .seconds(upTo), where: matches)
    }
}

// MARK: Commands

extension Interpreter {
    private func perform(_ act: Act) throws -> String {
        switch act.target {
        case .local: try perform(ActLocally(token, act), act) { UndoLocally(effect: $0.effect) }
        case .probed: try perform(ActProbed(token, act), act) { UndoProbed(effect: $0.effect) }
        case .unique: try perform(ActUnique(token, act), act) { UndoUnique(effect: $0.effect) }
        }
    }

    private func perform<C: Command, U: Command>(
        _ command: C, _ act: Act, undo: @escaping (Receipt) -> U
    ) throws -> String where C.Reply == Receipt {
        guard act.isUndone else { return try saga.perform(command).effect }
        return try saga.perform(command, undo: undo).effect
    }

    private mutating func attempt(_ act: Act, _ within: Int?) throws {
        switch act.target {
        case .local: token = try attempt(ActLocally(token, act), act, within) { UndoLocally(effect: $0.effect) }
        case .probed: token = try attempt(ActProbed(token, act), act, within) { UndoProbed(effect: $0.effect) }
        case .unique: token = try attempt(ActUnique(token, act), act, within) { UndoUnique(effect: $0.effect) }
        }
    }

    /// The undo that is `nil` for some replies is one of the two ways to have none.
    private func attempt<C: Command, U: Command>(
        _ command: C, _ act: Act, _ within: Int?, undo: @escaping (Receipt) -> U
    ) throws -> String where C.Reply == Receipt {
        let (isUndone, within) = (act.isUndone, within.map { Duration.seconds($0) })
        let answer =
            isUndone || act.target == .local
            ? try saga.attempt(command, within: within) { isUndone ? undo($0) : nil }
            : try saga.attempt(command, within: within)
        switch answer {
        case .accepted(let receipt): return receipt.effect
        case .refused(let refusal): return refusal.code
        case .timedOut: return "late"
        }
    }
}
