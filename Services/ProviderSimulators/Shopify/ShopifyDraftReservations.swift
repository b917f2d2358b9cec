import Foundation

/// Until when the goods of a draft order are kept: `draftOrderUpdate`, of which nothing else is known here, and
/// `draftOrder(id:)`. REST neither sets nor shows it.
extension ShopifySimulator {
    private static let reservationField = "reserveInventoryUntil"

    mutating func updateDraftOrder(_ call: GraphQLCall) throws(GraphQLFailure) -> GraphQLPayload {
        guard call.isAtLeast("2022-10") else {
            throw GraphQLFailure(
                message: "Field '\(Self.reservationField)' doesn't exist on type 'DraftOrder'", code: "undefinedField")
        }
        let until = try Self.reservedUntil(call.arguments["input"] ?? .null)
        guard var draft = namedDraft(call.arguments) else {
            return Self.unreserved(["id"], "Draft order does not exist")
        }
        guard draft.status != "completed" else { return Self.unreserved(["id"], "This order has been paid") }
        if until != nil, let reservationRefusal {
            return Self.unreserved(["input", Self.reservationField], reservationRefusal)
        }
        draft.reservedUntil = until
        _ = save(draft, topic: "draft_orders/update", now: call.now)
        return GraphQLPayload(json: ["draftOrder": draft.graphQL(), "userErrors": []])
    }

    /// Null for an id that no draft order has.
    func draftOrderNode(_ arguments: [String: JSON]) -> JSON { namedDraft(arguments)?.graphQL() ?? .null }

    /// `{"refusal":"…"}`: what the shop says to whoever reserves goods from now on; null lifts it.
    mutating func setReservationRefusal(_ call: Call) throws -> SimulatedResponse {
        reservationRefusal = call.request.json["refusal"].string
        return .json(["refusal": .text(reservationRefusal)])
    }

    /// Nil for null, which releases the goods.
    private static func reservedUntil(_ input: JSON) throws(GraphQLFailure) -> Date? {
        let text = input[reservationField].string
        let until = text.flatMap { Timestamps.parse($0, zone: .gmt) }
        guard input.object?.keys == [reservationField], (until == nil) == input[reservationField].isNull else {
            throw GraphQLFailure(
                message: "Variable $input of type DraftOrderInput! was provided invalid value",
                code: "INVALID_VARIABLE")
        }
        return until
    }

    private func namedDraft(_ arguments: [String: JSON]) -> ShopifyDraftOrder? {
        ShopifyRefundInput.number(arguments["id"] ?? .null, "DraftOrder").flatMap { draftOrders[$0] }
    }

    private static func unreserved(_ field: [String], _ message: String) -> GraphQLPayload {
        GraphQLPayload(json: [
            "draftOrder": nil,
            "userErrors": [["field": .array(field.map(JSON.string)), "message": .string(message)]],
        ])
    }
}

extension ShopifyDraftOrder {
    /// As the simulator's own state shows it: with what REST does not tell.
    func stateJSON() -> JSON {
        var members = json().object ?? JSONObject()
        members["reserve_inventory_until"] = reservation
        return .object(members)
    }

    fileprivate func graphQL() -> JSON {
        [
            "id": .string("gid://shopify/DraftOrder/\(id)"), "name": .string(name),
            "status": .string(status.uppercased()), "reserveInventoryUntil": reservation,
        ]
    }

    private var reservation: JSON { .text(reservedUntil.map { Timestamps.offset($0, in: .gmt) }) }
}
