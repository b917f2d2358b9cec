import Contracts
import Messaging

extension ReturnRequest {
    // LIMIT: more lines than an order has; names longer than anybody's.
    private static let linesMax = 250
    private static let charactersMax = 500

    /// Refuses what is too large to be meant; everything else is decided by the owner of returns. Failure: 422.
    func checkBounds() throws(Problem) {
        for (field, count) in [("lines", lines.count), ("exchange_lines", exchangeLines?.count ?? 0)]
        where count > Self.linesMax {
            throw .invalid(field, "It must hold at most \(Self.linesMax) lines.")
        }
        let quantities =
            lines.enumerated().map { ("lines.\($0)", $1.quantity) }
            + (exchangeLines ?? []).enumerated().map { ("exchange_lines.\($0)", $1.quantity) }
        for (field, quantity) in quantities where quantity > Self.unitsMax {
            throw Problem(
                422, "bad_quantity", "Give a quantity of at most \(Self.unitsMax).", field: "\(field).quantity")
        }
        for (field, text) in texts where (text?.count ?? 0) > Self.charactersMax {
            throw .invalid(field, "It must be at most \(Self.charactersMax) characters.")
        }
        do {
            try checkEvidence()
        } catch {
            throw Problem(error, allowed: [])
        }
    }

    private var texts: [(String, String?)] {
        let own: [(String, String?)] = [
            ("order_id", orderID), ("order_number", orderNumber), ("email", email), ("currency", currency),
            ("locale", locale),
            ("helpdesk.provider", helpdesk?.provider), ("helpdesk.ticket_id", helpdesk?.ticketID),
            ("subscription.provider", subscription?.provider), ("subscription.id", subscription?.id),
            ("subscription.reason", subscription?.reason),
        ]
        let asked = lines.enumerated().flatMap { index, line in
            [
                ("lines.\(index).line_id", line.lineID), ("lines.\(index).sku", line.sku),
                ("lines.\(index).reason", line.reason),
            ]
        }
        let wanted = (exchangeLines ?? []).enumerated().map { index, line in
            ("exchange_lines.\(index).sku", Optional(line.sku))
        }
        return own + asked + wanted
    }
}
