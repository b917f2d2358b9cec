import Foundation

/// `POST /graphql.json`: errors are told in a 200.
extension ShopifySimulator {
    // What the provider charges for a mutation.
    private static let mutationCost = 10.0

    mutating func graphQL(_ request: SimulatedRequest) -> SimulatedResponse {
        guard request.method == "POST" else { return SimulatedResponse(status: 405) }
        guard let query = request.json["query"].string else {
            return Refusal.shopify(400, "Required parameter missing or invalid").response
        }
        let document: GraphQLDocument
        do {
            document = try GraphQLParser.parse(query)
        } catch {
            return Self.failure("syntax error: \(error)", code: nil)
        }
        if let unknown = document.fields.first(where: { !Self.knows($0, document.kind) }) {
            let type = document.kind == .mutation ? "Mutation" : "QueryRoot"
            return Self.failure("Field '\(unknown.name)' doesn't exist on type '\(type)'", code: "undefinedField")
        }
        return run(document, request)
    }

    private mutating func run(_ document: GraphQLDocument, _ request: SimulatedRequest) -> SimulatedResponse {
        let cost = Self.mutationCost * Double(document.fields.count)
        guard graphQLBucket.admit(cost, now: request.now) else {
            let errors: JSON = [["message": "Throttled", "extensions": ["code": "THROTTLED"]]]
            var response = SimulatedResponse.json(["errors": errors, "extensions": extensions(cost, paid: false)])
            response.applied = false
            return response
        }
        var data = JSONObject()
        var refused = false
        for field in document.fields {
            let arguments = field.arguments.mapValues { $0.resolved(request.json["variables"]) }
            let payload = changeTags(arguments, adding: field.name == "tagsAdd", now: request.now)
            refused = refused || payload["userErrors"].array?.isEmpty == false
            data[field.alias] = field.select(from: payload)
        }
        var response = SimulatedResponse.json(["data": .object(data), "extensions": extensions(cost, paid: true)])
        response.applied = !refused
        return response
    }

    private static func knows(_ field: GraphQLDocument.Field, _ kind: GraphQLDocument.Kind) -> Bool {
        kind == .mutation && ["tagsAdd", "tagsRemove"].contains(field.name)
    }

    private func extensions(_ cost: Double, paid: Bool) -> JSON {
        [
            "cost": [
                "requestedQueryCost": .int(Int(cost)),
                "actualQueryCost": paid ? .int(Int(cost)) : .null,
                "throttleStatus": [
                    "maximumAvailable": .int(Int(graphQLBucket.size)),
                    "currentlyAvailable": .int(graphQLBucket.free),
                    "restoreRate": .int(Int(graphQLBucket.leakPerSecond)),
                ],
            ]
        ]
    }

    private static func failure(_ message: String, code: String?) -> SimulatedResponse {
        var error = JSONObject([("message", .string(message))])
        if let code { error["extensions"] = ["code": .string(code)] }
        var response = SimulatedResponse.json(["errors": [.object(error)]])
        response.applied = false
        return response
    }
}
