import Commerce
import Contracts
import Foundation
import Messaging

/// Puts warranty terms in force as the next version. Claims keep the version they were made under.
struct SetWarrantyTermsHandler: CommandHandler {
    func handle(
        _ command: SetWarrantyTerms, in transaction: HandlerTransaction
    ) async throws -> SetWarrantyTerms.Reply {
        var terms: WarrantyTerms
        do {
            terms = try WarrantyTerms.reading(Data(command.terms.utf8))
        } catch {
            let first = error.first
            throw Refusal(
                code: first?.code.rawValue ?? "bad_terms", message: first?.message ?? "The terms are not usable.",
                field: first?.field)
        }
        let version = try await PolicyStore(transaction, .warrantyTerms).insert { version in
            terms.version = version
            return String(decoding: try JSONEncoder().encode(terms), as: UTF8.self)
        }
        try await transaction.audit(
            AuditEntry(
                action: "warranty_terms.set", subject: "warranty-terms", reason: nil,
                after: try RawJSON(encoding: ["version": version])))
        return SetWarrantyTerms.Reply(version: version)
    }
}
