import Commerce
import Contracts
import Foundation
import Messaging

/// Puts a policy in force as the next version.
struct SetReturnPolicyHandler: CommandHandler {
    func handle(
        _ command: SetReturnPolicy, in transaction: HandlerTransaction
    ) async throws -> SetReturnPolicy.Reply {
        var policy: ReturnPolicy
        do {
            policy = try ReturnPolicy.reading(Data(command.policy.utf8)).accepted()
        } catch {
            let first = error.first
            throw Refusal(
                code: first?.code.rawValue ?? "bad_policy",
                message: [first?.rule.map { "Rule \($0):" }, first?.message].compactMap(\.self).joined(separator: " "))
        }
        let version = try await PolicyStore(transaction).insert { version in
            policy.version = version
            return String(decoding: try JSONEncoder().encode(policy), as: UTF8.self)
        }
        try await transaction.audit(
            AuditEntry(
                action: "return_policy.set", subject: "return-policy", reason: nil,
                after: try RawJSON(encoding: ["version": version])))
        return SetReturnPolicy.Reply(version: version)
    }
}
