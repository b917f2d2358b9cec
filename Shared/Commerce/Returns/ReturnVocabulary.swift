/// The words in which others speak of a return's status.
public enum ReturnVocabulary: String, Hashable, Sendable, Codable, CaseIterable {
    /// The status of a ticket in the returns workflow.
    case tickets
    /// The states of the returns automation: `rma-approved` to `refund-processed`.
    case automation
    /// `ReturnStatus` of the GraphQL Admin API.
    case shopify
    /// The status of a return authorization.
    case netSuite = "netsuite"
    /// Its code in searches, `RtnAuth:A` and so on.
    case netSuiteCode = "netsuite_code"
    case loop
    case afterShip = "aftership"

    /// What they call the status, the usual word first; none where they have no word for it.
    public func words(for status: ReturnStatus) -> [String] {
        switch self {
        case .tickets: [TicketStatus(status).rawValue]
        case .automation: Self.automationWords[status] ?? []
        case .shopify: Self.shopifyWords[status] ?? []
        case .netSuite: Self.netSuiteWords[status] ?? []
        case .netSuiteCode: (Self.netSuiteWords[status] ?? []).compactMap { Self.netSuiteCodes[$0] }
        case .loop: Self.loopWords[status] ?? []
        case .afterShip: Self.afterShipWords[status] ?? []
        }
    }

    /// Every status the word may mean, in the order of a return's life; none for an unknown word.
    public func statuses(for word: String) -> [ReturnStatus] {
        ReturnStatus.allCases.filter { words(for: $0).contains(word) }
    }
}

extension ReturnVocabulary {
    private static let automationWords: [ReturnStatus: [String]] = [
        .approved: ["rma-approved"], .labelPending: ["generating-label"], .labelSent: ["attached-label-to-zendesk"],
        .inTransit: ["item-picked"], .received: ["arrived-at-warehouse"], .inspected: ["condition-updated"],
        .refunded: ["refund-processed", "refunded"],
    ]

    private static let shopifyWords: [ReturnStatus: [String]] = [
        .requested: ["REQUESTED"], .eligibilityCheck: ["REQUESTED"], .inReview: ["REQUESTED"], .approved: ["OPEN"],
        .labelPending: ["OPEN"], .labelSent: ["OPEN"], .inTransit: ["OPEN"], .received: ["OPEN"],
        .inspected: ["OPEN"], .refundPending: ["OPEN"], .refunded: ["OPEN", "CLOSED"], .closed: ["CLOSED"],
        .rejected: ["DECLINED"], .cancelled: ["CANCELED"], .expired: ["CANCELED"],
    ]

    private static let netSuiteWords: [ReturnStatus: [String]] = [
        .requested: ["pendingApproval"], .eligibilityCheck: ["pendingApproval"], .inReview: ["pendingApproval"],
        .approved: ["pendingReceipt"], .labelPending: ["pendingReceipt"], .labelSent: ["pendingReceipt"],
        .inTransit: ["pendingReceipt"],
        .received: ["pendingRefund", "partiallyReceived", "pendingRefundPartiallyReceived"],
        .inspected: ["pendingRefund"], .refundPending: ["pendingRefund"], .refunded: ["refunded"],
        .closed: ["closed"], .rejected: ["cancelled"], .cancelled: ["cancelled"], .expired: ["cancelled"],
    ]

    private static let netSuiteCodes = [
        "pendingApproval": "A", "pendingReceipt": "B", "cancelled": "C", "partiallyReceived": "D",
        "pendingRefundPartiallyReceived": "E", "pendingRefund": "F", "refunded": "G", "closed": "H",
    ]

    private static let loopWords: [ReturnStatus: [String]] = [
        .requested: ["open"], .eligibilityCheck: ["open"], .inReview: ["needs review"], .approved: ["open"],
        .labelPending: ["label new"], .labelSent: ["pre_transit"], .inTransit: ["in_transit"],
        .received: ["delivered"], .inspected: ["open"], .refundPending: ["open"], .refunded: ["closed"],
        .exchanged: ["closed"], .closed: ["closed"], .rejected: ["cancelled"], .cancelled: ["cancelled"],
        .expired: ["expired"],
    ]

    private static let afterShipWords: [ReturnStatus: [String]] = [
        .requested: ["submitted"], .eligibilityCheck: ["submitted"], .inReview: ["submitted"],
        .approved: ["approved"], .labelPending: ["approved"], .labelSent: ["approved"], .inTransit: ["shipped"],
        .received: ["received"], .inspected: ["receiving.created"], .refunded: ["done", "resolved"],
        .exchanged: ["exchange.order.created"], .closed: ["done"], .rejected: ["rejected"], .expired: ["expired"],
    ]
}
