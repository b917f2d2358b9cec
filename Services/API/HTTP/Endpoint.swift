/// One thing the API can do: where, who may, how it is described, and what does it.
///
/// Router and OpenAPI document are both made from these.
struct Endpoint: Sendable {
    enum Method: String, Sendable {
        case get, post, put, patch, delete

        var hasBody: Bool { self == .post || self == .put || self == .patch }

        /// Whether an `Idempotency-Key` makes a repeat harmless; the others are so by themselves.
        var takesIdempotencyKey: Bool { self == .post || self == .patch }
    }

    var method: Method
    /// Below `/v1/workspaces/{workspace}`, e.g. `/orders/{id}/hold`.
    var path: String
    var scope: Scope
    var operation: Operation
    var handle: @Sendable (APIRequest) async throws -> APIAnswer

    static let root = "/v1/workspaces/{workspace}"

    var fullPath: String { Self.root + path }

    static func get(
        _ path: String, _ scope: Scope, _ operation: Operation,
        _ handle: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> Endpoint {
        Endpoint(method: .get, path: path, scope: scope, operation: operation, handle: handle)
    }

    static func post(
        _ path: String, _ scope: Scope, _ operation: Operation,
        _ handle: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> Endpoint {
        Endpoint(method: .post, path: path, scope: scope, operation: operation, handle: handle)
    }

    static func put(
        _ path: String, _ scope: Scope, _ operation: Operation,
        _ handle: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> Endpoint {
        Endpoint(method: .put, path: path, scope: scope, operation: operation, handle: handle)
    }

    static func patch(
        _ path: String, _ scope: Scope, _ operation: Operation,
        _ handle: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> Endpoint {
        Endpoint(method: .patch, path: path, scope: scope, operation: operation, handle: handle)
    }

    static func delete(
        _ path: String, _ scope: Scope, _ operation: Operation,
        _ handle: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> Endpoint {
        Endpoint(method: .delete, path: path, scope: scope, operation: operation, handle: handle)
    }
}

/// How an endpoint is described.
struct Operation: Sendable {
    var id: String
    var summary: String
    var query: [QueryParameter] = []
    /// The name of the body's schema.
    var body: String?
    /// The statuses of success and the names of their schemas.
    var answers: [Int: String]
    /// The types of the files that it answers with in the place of JSON.
    var files: [String] = []
    /// Whether its answers have an `ETag`.
    var isVersioned = false
    /// Whether it heeds `If-Match`.
    var isConditional = false
    /// Whether it also takes a request without a body.
    var isBodyOptional = false

    struct QueryParameter: Sendable {
        var name: String
        var description: String
        var schema: JSON = ["type": "string"]
    }

    /// A list in pages: `schema` names one item.
    static func list(_ id: String, _ summary: String, _ query: [QueryParameter], of schema: String) -> Operation {
        Operation(id: id, summary: summary, query: query + .page, answers: [200: "\(schema)List"])
    }

    static func show(_ id: String, _ summary: String, _ schema: String) -> Operation {
        Operation(id: id, summary: summary, answers: [200: schema])
    }

    /// Something an operator does to one thing, with a reason.
    static func verb(_ id: String, _ summary: String, body: String = "Reason", _ schema: String) -> Operation {
        Operation(id: id, summary: summary, body: body, answers: [202: schema])
    }

    /// The same, with an `ETag` on its answers.
    var versioned: Operation {
        var operation = self
        operation.isVersioned = true
        return operation
    }
}

extension [Operation.QueryParameter] {
    static let page: [Operation.QueryParameter] = [
        .init(
            name: "limit", description: "At most so many; \(PageRequest.limitDefault) when left out.",
            schema: ["type": "integer", "minimum": 1, "maximum": .int(PageRequest.limitMax)]),
        .init(name: "cursor", description: "next_cursor of the page before, as it came."),
    ]
}
