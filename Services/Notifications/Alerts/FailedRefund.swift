import Contracts
import Messaging

/// What `refund.failed` says, as people are told it.
struct FailedRefund: Decodable {
    var orderID: String?
    var returnID: String?
    var amount: String?
    var currency: String?
    /// Why it failed; its `reason` is why it was asked for.
    var error: Refusal?

    enum CodingKeys: String, CodingKey {
        case amount, currency, error
        case orderID = "order_id"
        case returnID = "return_id"
    }

    /// Each refund has a key of its own: it is a fact that somebody has to see to, and not more of one trouble.
    func alert(about subject: String) -> SendSlackAlert.Alert {
        var fields = ["refund": subject]
        fields["order"] = orderID
        fields["return"] = returnID
        if let amount { fields["amount"] = [amount, currency].compactMap(\.self).joined(separator: " ") }
        return SendSlackAlert.Alert(
            key: "\(PublicEvent.refundFailed.rawValue)/\(subject)", title: "A refund failed",
            text: error?.message ?? "Nothing tells why.", fields: fields, next: ["stateset refunds show \(subject)"])
    }
}
