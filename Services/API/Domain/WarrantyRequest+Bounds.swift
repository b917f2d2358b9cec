import Contracts

extension WarrantyRequest {
    // LIMIT: names longer than anybody's; a description that a person still reads.
    private static let charactersMax = 500
    private static let descriptionMax = 5_000

    /// Refuses what is too large to be meant; everything else is decided by the owner of claims. Failure: 422.
    func checkBounds() throws(Problem) {
        let texts = [
            ("order_id", orderID), ("order_number", orderNumber), ("email", email),
            ("registration_id", registrationID), ("line_id", lineID), ("sku", sku), ("problem", problem),
            ("helpdesk.provider", helpdesk?.provider), ("helpdesk.ticket_id", helpdesk?.ticketID),
        ]
        for (field, text) in texts where (text?.count ?? 0) > Self.charactersMax {
            throw .invalid(field, "It must be at most \(Self.charactersMax) characters.")
        }
        guard (description?.count ?? 0) <= Self.descriptionMax else {
            throw .invalid("description", "It must be at most \(Self.descriptionMax) characters.")
        }
    }
}
