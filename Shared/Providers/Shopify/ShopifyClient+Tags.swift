import Commerce

extension ShopifyClient {
    // LIMIT: what the shop charges for one mutation.
    private static let mutationCost = 10.0

    /// Adds tags to an order and leaves the others alone. Idempotent: may be sent again after a lost answer.
    public func addTags(_ tags: [String], to order: ShopifyID) async throws(ProviderFailure) {
        try await changeTags("tagsAdd", tags, of: order)
    }

    /// Removes tags from an order; those it does not have are no error. Idempotent.
    public func removeTags(_ tags: [String], from order: ShopifyID) async throws(ProviderFailure) {
        try await changeTags("tagsRemove", tags, of: order)
    }

    private func changeTags(_ mutation: String, _ tags: [String], of order: ShopifyID) async throws(ProviderFailure) {
        let query =
            "mutation($id:ID!,$tags:[String!]!){\(mutation)(id:$id,tags:$tags){node{id} userErrors{field message}}}"
        let variables: JSONValue = ["id": .string(order.gid("Order")), "tags": .array(tags.map(JSONValue.string))]
        let data = try await graphQL(
            query, variables: variables, .write, cost: Self.mutationCost, as: [String: TagsPayload?].self)
        guard let payload = data[mutation] ?? nil else { throw .malformedAnswer(.write) }
        if let error = payload.userErrors.first {
            throw .refused(code: error.code?.lowercased() ?? "user_error", message: error.message)
        }
    }
}

private struct TagsPayload: Decodable {
    let userErrors: [ShopifyUserError]
}
