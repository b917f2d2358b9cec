import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Changes a ticket, and with its status the return it is about.
///
/// *Guarantees*: an amount that a caller writes is kept, compared and shown, and moves nothing; webhooks hear once of one
/// change, whatever all it changed.
struct ChangeTicketHandler: CommandHandler {
    func handle(_ command: ChangeTicket, in transaction: HandlerTransaction) async throws -> Done {
        let tickets = TicketStore(transaction)
        guard let found = try await TicketRecords.find(command.ticketID, in: transaction.database) else {
            throw Refusal(code: "not_found", message: "There is no ticket \(command.ticketID).")
        }
        // The order's ledger is locked before its returns, and a return before its ticket, as by everybody else.
        var goods: ReturnCase?
        if let returnID = found.returnID {
            _ = try await LedgerStore(transaction).lock(OrderOfReturn.find(returnID, in: transaction))
            goods = try await ReturnCase.lock(returnID, in: transaction)
        }
        goods?.showsOnTicket = false
        guard let before = try await tickets.lock(command.ticketID) else { return Done() }
        if let version = command.version, version != before.version {
            throw Refusal(
                code: "precondition_failed", message: "The ticket has changed since; read it again.", field: "If-Match")
        }
        try await change(before, command, &goods, transaction)
        return Done()
    }

    private func change(
        _ before: TicketRecord, _ command: ChangeTicket, _ goods: inout ReturnCase?, _ transaction: HandlerTransaction
    ) async throws {
        let given = try TicketFields(command.customFields ?? "{}")
        var ticket = before
        ticket.subject = command.subject ?? before.subject
        var fields = try TicketFields(String(decoding: RawJSON(encoding: before.customFields).bytes, as: UTF8.self))
        fields.merge(given)
        ticket.customFields = fields.all
        if var changed = goods {
            try given.checkForms()
            let status = changed.row.status
            try await ReturnTicket(before, transaction).apply(command.status, given, fields, to: &changed)
            if changed.row.status != status { ticket.status = TicketStatus(changed.row.status) }
            ticket.flags = try await flags(fields, of: changed.row, before, transaction)
        } else if let status = command.status, status != before.status {
            try Self.check(before.status, status)
            ticket.status = status
        }
        guard
            ticket.subject != before.subject || ticket.status != before.status || ticket.flags != before.flags
                || ticket.customFields != before.customFields
        else { return }
        try await TicketStore(transaction).save(ticket, since: before)
    }

    private static func check(_ status: TicketStatus, _ next: TicketStatus) throws(Refusal) {
        guard TicketLifeCycle.ticket.transition(from: status, to: next)?.who.contains(.staff) == true else {
            throw Refusal(
                code: "not_allowed", message: "A ticket that is \(status.rawValue) cannot become \(next.rawValue).",
                field: "status")
        }
    }

    private func flags(
        _ fields: TicketFields, of row: ReturnRow, _ ticket: TicketRecord, _ transaction: HandlerTransaction
    ) async throws -> [TicketRecord.Flag] {
        var amount: Money?
        if let refundID = row.refundID {
            amount = try await RefundStore(transaction).find(refundID)?.amount
        } else if let ground = try await ReturnGround.read(
            row.orderID, policy: row.policyVersion, besides: row.id.uuid, in: transaction.database)
        {
            amount = try ReturnAssessment(row.request, by: row.channel, on: ground, at: row.createdAt).refund?.total
        }
        var flags = TicketFlags()
        flags.compareRefund(fields, with: amount)
        return ticket.flags.filter { $0.code != "refund_amount_differs" } + flags.all
    }
}
