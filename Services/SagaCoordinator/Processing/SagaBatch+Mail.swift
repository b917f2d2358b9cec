import Commerce
import Contracts
import Foundation
import Logging
import Messaging
import Postgres
import Sagas

extension SagaBatch {
    /// Reads on in the mail that sagas wait for, page by page, until they have found it or there is no more.
    mutating func readOn(in database: PostgresTransaction) async throws {
        // A look at the deadlines replays nothing.
        for machine in machines.values where machine.hasMoreMail && !checked.contains(machine.saga.id) {
            var saga = machine
            var size = SagaBounds.mailPage
            while case let wanted = saga.wantedMail, !wanted.isEmpty {
                let pages = try await MailboxStore.pages(
                    of: MailboxAddress(saga.saga), behind: wanted, size: size, in: database)
                // WHY: each page is followed by a replay: of pages of one size there would be too many.
                size *= 2
                saga.add(pages)
                noteLoaded(pages, of: saga.saga.id)
                saga.wake()
            }
            replace(saga)
        }
    }

    /// Says when events pile up that a saga does not come to: at every thousand.
    func warnOfMail(in transaction: HandlerTransaction) async throws {
        for (id, count) in mailed {
            guard let machine = machines[id], machine.hasMoreMail else { continue }
            let saga = machine.saga
            let unread = try await MailboxStore.countUnread(of: MailboxAddress(saga), in: transaction.database)
            guard unread / SagaBounds.mailWarning > (unread - count) / SagaBounds.mailWarning else { continue }
            logger.warning(
                "saga has much unread mail",
                metadata: ["saga_id": "\(id)", "saga_type": "\(saga.name)", "unread": "\(unread)"])
            try transaction.with(machine.context).send(
                SendSlackAlert(.init(piledUp: unread, for: saga)), subject: saga.subject)
        }
    }
}

extension SendSlackAlert.Alert {
    fileprivate init(piledUp unread: Int, for saga: SagaInstance) {
        self.init(
            key: "saga_mailbox/\(saga.name)", title: "Events pile up that a saga does not come to",
            text: "Somebody sends them again and again, or it does not get to where it waits for them.",
            fields: [
                "saga": saga.id.description, "name": saga.name, "key": saga.key, "unread_events": "\(unread)",
            ],
            next: [
                "stateset sagas mail --saga \(ShellWord.quoted(saga.name)) --key \(ShellWord.quoted(saga.key))",
                "stateset sagas show \(saga.id)",
            ])
    }
}
