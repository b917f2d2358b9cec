import Commerce

/// What a refund gives back from.
public enum StripeRefundSource: Sendable, Equatable {
    case charge(String)
    case paymentIntent(String)

    /// By the look of the id: `ch_…` and `py_…` are charges, `pi_…` payment intents. Nil for anything else.
    public init?(id: String) {
        if id.hasPrefix("pi_") {
            self = .paymentIntent(id)
        } else if id.hasPrefix("ch_") || id.hasPrefix("py_") {
            self = .charge(id)
        } else {
            return nil
        }
    }

    var pair: (String, String) {
        switch self {
        case .charge(let id): ("charge", id)
        case .paymentIntent(let id): ("payment_intent", id)
        }
    }
}

/// A refund to make.
public struct StripeRefundDraft: Sendable, Equatable {
    public enum Reason: String, Sendable {
        case duplicate, fraudulent
        case requestedByCustomer = "requested_by_customer"
    }

    /// Names the refund for ever, e.g. `rfd_…`: its idempotency key, and in its metadata what it is found again by.
    public var key: String
    public var source: StripeRefundSource
    public var amount: Money
    public var reason: Reason?
    /// What people see of it at Stripe, e.g. the number of the return.
    public var metadata: [String: String]

    public init(
        key: String, source: StripeRefundSource, amount: Money, reason: Reason? = .requestedByCustomer,
        metadata: [String: String] = [:]
    ) {
        self.key = key
        self.source = source
        self.amount = amount
        self.reason = reason
        self.metadata = metadata
    }

    /// The member of the metadata that has the key.
    public static let keyName = "stateset_refund"
    // LIMIT: Stripe's own bound on keys, less what a further generation adds.
    static let keyMax = 240

    func form() throws(ProviderFailure) -> StripeForm {
        var form = StripeForm([source.pair])
        form.add("amount", String(try StripeAmount.count(amount)))
        form.add("reason", reason?.rawValue)
        form.add("metadata", metadata.merging([Self.keyName: key]) { $1 })
        return form
    }
}
