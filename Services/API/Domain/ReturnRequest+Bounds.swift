import Contracts

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
        for (field, text) in texts where (text?.count ?? 0) > Self.charactersMax {
            throw .invalid(field, "It must be at most \(Self.charactersMax) characters.")
        }
    }

    private var texts: [(field: String, text: String?)] {
        let own = [
            ("order_id", orderID), ("order_number", orderNumber), ("email", email), ("currency", currency),
            ("helpdesk.provider", helpdesk?.provider), ("helpdesk.ticket_id", helpdesk?.ticketID),
            ("subscription.provider", subscription?.provider), ("subscription.id", subscription?.id),
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
