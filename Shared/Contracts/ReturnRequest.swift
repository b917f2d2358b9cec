import Commerce
import Foundation

/// What somebody wants to send back, as the API takes it.
public struct ReturnRequest: Codable, Sendable, Equatable {
    // LIMIT: what a person could send back in one parcel, and a request could hold.
    public static let unitsMax = 1_000

    /// Units of one line of the order, named by its id or, where only one line has it, by its SKU.
    public struct Line: Codable, Sendable, Equatable {
        public var lineID: String?
        public var sku: String?
        public var quantity: Int
        public var reason: String?
        /// What is wrong with them; the policy says for which reasons it has to be shown.
        public var evidence: [Evidence]?

        public init(
            lineID: String? = nil, sku: String? = nil, quantity: Int, reason: String? = nil,
            evidence: [Evidence]? = nil
        ) {
            self.lineID = lineID
            self.sku = sku
            self.quantity = quantity
            self.reason = reason
            self.evidence = evidence
        }

        enum CodingKeys: String, CodingKey {
            case sku, quantity, reason, evidence
            case lineID = "line_id"
        }
    }

    /// What is wanted instead.
    public struct ExchangeLine: Codable, Sendable, Equatable {
        public var sku: String
        public var quantity: Int

        public init(sku: String, quantity: Int) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    /// The ticket of a helpdesk that the return is talked about in.
    public struct Helpdesk: Codable, Sendable, Equatable {
        /// `gorgias`, `zendesk`.
        public var provider: String
        public var ticketID: String

        public init(provider: String, ticketID: String) {
            self.provider = provider
            self.ticketID = ticketID
        }

        enum CodingKeys: String, CodingKey {
            case provider
            case ticketID = "ticket_id"
        }
    }

    /// The subscription that the goods came from, and how it is cancelled, where it is.
    public struct Subscription: Codable, Sendable, Equatable {
        // LIMIT: Recharge's own is 1,024, and what we write of the return stands before it.
        public static let commentCharactersMax = 900

        public enum Ending: String, Codable, Sendable, CaseIterable {
            case now
            case periodEnd = "period_end"
        }

        /// `recharge`, `stripe`.
        public var provider: String
        public var id: String
        /// Why: at Recharge any words, which its reports group by; at Stripe one of its own.
        public var reason: String?
        public var comment: String?
        /// Whether Recharge mails the customer; left out, what its settings say.
        public var notifyCustomer: Bool?
        /// When it ends: at Recharge always now; at Stripe with the period that is paid where it is left out.
        public var at: Ending?

        public init(
            provider: String, id: String, reason: String? = nil, comment: String? = nil, notifyCustomer: Bool? = nil,
            at: Ending? = nil
        ) {
            self.provider = provider
            self.id = id
            self.reason = reason
            self.comment = comment
            self.notifyCustomer = notifyCustomer
            self.at = at
        }

        enum CodingKeys: String, CodingKey {
            case provider, id, reason, comment, at
            case notifyCustomer = "notify_customer"
        }
    }

    /// The order: by our id, or by its number together with its customer's address.
    public var orderID: String?
    public var orderNumber: String?
    public var email: String?
    public var lines: [Line]
    /// `original_payment` when left out.
    public var resolution: ReturnResolution?
    public var exchangeLines: [ExchangeLine]?
    /// `true` is short for the action `cancel`, `false` for `keep`.
    public var cancelSubscription: Bool?
    /// What is to become of the subscription; the policy says where it is left out.
    public var subscriptionAction: SubscriptionAction?
    public var helpdesk: Helpdesk?
    public var subscription: Subscription?
    /// Where the parcel is sent from; the order's shipping address when left out.
    public var shipFrom: Address?
    /// The currency the caller reckons in; refused where it is not the order's.
    public var currency: String?
    /// The language that the customer is written to in, such as `fr-CA`; that of who ordered when left out.
    public var locale: String?

    /// What is asked to become of the subscription, in either form; nil where nothing is.
    public var askedOfSubscription: SubscriptionAction? {
        subscriptionAction ?? cancelSubscription.map { $0 ? .cancel : .keep }
    }

    public init(orderID: String, lines: [Line], resolution: ReturnResolution? = nil) {
        self.orderID = orderID
        self.lines = lines
        self.resolution = resolution
    }

    enum CodingKeys: String, CodingKey {
        case email, lines, resolution, helpdesk, subscription, currency, locale
        case orderID = "order_id"
        case orderNumber = "order_number"
        case exchangeLines = "exchange_lines"
        case cancelSubscription = "cancel_subscription"
        case subscriptionAction = "subscription_action"
        case shipFrom = "ship_from"
    }
}
