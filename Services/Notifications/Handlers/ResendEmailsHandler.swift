import Commerce
import Contracts
import Messaging

/// Has the mails of a time that failed sent again, each by a command of its own.
struct ResendEmailsHandler: CommandHandler {
    // LIMIT: each becomes a message in this one transaction.
    static let countMax = 500

    func handle(_ command: ResendEmails, in transaction: HandlerTransaction) async throws -> ResendEmails.Reply {
        let ids = try await EmailStore(transaction).failed(command, limit: Self.countMax + 1)
        let reply = ResendEmails.Reply(resent: min(ids.count, Self.countMax), more: ids.count > Self.countMax)
        for id in ids.prefix(Self.countMax) {
            try transaction.send(ResendEmail(emailID: id, reason: command.reason), subject: id.description)
        }
        return reply
    }
}
