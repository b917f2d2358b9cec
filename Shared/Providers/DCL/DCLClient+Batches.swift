import Commerce

extension DCLClient {
    // LIMIT: the warehouse's own bound on a batch.
    public static let batchMax = 1000

    /// Submits orders, 1 to 1,000.
    ///
    /// With `allowPartial` the good ones are taken when others are refused; without it one bad order refuses all.
    /// After `unknownOutcome` the same batch may be sent again at once: taken numbers come back as `alreadyExists`.
    public func submit(
        _ orders: [DCLOrderDraft], allowPartial: Bool
    ) async throws(ProviderFailure) -> DCLBatchResult {
        guard (1...Self.batchMax).contains(orders.count) else {
            throw .refused(code: "batch_size", message: "A batch holds 1 to \(Self.batchMax) orders.")
        }
        let batch = DCLBatchRequest(orders, allowPartial: allowPartial, settings: settings)
        let request = request("POST", "batches", body: try ProviderJSON.encode(batch))
        let answer = try await batchLink.send(request, .write, as: DCLBatchAnswer.self)
        return answer.result(for: orders.map(\.orderNumber))
    }

    /// Submits one order, and reads a taken number as success when the order there is the same.
    ///
    /// Failure: `refused` in the warehouse's words; `refused("order_number_taken")` when another order has the number;
    /// `refused("order_number_cancelled")` when the order was cancelled, because its number can never be used again.
    public func submit(_ order: DCLOrderDraft) async throws(ProviderFailure) -> DCLSubmission {
        let result = try await submit([order], allowPartial: true)
        return try await submission(of: order, result.outcomes[order.orderNumber])
    }

    func submission(
        of order: DCLOrderDraft, _ outcome: DCLBatchResult.Outcome?
    ) async throws(ProviderFailure) -> DCLSubmission {
        switch outcome {
        case .accepted: return .accepted
        case .refused(let code, let message): throw .refused(code: code, message: message)
        case .alreadyExists, nil: return try await confirm(order)
        }
    }

    private func confirm(_ draft: DCLOrderDraft) async throws(ProviderFailure) -> DCLSubmission {
        guard let present = try await order(draft.orderNumber) else {
            throw .unknownOutcome(
                code: "order_not_visible", message: "The warehouse has the order number but does not show the order.")
        }
        if present.isCancelled {
            throw .refused(
                code: "order_number_cancelled", message: "\(draft.orderNumber) was cancelled and cannot be used again.")
        }
        guard present.isSame(as: draft) else {
            throw .refused(code: "order_number_taken", message: "\(draft.orderNumber) belongs to another order.")
        }
        return .existed
    }
}

/// How an order came to be at the warehouse.
public enum DCLSubmission: Sendable, Equatable {
    case accepted
    case existed
}
