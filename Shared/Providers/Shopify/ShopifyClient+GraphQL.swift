import Commerce
import HTTPTransport

extension ShopifyClient {
    /// Runs a query or mutation and gives its data.
    /// - Parameter cost: the points that the shop charges.
    func graphQL<Payload: Decodable>(
        _ query: String, variables: JSONValue, _ effect: ProviderEffect, cost: Double, as type: Payload.Type
    ) async throws(ProviderFailure) -> Payload {
        let body = try ProviderJSON.encode(["query": .string(query), "variables": variables] as JSONValue)
        let url = "\(settings.baseURL)/admin/api/\(settings.graphQLVersion)/graphql.json"
        let answer = try await graphQLLink.send(
            request("POST", url: url, body: body), effect, cost: cost, as: ShopifyGraphQLAnswer<Payload>.self)
        if let error = answer.errors.first {
            throw Self.failure(error, cost: answer.cost, effect)
        }
        guard let data = answer.data else { throw .malformedAnswer(effect) }
        return data
    }

    /// An error inside an answer of status 200.
    private static func failure(
        _ error: ShopifyGraphQLError, cost: ShopifyGraphQLCost?, _ effect: ProviderEffect
    ) -> ProviderFailure {
        let words = ProviderWords(code: error.code?.lowercased() ?? "graphql_error", message: error.message)
        switch error.code {
        case "THROTTLED": return .transient(words, retryAfter: cost?.wait)
        case "INTERNAL_SERVER_ERROR": return effect.uncertain(words)
        default: return .refused(code: words.code, message: words.message)
        }
    }
}
