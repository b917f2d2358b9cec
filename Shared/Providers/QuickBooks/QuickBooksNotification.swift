/// What QuickBooks posts: names of what changed, nothing of its content. Read each again before acting on it.
public struct QuickBooksNotification: Sendable, Equatable {
    public struct Change: Sendable, Equatable {
        public let realmID: String
        /// `RefundReceipt`; in the newer form in small letters.
        public let entity: String
        public let id: String
        /// `Create`, `Update`, `Delete`, …
        public let operation: String
        public let changedAt: String?
    }

    public let changes: [Change]

    /// Takes both forms: the one with `eventNotifications`, and the list of CloudEvents that follows it.
    ///
    /// Failure: `DecodingError` for any other body.
    public init(json: [UInt8]) throws {
        if let events = try? ProviderJSON.decode([CloudEvent].self, from: json) {
            changes = events.compactMap(\.change)
        } else {
            changes = try ProviderJSON.decode(Aggregate.self, from: json).changes
        }
    }
}

private struct Aggregate: Decodable {
    struct Notification: Decodable {
        struct Event: Decodable {
            struct Entity: Decodable {
                let name: String
                let id: DecimalText
                let operation: String
                let lastUpdated: String?
            }

            let entities: [Entity]?
        }

        let realmId: DecimalText
        let dataChangeEvent: Event?
    }

    let eventNotifications: [Notification]

    var changes: [QuickBooksNotification.Change] {
        eventNotifications.flatMap { notification in
            (notification.dataChangeEvent?.entities ?? []).map { entity in
                .init(
                    realmID: notification.realmId.text, entity: entity.name, id: entity.id.text,
                    operation: entity.operation, changedAt: entity.lastUpdated)
            }
        }
    }
}

private struct CloudEvent: Decodable {
    /// `qbo.refundreceipt.created.v1`
    let type: String
    let time: String?
    let intuitentityid: DecimalText?
    let intuitaccountid: DecimalText?

    var change: QuickBooksNotification.Change? {
        let parts = type.split(separator: ".").map(String.init)
        guard parts.count >= 3, let id = intuitentityid?.text, let realm = intuitaccountid?.text else { return nil }
        return .init(realmID: realm, entity: parts[1], id: id, operation: parts[2], changedAt: time)
    }
}
