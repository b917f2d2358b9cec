import Foundation

/// `POST /graphql.json`: errors are told in a 200.
extension ShopifySimulator {
    // What the provider charges for a mutation.
    private static let mutationCost = 10.0

    mutating func graphQL(_ request: SimulatedRequest, version: String) -> SimulatedResponse {
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
        if let problem = GraphQLSchema.problem(document) { return Self.failure(problem, code: "undefinedField") }
        return run(document, request, version)
    }

    private mutating func run(
        _ document: GraphQLDocument, _ request: SimulatedRequest, _ version: String
    ) -> SimulatedResponse {
        let cost = Self.mutationCost * Double(document.fields.count)
        guard graphQLBucket.admit(cost, now: request.now) else {
            let errors: JSON = [["message": "Throttled", "extensions": ["code": "THROTTLED"]]]
            var response = SimulatedResponse.json(["errors": errors, "extensions": extensions(cost, paid: false)])
            response.applied = false
            return response
        }
        var data = JSONObject()
        var applied = true
        for field in document.fields {
            let call = GraphQLCall(field, variables: request.json["variables"], version: version, now: request.now)
            do throws(GraphQLFailure) {
                let payload = try answer(call)
                applied = applied && !payload.isReplay && payload.json["userErrors"].array?.isEmpty != false
                data[field.alias] = field.select(from: payload.json)
            } catch {
                return Self.failure(error.message, code: error.code)
            }
        }
        var response = SimulatedResponse.json(["data": .object(data), "extensions": extensions(cost, paid: true)])
        response.applied = applied
        return response
    }

    private mutating func answer(_ call: GraphQLCall) throws(GraphQLFailure) -> GraphQLPayload {
        switch call.name {
        case "refundCreate": return try createRefund(call)
        case "productVariants": return GraphQLPayload(json: variants(call.arguments))
        case "storeCreditAccountCredit": return try creditAccount(call)
        case "inventoryAdjustQuantities": return try adjustStock(call)
        case "location": return GraphQLPayload(json: Self.locationNode(call.arguments))
        case "customer": return GraphQLPayload(json: customerNode(call.arguments))
        case "order": return GraphQLPayload(json: orderNode(call.arguments))
        case "draftOrderUpdate": return try updateDraftOrder(call)
        case "draftOrder": return GraphQLPayload(json: draftOrderNode(call.arguments))
        default:
            return GraphQLPayload(json: changeTags(call.arguments, adding: call.name == "tagsAdd", now: call.now))
        }
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

/// One field of an operation with its variables put in.
struct GraphQLCall: Sendable {
    let name: String
    let arguments: [String: JSON]
    /// The key of `@idempotent(key:)`; nil without the directive.
    let idempotencyKey: String?
    let hasDirective: Bool
    let version: String
    let now: Date

    init(_ field: GraphQLDocument.Field, variables: JSON, version: String, now: Date) {
        name = field.name
        arguments = field.arguments.mapValues { $0.resolved(variables) }
        let directive = field.directives["idempotent"]
        hasDirective = directive != nil
        idempotencyKey = directive?["key"]?.resolved(variables).string
        self.version = version
        self.now = now
    }

    /// Versions are `YYYY-MM`; `unstable` is ahead of all.
    func isAtLeast(_ other: String) -> Bool { version == "unstable" || version >= other }
}

struct GraphQLPayload: Sendable {
    var json: JSON
    /// Whether it is the answer to an earlier sending, and nothing was done now.
    var isReplay = false
}

/// An error of the whole operation: nothing of it was done.
struct GraphQLFailure: Error {
    var message: String
    var code: String?
}
