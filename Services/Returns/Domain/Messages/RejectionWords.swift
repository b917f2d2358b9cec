import Commerce
import Messaging

/// Why a return or claim is rejected, as its customer is told.
///
/// *Guarantees*: what staff write as their reason is no part of it; that is for timeline and audit.
struct RejectionWords: Sendable, Equatable {
    /// What the policy, or the terms, say to the customer.
    var reasons: [String] = []
    /// What the person who rejects it says to the customer; nil for nothing.
    var message: String?

    /// For a mail; nil where there is nothing to say.
    var text: String? {
        var paragraphs: [String] = []
        if !reasons.isEmpty { paragraphs.append(reasons.joined(separator: "\n")) }
        if let message { paragraphs.append(message) }
        return paragraphs.isEmpty ? nil : paragraphs.joined(separator: "\n\n")
    }
}

extension RejectionWords {
    /// - Parameter row: also of the return that brings in the goods of a claim, of which its claim tells.
    static func of(_ row: ReturnRow, in transaction: HandlerTransaction) async throws -> RejectionWords {
        if let id = row.warrantyID {
            return try await of(WarrantyCase.lock(id, in: transaction).row, in: transaction)
        }
        return RejectionWords(
            reasons: row.decision.customerReasons,
            message: try await CustomerMessageStore(transaction, of: row.id).find())
    }

    static func of(_ claim: WarrantyRow, in transaction: HandlerTransaction) async throws -> RejectionWords {
        // What a person was to look at is no reason of the terms.
        let isByTerms = claim.coverage.outcome == .rejected
        return RejectionWords(
            reasons: isByTerms ? claim.coverage.reasons.map(\.message) : [],
            message: try await CustomerMessageStore(transaction, of: claim.id).find())
    }
}

extension ReturnDecision {
    /// What the policy says to the customer of lines that it does not take; the same of several once.
    fileprivate var customerReasons: [String] {
        var reasons: [String] = []
        for line in lines where !line.eligible && !line.message.isEmpty && !reasons.contains(line.message) {
            reasons.append(line.message)
        }
        return reasons
    }
}
