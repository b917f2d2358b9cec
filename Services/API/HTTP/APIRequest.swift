import Commerce
import Foundation
import Messaging

/// A request that was let in: who asks, for what.
struct APIRequest: Sendable {
    var id: String
    var method: String
    /// With the workspace, without the query.
    var path: String
    var parameters: [String: String]
    var query: Query
    var caller: Caller
    var traceparent: String?
    /// The caller's name for what is intended, where one was given.
    var idempotencyKey: String?
    /// What the caller has seen of the thing that is to change.
    var precondition: Precondition?
    var body: [UInt8]

    var workspaceID: WorkspaceID { caller.workspaceID }

    /// What every message and audit row caused by this request carries.
    var context: MessageContext {
        MessageContext(workspaceID: workspaceID, actor: caller.principal, traceparent: traceparent)
    }

    /// An id of the path. Failure: 404, whatever is wrong with it.
    func id<Tag: IDTag>(_ type: ID<Tag>.Type, parameter: String = "id") throws(Problem) -> ID<Tag> {
        guard let text = parameters[parameter], let id = ID<Tag>(text) else { throw .notFound }
        return id
    }
}

extension APIRequest {
    /// Reads the body. Failure: 400 when it is not JSON, 422 with the field that is wrong.
    func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(Problem) -> Value {
        // WHY: the databases behind the commands cannot store it; their owners would fail on it again and again.
        if String(decoding: body, as: UTF8.self).contains(#"\u0000"#) { throw .nullCharacter() }
        do {
            return try WireJSON.decoder().decode(type, from: Data(body))
        } catch let error as DecodingError {
            throw Problem(error)
        } catch {
            throw Problem(400, "malformed", "The body is not JSON.")
        }
    }
}

extension Problem {
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .invalid(Self.path(context.codingPath + [key]), "It is missing.")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            self = Self.wrongForm(context)
        case .dataCorrupted(let context):
            self =
                context.codingPath.isEmpty
                ? Problem(400, "malformed", "The body is not JSON.") : Self.wrongForm(context)
        @unknown default:
            self = Problem(400, "malformed", "The body is not JSON.")
        }
    }

    private static func wrongForm(_ context: DecodingError.Context) -> Problem {
        guard !context.codingPath.isEmpty else { return Problem(400, "malformed", "The body is not a JSON object.") }
        return .invalid(path(context.codingPath), "It has the wrong form: \(context.debugDescription)")
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
