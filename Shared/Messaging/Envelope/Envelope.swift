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
    /// Where `data` lies in the body; `nil` when it is missing.
    private let dataRange: Range<Int>?

    public struct Attributes: Sendable {
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

    /// Reads a message: its attributes, and where its data lies. All of it must be well-formed JSON.
    /// - Throws: ``MalformedMessage`` that names what is wrong.
    public init(body: [UInt8]) throws {
        (attributes, dataRange) = try EnvelopeReader.read(body)
        guard attributes.specversion == "1.0" else {
            throw MalformedMessage("specversion is '\(attributes.specversion)', 1.0 is needed")
        }
        guard !attributes.id.isEmpty, !attributes.type.isEmpty else {
            throw MalformedMessage("id and type must not be empty")
        }
        self.body = body
    }

    public init(_ attributes: Attributes, data: RawJSON) {
        self.attributes = attributes
        (body, dataRange) = EnvelopeWriter.write(attributes, data: data)
    }

    /// Reads `data`.
    /// - Throws: ``MalformedMessage`` that names the field.
    public func data<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        let range = try presentDataRange()
        do {
            return try WireJSON.sharedDecoder.decode(Value.self, from: Data(body[range]))
        } catch {
            throw MalformedMessage(decodingError: error, in: "data")
        }
    }

    /// `data` as JSON, unread.
    public func rawData() throws -> RawJSON {
        RawJSON(bytes: Array(body[try presentDataRange()]))
    }

    func presentDataRange() throws -> Range<Int> {
        guard let dataRange else { throw MalformedMessage("'data' is missing") }
        return dataRange
    }
}
