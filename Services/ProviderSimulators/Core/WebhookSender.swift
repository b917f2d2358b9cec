import Logging

/// Delivers webhooks, each on its own, with its provider's retries and the planned webhook faults.
///
/// Not guaranteed: any order between deliveries, and anything after the process ends.
actor WebhookSender {
    // LIMIT: what an observer can look back on.
    private static let deliveriesMax = 5_000
    /// How long a reordered webhook waits for another to overtake it.
    private static let overtakenWithin = Duration.seconds(2)

    private let transport: any WebhookTransport
    private let faults: FaultPlan
    private let background: BackgroundWork
    private let time: SimulatorTime
    private let logger: Logger

    private var deliveries: [WebhookDelivery] = []
    private var firstNumber = 0
    /// Raised by a reset: deliveries of an older one stop.
    private var generation = 0
    /// Webhooks that wait until another one of their provider has been delivered.
    private var held: [String: [Int]] = [:]

    init(
        transport: any WebhookTransport, faults: FaultPlan, background: BackgroundWork, time: SimulatorTime,
        logger: Logger
    ) {
        self.transport = transport
        self.faults = faults
        self.background = background
        self.time = time
        self.logger = logger
    }

    nonisolated func send(_ webhook: OutgoingWebhook) {
        background.submit { await self.accept(webhook) }
    }

    func list() -> [WebhookDelivery] { deliveries }

    func reset() {
        generation += 1
        firstNumber += deliveries.count
        deliveries.removeAll()
        held.removeAll()
    }

    private func accept(_ webhook: OutgoingWebhook) async {
        let number = enter(webhook)
        let fault = await faults.strike(webhookOf: webhook.provider, topic: webhook.topic)
        update(number) { $0.fault = fault?.mode }
        switch fault?.mode {
        case .loseWebhook: update(number) { $0.outcome = .lost }
        case .reorderWebhooks: hold(number, of: webhook.provider, within: fault?.delay)
        case .duplicateWebhook:
            async let first: Void = deliver(number)
            async let second: Void = deliver(number)
            _ = await (first, second)
        case .status, .delay, .dropBefore, .dropAfter, .applyLater, nil: await deliver(number)
        }
    }

    private func deliver(_ number: Int) async {
        let startedIn = generation
        while startedIn == generation, let webhook = delivery(number)?.webhook {
            let status = await transport.post(webhook)
            guard startedIn == generation else { return }
            let attempts = record(status, of: number)
            if let status, (200..<300).contains(status) {
                release(webhook.provider)
                return
            }
            guard let wait = webhook.retries.wait(afterAttempts: attempts) else {
                update(number) { $0.outcome = .abandoned }
                logger.warning("webhook abandoned", metadata: ["topic": "\(webhook.topic)", "attempts": "\(attempts)"])
                return
            }
            guard await time.sleep(wait) else { return }
        }
    }

    private func hold(_ number: Int, of provider: String, within delay: Duration?) {
        held[provider, default: []].append(number)
        let patience = delay == .zero ? Self.overtakenWithin : delay ?? Self.overtakenWithin
        background.submit { [time] in
            guard await time.sleep(patience) else { return }
            await self.release(provider)
        }
    }

    private func release(_ provider: String) {
        for number in held.removeValue(forKey: provider) ?? [] {
            background.submit { await self.deliver(number) }
        }
    }

    private func enter(_ webhook: OutgoingWebhook) -> Int {
        if deliveries.count >= Self.deliveriesMax {
            deliveries.removeFirst(Self.deliveriesMax / 10)
            firstNumber += Self.deliveriesMax / 10
        }
        deliveries.append(WebhookDelivery(webhook: webhook, queuedAt: time.now()))
        return firstNumber + deliveries.count - 1
    }

    private func record(_ status: Int?, of number: Int) -> Int {
        update(number) { delivery in
            delivery.attempts += 1
            delivery.lastStatus = status
            if let status, (200..<300).contains(status) { delivery.outcome = .delivered }
        }
        return delivery(number)?.attempts ?? 1
    }

    private func delivery(_ number: Int) -> WebhookDelivery? {
        deliveries.indices.contains(number - firstNumber) ? deliveries[number - firstNumber] : nil
    }

    private func update(_ number: Int, _ change: (inout WebhookDelivery) -> Void) {
        guard deliveries.indices.contains(number - firstNumber) else { return }
        change(&deliveries[number - firstNumber])
    }
}
