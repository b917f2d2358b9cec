import Commerce

/// A GraphQL answer: data, errors, and what the call cost.
struct ShopifyGraphQLAnswer<Payload: Decodable>: Decodable {
    let data: Payload?
    let errors: [ShopifyGraphQLError]
    let cost: ShopifyGraphQLCost?

    private enum CodingKeys: CodingKey { case data, errors, extensions }
    private struct Extensions: Decodable { let cost: ShopifyGraphQLCost? }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        errors = try container.decodeIfPresent(ShopifyGraphQLErrors.self, forKey: .errors)?.all ?? []
        cost = try container.decodeIfPresent(Extensions.self, forKey: .extensions)?.cost
        // WHY: with errors the data is null or partial; what is wrong then is the error, not its shape.
        data = errors.isEmpty ? try container.decodeIfPresent(Payload.self, forKey: .data) : nil
    }
}

struct ShopifyGraphQLError: Decodable, Equatable {
    let message: String
    let code: String?

    private enum CodingKeys: CodingKey { case message, extensions }
    private struct Extensions: Decodable { let code: String? }

    init(message: String, code: String?) {
        self.message = message
        self.code = code
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        message = try container.decodeIfPresent(String.self, forKey: .message) ?? "no message"
        code = try container.decodeIfPresent(Extensions.self, forKey: .extensions)?.code
    }
}

/// `errors` as a list of objects, or in another of the shapes that REST uses.
private struct ShopifyGraphQLErrors: Decodable {
    let all: [ShopifyGraphQLError]

    init(from decoder: any Decoder) throws {
        if let errors = try? [ShopifyGraphQLError](from: decoder) {
            all = errors
        } else {
            let text = ShopifyErrorWords.message(of: .object(["errors": try JSONValue(from: decoder)]))
            all = text.map { [ShopifyGraphQLError(message: $0, code: nil)] } ?? []
        }
    }
}

struct ShopifyGraphQLCost: Decodable, Equatable {
    struct Throttle: Decodable, Equatable {
        let maximumAvailable: Double?
        let currentlyAvailable: Double
        let restoreRate: Double
    }

    let requestedQueryCost: Double?
    let throttleStatus: Throttle?

    /// Until enough of the budget is restored for the same call; nil when the answer does not tell.
    var wait: Duration? {
        guard let requestedQueryCost, let throttleStatus, throttleStatus.restoreRate > 0 else { return nil }
        let missing = requestedQueryCost - throttleStatus.currentlyAvailable
        return .seconds(max(0, missing / throttleStatus.restoreRate))
    }
}

/// What a mutation refuses, field by field.
struct ShopifyUserError: Decodable {
    let code: String?
    let field: [String]?
    let message: String
}
