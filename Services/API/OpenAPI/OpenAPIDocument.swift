/// The OpenAPI 3.1 description, made from the endpoints themselves and the schemas.
enum OpenAPIDocument {
    static func make(_ endpoints: [Endpoint]) -> JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "StateSet API", "version": "1",
                "description":
                    "Order operations: orders, returns, warranties, tickets, refunds, sagas, webhooks, dead letters and keys.",
            ],
            "servers": [["url": "/"]],
            "security": [["key": []]],
            "paths": paths(endpoints),
            "components": [
                "securitySchemes": ["key": ["type": "http", "scheme": "bearer", "bearerFormat": "sk_…"]],
                "schemas": .object(Schemas.all),
                "responses": .object(problems),
            ],
        ]
    }

    private static func paths(_ endpoints: [Endpoint]) -> JSON {
        var paths: [JSON.Member] = []
        for endpoint in endpoints {
            let method = JSON.Member(name: endpoint.method.rawValue, value: operation(endpoint))
            if let index = paths.firstIndex(where: { $0.name == endpoint.fullPath }) {
                paths[index].value = paths[index].value.adding([method])
            } else {
                paths.append(.init(name: endpoint.fullPath, value: .object([method])))
            }
        }
        return .object(paths + openPaths)
    }

    private static func operation(_ endpoint: Endpoint) -> JSON {
        let operation = endpoint.operation
        var members: [JSON.Member] = [
            .init(name: "operationId", value: .string(operation.id)),
            .init(name: "summary", value: .string(operation.summary)),
            .init(name: "tags", value: [.string(String(endpoint.path.split(separator: "/")[0]))]),
            .init(name: "x-scope", value: .string(endpoint.scope.rawValue)),
            .init(name: "parameters", value: .array(parameters(endpoint))),
        ]
        if let body = operation.body {
            members.append(
                .init(
                    name: "requestBody",
                    value: ["required": .bool(!operation.isBodyOptional), "content": content(body)]))
        }
        members.append(.init(name: "responses", value: responses(endpoint)))
        return .object(members)
    }

    private static func parameters(_ endpoint: Endpoint) -> [JSON] {
        let path = endpoint.fullPath.split(separator: "/").filter { $0.hasPrefix("{") }.map { part -> JSON in
            [
                "name": .string(String(part.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string"],
            ]
        }
        let query = endpoint.operation.query.map { parameter -> JSON in
            [
                "name": .string(parameter.name), "in": "query", "description": .string(parameter.description),
                "schema": parameter.schema,
            ]
        }
        return path + query + (endpoint.method.takesIdempotencyKey ? [idempotencyKey] : [])
            + (endpoint.operation.isConditional ? [ifMatch] : [])
    }

    private static func responses(_ endpoint: Endpoint) -> JSON {
        let answers = endpoint.operation.answers.sorted { $0.key < $1.key }.map { status, schema in
            let answer: JSON = ["description": "Done.", "content": content(schema)]
            return JSON.Member(
                name: "\(status)", value: endpoint.operation.isVersioned ? answer.adding(["headers": etag]) : answer)
        }
        let files = endpoint.operation.files.map { JSON.Member(name: $0, value: [:]) }
        let file: JSON = ["description": "The file.", "content": .object(files)]
        let statuses =
            (endpoint.method == .get ? [401, 403, 404, 422] : [400, 401, 403, 404, 409, 413, 422])
            + (endpoint.operation.isConditional ? [412] : []) + [500, 503]
        return .object(
            answers + (files.isEmpty ? [] : [.init(name: "200", value: file)])
                + statuses.sorted().map { .init(name: "\($0)", value: ["$ref": "#/components/responses/\($0)"]) })
    }

    private static func content(_ schema: String) -> JSON {
        ["application/json": ["schema": Schemas.reference(schema)]]
    }

    private static let idempotencyKey: JSON = [
        "name": "Idempotency-Key", "in": "header", "schema": ["type": "string", "maxLength": 255],
        "description": "A repeat with the same key, body and If-Match gets the first answer; with others 422.",
    ]

    private static let ifMatch: JSON = [
        "name": "If-Match", "in": "header", "schema": ["type": "string"],
        "description": "The ETag of what was read: changes nothing and answers 412 if it is another by now.",
    ]

    private static let etag: JSON = [
        "ETag": ["schema": ["type": "string"], "description": "Strong; another as soon as anything of it changes."]
    ]

    private static var problems: [JSON.Member] {
        [400, 401, 403, 404, 409, 412, 413, 422, 500, 503].map { status in
            .init(
                name: "\(status)",
                value: [
                    "description": .string(status == 503 ? unavailable : Problem(status, "", "").title),
                    "content": ["application/problem+json": ["schema": Schemas.reference("Problem")]],
                ])
        }
    }

    private static let unavailable =
        "Not available: the database, or the owner of what was asked for. A command that was passed on is carried out "
        + "later: look before it is repeated, or repeat it under the same Idempotency-Key."

    /// What is served without a key.
    private static var openPaths: [JSON.Member] {
        [
            ("/health/live", "Whether the process lives"), ("/health/ready", "Whether it can work"),
            ("/openapi.json", "This document"),
        ]
        .map { path, summary in
            .init(
                name: path,
                value: [
                    "get": [
                        "summary": .string(summary), "security": [],
                        "responses": ["200": ["description": "Yes."]],
                    ]
                ])
        }
    }
}
