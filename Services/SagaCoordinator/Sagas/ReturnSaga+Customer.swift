import Commerce
import Contracts
import Messaging
import Sagas

/// What the customer hears of the return, on the helpdesk's ticket and by mail.
extension ReturnSaga {
    // WHY: what is away for longer holds up neither money nor books. What it was asked for is done once it is back, and
    // what is refused is on the return's timeline, or among the dead letters where it is given up.
    private static let patience = Duration.minutes(10)

    enum Telling {
        case told
        /// A build that told the customer after the books has begun it: nothing is told yet.
        case afterBooks
        /// The money that was to be told of has failed since.
        case failed
    }

    /// Where to send the parcel, with its label. Reminders and expiry begin with it, whether the helpdesk is there or not.
    func tellLabel(_ id: ReturnID, _ saga: SagaContext) throws {
        let (mail, message) = (
            NotifyReturnCustomer(returnID: id, notice: .returnLabel), PostReturnMessage(returnID: id, message: .label)
        )
        guard try saga.patched("label-is-told-in-time") else {
            try saga.perform(mail)
            try saga.perform(message)
            return
        }
        _ = try saga.attempt(mail, within: Self.patience)
        _ = try saga.attempt(message, within: Self.patience)
    }

    /// What the return has come to, as soon as it is so: nothing of what is written down of it stands before the customer.
    func tellBeforeBooks(
        _ message: PostReturnMessage.Message, _ notice: MailName, of id: ReturnID, _ saga: SagaContext
    ) throws -> Telling {
        guard try saga.patched("customer-is-told-before-books") else { return .afterBooks }
        return try tell(message, notice, of: id, saga) ? .told : .failed
    }

    /// Of a refund in the place of one that failed.
    func tellLaterRefund(_ id: ReturnID, _ saga: SagaContext) throws {
        guard try saga.patched("later-refund-is-told") else { return }
        guard try saga.patched("later-refund-is-told-in-time") else {
            try saga.perform(PostReturnMessage(returnID: id, message: .refunded))
            try saga.perform(NotifyReturnCustomer(returnID: id, notice: .returnRefunded))
            return
        }
        _ = try tell(.refunded, .returnRefunded, of: id, saga)
    }

    /// - Returns: false for a refund that has failed before it was told; nothing is told of it then.
    private func tell(
        _ message: PostReturnMessage.Message, _ notice: MailName, of id: ReturnID, _ saga: SagaContext
    ) throws -> Bool {
        let told = try saga.attempt(PostReturnMessage(returnID: id, message: message), within: Self.patience)
        if case .refused(let refusal) = told, refusal.code == "refund_not_succeeded" { return false }
        _ = try saga.attempt(NotifyReturnCustomer(returnID: id, notice: notice), within: Self.patience)
        return true
    }
}
