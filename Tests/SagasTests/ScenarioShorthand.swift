import Foundation
import Messaging
import Sagas

/// What the tests of the engine itself say in terms of paths and JSON.
extension SagaScenario {
    static let epoch = Date(timeIntervalSince1970: 1_772_619_330)

    /// Every command sent so far: `Book(1)` for the first attempt of a step, `undo {"id":"f1"}(1)` for an undo.
    var log: [String] {
        sent.map { $0.isUndo ? "undo \($0.request.text)(\($0.attempt))" : "\($0.name)(\($0.attempt))" }
    }

    mutating func accept(_ path: String, _ json: String = "{}", attempt: Int? = nil, run: Int? = nil) throws {
        try answer(path, .accepted(RawJSON(text: json)), attempt: attempt, run: run)
    }

    mutating func refuse(_ path: String, _ code: String = "no", attempt: Int? = nil) throws {
        try answer(path, .refused(Refusal(code: code, message: "because")), attempt: attempt)
    }

    mutating func deliver(_ type: String, _ json: String) throws {
        try deliver(type, RawJSON(text: json))
    }

    func address(_ path: String) throws -> SagaAddress {
        let machine = try machine
        return SagaAddress(
            sagaID: machine.saga.id, run: machine.saga.run, path: path, attempt: machine.steps[path]?.attempt ?? 1)
    }
}
