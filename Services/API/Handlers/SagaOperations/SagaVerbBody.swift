import Commerce
import Contracts
import Foundation

/// What a verb is given: the reason always, the rest as the verb needs it.
struct SagaVerbBody: Decodable, Sendable {
    var reason: String
    var name: String?
    var data: JSON?
    var path: String?
    var result: JSON?
    var keepUndo: Bool?

    enum CodingKeys: String, CodingKey {
        case reason, name, data, path, result
        case keepUndo = "keep_undo"
    }

    /// Failure: 422 with the member that is missing or wrong.
    func command(_ verb: OperateSaga.Verb, for saga: SagaID) throws(Problem) -> OperateSaga {
        var command = OperateSaga(sagaID: saga, verb: verb, reason: try ReasonBody.checked(reason))
        switch verb {
        case .signal:
            command.signal = try signal()
        case .skip:
            command.path = try checkedPath()
            command.result = result?.text
            command.keepUndo = keepUndo ?? false
        case .fireTimer:
            command.path = try checkedPath()
        case .pause, .resume, .retry, .cancel, .terminate, .restart:
            break
        }
        return command
    }

    private func signal() throws(Problem) -> OperateSaga.Signal {
        guard let name, !name.isEmpty else {
            throw .invalid("name", "Name the event that the saga waits for.")
        }
        let data = data ?? [:]
        guard data.isObject else { throw .invalid("data", "It must be an object.") }
        return .init(name: name, data: data.text)
    }

    private func checkedPath() throws(Problem) -> String {
        guard let path, !path.isEmpty else {
            throw .invalid("path", "Name the step by its path, as the saga shows it.")
        }
        return path
    }
}
