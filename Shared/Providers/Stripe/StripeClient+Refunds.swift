import Commerce
import HTTPTransport

extension StripeClient {
    // LIMIT: stored failures of one refund; each waits for a person or a day longer than the one before.
    private static let generationsMax = 5

    /// Gives money back once: a refund that is there under the draft's key is taken as it is, whatever its status.
    ///
    /// May be called again at once after `unknownOutcome`, and any time later: within a day the idempotency key holds,
    /// after it the look for the refund does. A failure that Stripe has stored under the key is passed by with the next
    /// key once the list shows that it moved nothing.
    /// Failure: `refused` in Stripe's words, e.g. `charge_already_refunded`, `charge_disputed`.
    public func refund(_ draft: StripeRefundDraft) async throws(ProviderFailure) -> StripeRefund {
        guard (1...StripeRefundDraft.keyMax).contains(draft.key.utf8.count) else {
            throw .refused(code: "key", message: "A refund's key has 1 to \(StripeRefundDraft.keyMax) bytes.")
        }
        let form = try draft.form()
        var generation = 1
        while true {
            if let present = try await find(draft) { return present }
            let key = generation == 1 ? draft.key : "\(draft.key)-\(generation)"
            switch try await post(form, key: key) {
            case .made(let refund): return refund
            case .storedFailure(let failure):
                guard generation < Self.generationsMax else { throw failure }
                generation += 1
            }
        }
    }

    /// The refund of this key; nil when there is none.
    public func find(_ draft: StripeRefundDraft) async throws(ProviderFailure) -> StripeRefund? {
        try await refunds(of: draft.source).first { $0.metadata[StripeRefundDraft.keyName] == draft.key }
    }

    /// Every refund of a charge or payment intent, newest first.
    public func refunds(of source: StripeRefundSource) async throws(ProviderFailure) -> [StripeRefund] {
        var found: [StripeRefund] = []
        while true {
            var query = [source.pair, ("limit", "100")]
            if let last = found.last { query.append(("starting_after", last.id)) }
            let page: StripePage<StripeRefund> = try await get("refunds", query: query)
            found += page.elements
            guard page.hasMore, !page.elements.isEmpty else { return found }
        }
    }

    /// The currency that a payment was made in; nil for one we do not know. Its refunds are in no other.
    ///
    /// Not in the pages of the contract the other calls are written from; the field is that of Stripe's reference of
    /// charges and payment intents.
    /// Failure: `refused("resource_missing")` when there is none.
    public func currency(of source: StripeRefundSource) async throws(ProviderFailure) -> Currency? {
        let path =
            switch source {
            case .charge(let id): Self.path("charges", id)
            case .paymentIntent(let id): Self.path("payment_intents", id)
            }
        let payment: Payment = try await get(path)
        return Currency(code: payment.currency.uppercased())
    }

    private struct Payment: Decodable {
        let currency: String
    }

    /// Of the whole account; nil before the first one. A call that changes nothing, to try the connection.
    public func newestRefund() async throws(ProviderFailure) -> StripeRefund? {
        let page: StripePage<StripeRefund> = try await get("refunds", query: [("limit", "1")])
        return page.elements.first
    }

    /// Failure: `refused("resource_missing")` when there is none.
    public func refund(_ id: String) async throws(ProviderFailure) -> StripeRefund {
        try await get(Self.path("refunds", id))
    }

    /// Takes back a refund that waits for the customer; one that is cancelled already is left as it is.
    ///
    /// Failure: `refused` in every other status.
    public func cancelRefund(_ id: String) async throws(ProviderFailure) -> StripeRefund {
        let present = try await refund(id)
        guard present.status != .cancelled else { return present }
        let request = request("POST", "\(Self.path("refunds", id))/cancel", StripeForm(), key: "cancel-\(id)")
        return try await link.send(request, .write, as: StripeRefund.self)
    }

    private enum Posted {
        case made(StripeRefund)
        /// The first request of this key has failed at Stripe, and its failure is all that the key will ever give.
        case storedFailure(ProviderFailure)
    }

    private func post(_ form: StripeForm, key: String) async throws(ProviderFailure) -> Posted {
        let isReplay: @Sendable (HTTPResponse) -> Bool = { response in
            response.status >= 500 && response.header("Idempotent-Replayed") == "true"
        }
        let response = try await link.accepting(isReplay).send(request("POST", "refunds", form, key: key), .write)
        guard response.isSuccess else {
            let failure = ProviderFailure(response, words: StripeErrorWords.read(response), effect: .write)
            return .storedFailure(failure)
        }
        guard let refund = try? ProviderJSON.decode(StripeRefund.self, from: response.body) else {
            throw .malformedAnswer(.write)
        }
        return .made(refund)
    }
}

extension ProviderLink {
    /// The same link, whose caller reads some further responses as answers.
    fileprivate func accepting(_ isAlso: @escaping @Sendable (HTTPResponse) -> Bool) -> ProviderLink {
        let isUsual = isAnswer
        return ProviderLink(
            http: http, gate: gate, lane: lane, words: words, isAnswer: { isUsual($0) || isAlso($0) },
            exception: exception)
    }
}
