/// How far the money of a refund has come.
public enum ShopifyRefundState: String, Sendable, Equatable, CaseIterable {
    /// A payment provider has not said yes yet; it may still fail.
    case pending
    case succeeded
    /// At least one of the payments was not given back.
    case failed
}

extension ShopifyRefund {
    /// Of all its payments together; a refund without any moves no money and has succeeded.
    public var state: ShopifyRefundState {
        let payments = transactions ?? []
        if payments.contains(where: \.hasFailed) { return .failed }
        return payments.allSatisfy(\.hasSucceeded) ? .succeeded : .pending
    }

    /// Whether it was made under our reference.
    public func carries(reference: String) -> Bool {
        note?.contains(Self.marker(reference)) ?? false
    }

    /// Every reference that stands in the note, ours or not.
    public var references: [String] {
        (note ?? "").split(separator: "[", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstIndex(of: "]").map { String(part[..<$0]) }
        }
    }

    /// WHY: in brackets, so that a reference is not found in a longer one that begins the same.
    static func marker(_ reference: String) -> String { "[\(reference)]" }
}
