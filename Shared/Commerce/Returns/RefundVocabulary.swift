/// The words in which payment systems speak of a refund's status.
public enum RefundVocabulary: String, Hashable, Sendable, Codable, CaseIterable {
    /// The status of a shop's refund transaction.
    case shopify
    case stripe

    /// Nil for a word that is not known: keep it, leave the refund as it is, and let a person look.
    public func status(for word: String) -> RefundStatus? {
        switch self {
        case .shopify: Self.shopifyWords[word]
        case .stripe: Self.stripeWords[word]
        }
    }

    /// What they call the status; none where they have no word for it.
    public func words(for status: RefundStatus) -> [String] {
        let words =
            switch self {
            case .shopify: Self.shopifyWords
            case .stripe: Self.stripeWords
            }
        return words.filter { $0.value == status }.map(\.key).sorted()
    }

    private static let shopifyWords: [String: RefundStatus] = [
        "pending": .pending, "success": .succeeded, "failure": .failed, "error": .failed,
    ]

    private static let stripeWords: [String: RefundStatus] = [
        "pending": .pending, "succeeded": .succeeded, "failed": .failed, "canceled": .failed,
        "requires_action": .requiresAction,
    ]
}
