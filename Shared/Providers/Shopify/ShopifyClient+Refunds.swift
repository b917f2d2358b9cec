import Commerce

extension ShopifyClient {
    /// Every refund of an order, oldest first, also those whose payments failed.
    public func refunds(of order: ShopifyID) async throws(ProviderFailure) -> [ShopifyRefund] {
        let request = rest("GET", "orders/\(order.pathSegment)/refunds.json")
        return try await send(request, .read, as: RefundsAnswer.self).refunds
    }

    /// The probe after a lost answer: the refund that carries our reference; nil when there is none.
    public func refund(of order: ShopifyID, reference: String) async throws(ProviderFailure) -> ShopifyRefund? {
        try await refunds(of: order).first { $0.carries(reference: reference) }
    }

    /// Makes a refund once: one that carries the reference already is given as it is now.
    ///
    /// From version 2026-01 on the shop itself keeps the reference unique for a day, so after `unknownOutcome` the same
    /// call may be made at once; in older versions only when the settle time has passed. Whether the money has arrived
    /// is its `state`: a refund may be pending, and may fail days later.
    ///
    /// Failure: `refused` in the shop's words when there is less to give back than asked for.
    public func createRefund(_ draft: ShopifyRefundDraft) async throws(ProviderFailure) -> ShopifyRefund {
        // WHY: the shop forgets a key after a day; the note stays.
        if let present = try await refund(of: draft.order, reference: draft.reference) { return present }
        guard settings.graphQLFeatures.contains(.idempotentRefunds) || draft.storeCredit != nil else {
            return try await createByREST(draft)
        }
        return try await createByMutation(draft)
    }

    /// What the shop would give back for units and shipping, before anything is done.
    public func calculateRefund(
        _ draft: ShopifyRefundDraft
    ) async throws(ProviderFailure) -> ShopifyRefundCalculation {
        var question = draft
        question.payments = []
        let body = try ProviderJSON.encode(["refund": ShopifyRefundRequest(question, isCalculation: true)])
        let request = rest("POST", "orders/\(draft.order.pathSegment)/refunds/calculate.json", body: body)
        return try await send(request, .read, as: CalculationAnswer.self).refund
    }

    private func createByREST(_ draft: ShopifyRefundDraft) async throws(ProviderFailure) -> ShopifyRefund {
        guard draft.duties.isEmpty else {
            throw .refused(
                code: "unsupported_version", message: "Duties are refunded from GraphQL version 2026-01 on.")
        }
        let body = try ProviderJSON.encode(["refund": ShopifyRefundRequest(draft)])
        let request = rest("POST", "orders/\(draft.order.pathSegment)/refunds.json", body: body)
        return try await send(request, .write, as: RefundAnswer.self).refund
    }

    private func createByMutation(_ draft: ShopifyRefundDraft) async throws(ProviderFailure) -> ShopifyRefund {
        guard draft.storeCredit == nil || settings.graphQLFeatures.contains(.storeCreditRefunds) else {
            throw .refused(
                code: "unsupported_version", message: "Refunds to store credit need GraphQL version 2025-07 or later.")
        }
        let mutation = ShopifyRefundMutation(
            draft, isIdempotent: settings.graphQLFeatures.contains(.idempotentRefunds))
        let data = try await graphQL(
            mutation.query, variables: mutation.variables, .write, cost: ShopifyRefundMutation.cost,
            as: ShopifyRefundMutation.Answer.self)
        if let error = data.refundCreate?.userErrors.first { throw ShopifyRefundMutation.failure(error) }
        guard let refund = data.refundCreate?.refund else { throw .malformedAnswer(.write) }
        return refund.refund
    }
}

private struct RefundsAnswer: Decodable {
    let refunds: [ShopifyRefund]
}

private struct RefundAnswer: Decodable {
    let refund: ShopifyRefund
}

private struct CalculationAnswer: Decodable {
    let refund: ShopifyRefundCalculation
}
