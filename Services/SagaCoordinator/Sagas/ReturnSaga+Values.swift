import Commerce

struct ReturnReference: Codable, Sendable {
    var returnID: ReturnID
    var orderID: OrderID

    enum CodingKeys: String, CodingKey {
        case returnID = "return_id"
        case orderID = "order_id"
    }
}

struct ReturnOutcome: Codable, Sendable {
    /// Nil where nothing was given back.
    var refundID: RefundID?

    enum CodingKeys: String, CodingKey {
        case refundID = "refund_id"
    }
}

extension ReturnSaga {
    /// What has become of the money.
    enum Payment {
        case made(RefundID)
        /// Nothing is given back; it may have been tried before.
        case nothing(past: Bool)
        /// What was to be given back has not arrived, and a person does not have it tried again. There is only forward.
        case givenUp

        var refundID: RefundID? {
            guard case .made(let id) = self else { return nil }
            return id
        }
    }
}
