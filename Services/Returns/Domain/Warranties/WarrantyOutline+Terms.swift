import Commerce
import Contracts
import Messaging
import Views

extension WarrantyOutline {
    /// What follows for the saga from a claim and the terms it was made under.
    init(_ row: WarrantyRow, _ terms: WarrantyTerms, returnID: ReturnID?) {
        let plan = terms.plan(of: row)
        self.init(
            returnID: returnID, comesBack: returnID != nil && plan?.comesBack != false,
            hasLabel: plan?.label != ReturnLabel.none, reviewSeconds: terms.reviewSeconds,
            reminderSeconds: terms.reminders.map(\.wholeSeconds).sorted(), expirySeconds: terms.expiry.wholeSeconds,
            hasTicket: row.request.helpdesk != nil)
    }
}

extension WarrantyTerms {
    /// Those that a claim was made under.
    static func of(_ row: WarrantyRow, in transaction: HandlerTransaction) async throws -> WarrantyTerms {
        try await WarrantyRecords.terms(row.coverage.termsVersion, in: transaction.database)
    }

    func plan(of row: WarrantyRow) -> WarrantyPlan? { plans.first { $0.id == row.coverage.plan } }

    var reviewSeconds: Int { reviewSLA.wholeSeconds }
}

extension Duration {
    var wholeSeconds: Int { max(1, Int(clamping: components.seconds)) }
}
