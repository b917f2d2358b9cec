import Commerce
import Sagas

/// Six commands, one after the other, each answered by another process.
struct ReturnApprovedSaga: Saga {
    static let name = "bench-return"

    func run(_ saga: SagaContext, _ order: ReturnedOrder) throws -> StepTaken {
        try saga.perform(CreateReturn(order))
        try saga.perform(GenerateLabel(order))
        try saga.perform(AttachLabel(order))
        try saga.perform(CancelSubscription(order))
        try saga.perform(MatchReturn(order))
        return try saga.perform(RefundOrder(order))
    }
}

/// Sleeps, then ends.
struct SleepingSaga: Saga {
    static let name = "bench-sleep"

    func run(_ saga: SagaContext, _ nap: Nap) throws -> Nap {
        try saga.sleep(for: .seconds(nap.seconds))
        return nap
    }
}

struct Nap: Codable, Sendable {
    var seconds: Int
}
