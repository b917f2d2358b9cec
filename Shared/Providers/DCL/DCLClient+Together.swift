import Commerce

extension DCLClient {
    /// Submits orders of different numbers in as few batches as it takes, each with a result of its own, as if it had
    /// been submitted alone: one that the warehouse refuses never keeps the others.
    ///
    /// A batch that is refused as a whole is submitted again without those it blames, or, where it blames nobody, in
    /// halves. After `unknownOutcome` each may be submitted again at once, alone or with others.
    public func submitTogether(
        _ orders: [DCLOrderDraft]
    ) async -> [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>] {
        guard orders.count > 1 else { return await submitAlone(orders) }
        do {
            let result = try await submit(orders, allowPartial: true)
            let innocent = orders.filter { result.innocent.contains($0.orderNumber) }
            let decided = await decide(orders.filter { !result.innocent.contains($0.orderNumber) }, by: result)
            return decided.merging(await submitAgain(innocent, of: orders)) { $1 }
        } catch {
            guard case .refused = error else {
                return Dictionary(orders.map { ($0.orderNumber, .failure(error)) }, uniquingKeysWith: { $1 })
            }
            return await submitAgain(orders, of: orders)
        }
    }

    private func submitAgain(
        _ innocent: [DCLOrderDraft], of orders: [DCLOrderDraft]
    ) async -> [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>] {
        guard !innocent.isEmpty else { return [:] }
        guard innocent.count == orders.count else { return await submitTogether(innocent) }
        let half = innocent.count / 2
        let first = await submitTogether(Array(innocent[..<half]))
        return first.merging(await submitTogether(Array(innocent[half...]))) { $1 }
    }

    private func submitAlone(
        _ orders: [DCLOrderDraft]
    ) async -> [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>] {
        var results: [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>] = [:]
        for order in orders {
            do {
                results[order.orderNumber] = .success(try await submit(order))
            } catch {
                results[order.orderNumber] = .failure(error)
            }
        }
        return results
    }

    private func decide(
        _ orders: [DCLOrderDraft], by result: DCLBatchResult
    ) async -> [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>] {
        var results: [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>] = [:]
        for order in orders {
            do {
                results[order.orderNumber] = .success(
                    try await submission(of: order, result.outcomes[order.orderNumber]))
            } catch {
                results[order.orderNumber] = .failure(error)
            }
        }
        return results
    }
}
