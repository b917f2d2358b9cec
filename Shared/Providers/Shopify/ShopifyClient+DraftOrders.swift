import Commerce
import HTTPTransport

/// Draft orders: the goods of an exchange, held until what they cost beyond the returned ones is paid.
///
/// Not in the pages of the contract the other calls are written from; the paths and fields are those of the shop's
/// reference of the resource DraftOrder.
extension ShopifyClient {
    /// Makes a draft order once: one that carries the reference already is given as it is now.
    ///
    /// - Parameter since: RFC 3339; when the first attempt may have been made, which bounds the search for it.
    ///
    /// Failure: after `unknownOutcome` the same call may be made once the settle time has passed.
    public func createDraftOrder(
        _ draft: ShopifyDraftOrderRequest, since: String
    ) async throws(ProviderFailure) -> ShopifyDraftOrder {
        if let present = try await draftOrder(reference: draft.reference, since: since) { return present }
        let body = try ProviderJSON.encode(["draft_order": draft])
        return try await send(rest("POST", "draft_orders.json", body: body), .write, as: Answer.self).draft
    }

    /// The probe after a lost answer: the draft order that carries our reference; nil when there is none.
    public func draftOrder(
        reference: String, since: String
    ) async throws(ProviderFailure) -> ShopifyDraftOrder? {
        for status in ShopifyDraftOrder.Status.listed {
            let query = [("status", status), ("updated_at_min", since), ("limit", "250")]
            var request = rest("GET", "draft_orders.json", query: query)
            while true {
                let page = try await draftOrders(request)
                if let found = page.drafts.first(where: { $0.carries(reference: reference) }) { return found }
                guard let next = page.next else { break }
                request = next
            }
        }
        return nil
    }

    /// Failure: `refused("not_found")` when there is none.
    public func draftOrder(_ id: ShopifyID) async throws(ProviderFailure) -> ShopifyDraftOrder {
        try await send(rest("GET", "draft_orders/\(id.pathSegment).json"), .read, as: Answer.self).draft
    }

    /// Sets discount and notes; the same call may be made again. Failure: `refused` when it is an order by now.
    public func changeDraftOrder(
        _ id: ShopifyID, _ change: ShopifyDraftOrderChange
    ) async throws(ProviderFailure) -> ShopifyDraftOrder {
        let body = try ProviderJSON.encode(["draft_order": change])
        return try await send(
            rest("PUT", "draft_orders/\(id.pathSegment).json", body: body), .write, as: Answer.self
        ).draft
    }

    /// Has the shop mail the customer the invoice. Each call mails again, so ask for the status first.
    public func sendInvoice(of id: ShopifyID, message: String?) async throws(ProviderFailure) {
        let words = message.map { ["custom_message": $0] } ?? [:]
        let body = try ProviderJSON.encode(["draft_order_invoice": words])
        _ = try await send(rest("POST", "draft_orders/\(id.pathSegment)/send_invoice.json", body: body), .write)
    }

    /// Makes it an order without waiting for a payment: nothing is left to pay. One that is completed already is given
    /// as it is, so after `unknownOutcome` the same call may be made again.
    public func completeDraftOrder(_ id: ShopifyID) async throws(ProviderFailure) -> ShopifyDraftOrder {
        let present = try await draftOrder(id)
        guard present.status != .completed else { return present }
        let request = rest(
            "PUT", "draft_orders/\(id.pathSegment)/complete.json", query: [("payment_pending", "false")], body: [])
        return try await send(request, .write, as: Answer.self).draft
    }

    /// Takes a draft order back; one that is gone already is no error. Failure: `refused` when it is an order by now.
    public func deleteDraftOrder(_ id: ShopifyID) async throws(ProviderFailure) {
        do {
            _ = try await send(rest("DELETE", "draft_orders/\(id.pathSegment).json"), .write)
        } catch {
            guard case .refused("not_found", _) = error else { throw error }
        }
    }

    private func draftOrders(
        _ request: HTTPRequest
    ) async throws(ProviderFailure) -> (drafts: [ShopifyDraftOrder], next: HTTPRequest?) {
        let response = try await send(request, .read)
        guard let answer = try? ProviderJSON.decode(ListAnswer.self, from: response.body) else {
            throw .malformedAnswer(.read)
        }
        guard let url = ShopifyLinkHeader.next(response.header("Link")) else { return (answer.drafts, nil) }
        // WHY: the token would travel with a link that leads away from the shop.
        guard url.hasPrefix(settings.baseURL + "/") else {
            throw .refused(code: "foreign_page", message: "The next page lies outside the shop.")
        }
        return (answer.drafts, self.request("GET", url: url))
    }
}

private struct Answer: Decodable {
    let draft: ShopifyDraftOrder

    private enum CodingKeys: String, CodingKey { case draft = "draft_order" }
}

private struct ListAnswer: Decodable {
    let drafts: [ShopifyDraftOrder]

    private enum CodingKeys: String, CodingKey { case drafts = "draft_orders" }
}
