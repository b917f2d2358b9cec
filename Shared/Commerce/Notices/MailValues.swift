/// What a mail speaks of: texts by name, and the lines of an order or return.
public struct MailValues: Codable, Sendable, Equatable {
    public struct Line: Codable, Sendable, Equatable {
        public var title: String
        public var quantity: Int

        public init(title: String, quantity: Int) {
            self.title = title
            self.quantity = quantity
        }
    }

    public var texts: [String: String]
    public var lines: [Line]

    public init(_ texts: [String: String], lines: [Line] = []) {
        self.texts = texts
        self.lines = lines
    }

    /// Every text there can be. One that is missing is empty, and a section of it is left out.
    ///
    /// The last nine only say that something is so: that the label travels with the mail, that a code which does in its
    /// place does, that it is void, that it takes the place of another, that the money is store credit, that the goods'
    /// subscription is cancelled, that it ends with the period that is paid; of a review, that the goods are here, and
    /// that the parcel does not come in.
    public static let names: Set = [
        "customer_name", "order_number", "return_number", "amount", "currency", "carrier", "tracking_number", "link",
        "reason", "date", "shop_name", "bonus", "kept", "skipped_charge", "paused_until", "handoff_code",
        "instructions", "attached", "paperless", "voided", "replaces", "store_credit", "subscription_cancelled",
        "subscription_ends", "goods_here", "parcel_lost",
    ]

    /// What a text is that only says that something is so.
    public static let yes = "yes"
}
