import Messaging

/// The participant's work: one effect row. Its inbox row and stored reply are the runtime's.
struct RecordEffect<Message: ReturnCommand>: CommandHandler {
    func handle(_ command: Message, in transaction: HandlerTransaction) async throws -> StepTaken {
        guard let saga = transaction.context.saga else {
            throw Refusal(code: "no_saga", message: "the measured commands come from a saga")
        }
        EffectStore.insert(saga.sagaID, step: Message.step, in: transaction.database)
        return StepTaken(step: Message.step, returnID: command.order.returnID)
    }
}
