import Commerce

/// The stock of draft orders, which a draft alone keeps from nobody, and of which REST knows nothing.
///
/// Not in the pages of the contract the other calls are written from; the fields are those of the shop's reference of
/// `draftOrderUpdate` and `DraftOrder.reserveInventoryUntil`.
extension ShopifyClient {
    // LIMIT: what the shop charges for one mutation; reading one draft costs less.
    private static let reservationCost = 10.0

    /// Has the shop keep the goods of an open draft order from its other customers until then. Idempotent: may be sent
    /// again after a lost answer, and another time takes the place of the one before.
    ///
    /// *Not guaranteed*: any change of a draft cuts off a checkout that the customer has begun, so that it stays open
    /// although it is paid. Call it before the invoice is sent.
    ///
    /// - Parameter until: RFC 3339.
    /// - Returns: until when the shop keeps them, in its words.
    ///
    /// Failure: `refused` in the shop's words, as for a draft that is gone or is an order by now.
    public func reserveGoods(of draft: ShopifyID, until: String) async throws(ProviderFailure) -> String {
        let query =
            "mutation($id:ID!,$input:DraftOrderInput!){draftOrderUpdate(id:$id,input:$input)"
            + "{draftOrder{reserveInventoryUntil} userErrors{field message}}}"
        let variables: JSONValue = [
            "id": .string(draft.gid("DraftOrder")), "input": ["reserveInventoryUntil": .string(until)],
        ]
        let data = try await graphQL(
            query, variables: variables, .write, cost: Self.reservationCost, as: UpdateAnswer.self)
        guard let payload = data.draftOrderUpdate else { throw .malformedAnswer(.write) }
        if let error = payload.userErrors.first {
            throw .refused(code: error.code?.lowercased() ?? "user_error", message: error.message)
        }
        guard let changed = payload.draftOrder else { throw .malformedAnswer(.write) }
        guard let reservedUntil = changed.reserveInventoryUntil else {
            throw .refused(code: "not_reserved", message: "The shop shows no reservation of the goods.")
        }
        return reservedUntil
    }

    /// Until when the shop keeps the goods of a draft order, RFC 3339; nil where it does not.
    ///
    /// Failure: `refused("not_found")` when there is no such draft.
    public func reservation(of draft: ShopifyID) async throws(ProviderFailure) -> String? {
        let query = "query($id:ID!){draftOrder(id:$id){reserveInventoryUntil}}"
        let variables: JSONValue = ["id": .string(draft.gid("DraftOrder"))]
        let data = try await graphQL(
            query, variables: variables, .read, cost: Self.reservationCost, as: ReadAnswer.self)
        guard let found = data.draftOrder else {
            throw .refused(code: "not_found", message: "The shop has no draft order \(draft).")
        }
        return found.reserveInventoryUntil
    }
}

private struct Reserved: Decodable {
    let reserveInventoryUntil: String?
}

private struct UpdateAnswer: Decodable {
    struct Payload: Decodable {
        let draftOrder: Reserved?
        let userErrors: [ShopifyUserError]
    }

    let draftOrderUpdate: Payload?
}

private struct ReadAnswer: Decodable {
    let draftOrder: Reserved?
}
