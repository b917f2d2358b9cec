import Commerce
import Foundation

/// One message: CloudEvents 1.0 in structured JSON.
///
/// Everything is read from the body; AMQP properties are copies for tools. Only `id`, `type`, `source`, `workspaceid`
/// and `data` are required, so that a person can publish one by hand.
/// Source: CloudEvents 1.0 (attributes and the JSON event format).
public struct Envelope: Sendable {
    public let attributes: Attributes
    /// The whole message as it travels.
    public let body: [UInt8]

    public struct Attributes: Codable, Sendable {
        public var specversion = "1.0"
        public var id: String
        public var type: String
        public var source: String
        public var workspaceid: WorkspaceID
        public var subject: String?
        public var time: Date?
        public var correlationid: String?
        public var causationid: String?
        public var traceparent: String?
        public var dataschema: String?
        /// Who caused it: a service, an API key's principal, an operator.
        public var actor: String?
        // The step of the saga that asks, copied into the reply.
        public var sagaid: SagaID?
        public var sagarun: Int?
        public var sagapath: String?
        public var sagaattempt: Int?

        public init(id: String, type: String, source: String, workspaceid: WorkspaceID) {
            self.id = id
            self.type = type
            self.source = source
            self.workspaceid = workspaceid
        }
    }

    /// Reads a message.
    /// - Throws: ``MalformedMessage`` that names what is wrong.
    public init(body: [UInt8]) throws {
        do {
            attributes = try WireJSON.decoder().decode(Attributes.self, from: Data(body))
        } catch {
            throw MalformedMessage(decodingError: error)
        }
        guard attributes.specversion == "1.0" else {
            throw MalformedMessage("specversion is '\(attributes.specversion)', 1.0 is needed")
        }
        guard !attributes.id.isEmpty, !attributes.type.isEmpty else {
            throw MalformedMessage("id and type must not be empty")
        }
        self.body = body
    }

    public init(_ attributes: Attributes, data: RawJSON) throws {
        var head = try WireJSON.encoder().encode(attributes)
        head.removeLast()
        self.attributes = attributes
        body = Array(head) + Array(#","data":"#.utf8) + data.bytes + [UInt8(ascii: "}")]
    }

    /// Reads `data`.
    /// - Throws: ``MalformedMessage`` that names the field.
    public func data<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        do {
            return try WireJSON.decoder().decode(DataOnly<Value>.self, from: Data(body)).data
        } catch {
            throw MalformedMessage(decodingError: error)
        }
    }

    /// `data` as JSON, unread.
    public func rawData() throws -> RawJSON {
        let object = try JSONSerialization.jsonObject(with: Data(body))
        guard let data = (object as? [String: Any])?["data"] else { throw MalformedMessage("'data' is missing") }
        return RawJSON(
            bytes: Array(
                try JSONSerialization.data(
                    withJSONObject: data, options: [.sortedKeys, .fragmentsAllowed, .withoutEscapingSlashes])))
    }

    private struct DataOnly<Value: Decodable>: Decodable {
        let data: Value
    }
}

/// A message that can never be processed: it goes straight to the dead letters.
public struct MalformedMessage: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }

    init(decodingError error: any Error) {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            description = "'\(Self.path(context.codingPath + [key]))' is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            let path = Self.path(context.codingPath)
            description =
                path.isEmpty
                ? "not a JSON object: \(context.debugDescription)" : "'\(path)': \(context.debugDescription)"
        default:
            description = "cannot be read: \(error)"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
